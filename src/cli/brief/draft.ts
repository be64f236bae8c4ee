import path from 'node:path'
import { briefYaml, draftBrief, draftSources, type Brief, type Drafted, type DraftPlan } from '../../brief/index.ts'
import { readConfig, redactIn, runsFolder, version, type Config } from '../../project/index.ts'
import { steadyNow } from '../../record/index.ts'
import type { RunBudget } from '../../run/index.ts'
import { counted, shortened } from '../../report/index.ts'
import { onInterrupt } from '../interrupt.ts'
import { opener } from '../opened.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { writeNew } from './files.ts'
import type { BriefOptions } from './options.ts'

/** Tokens that a draft may use where nobody says. */
const MOST_TOKENS = 500_000
/** Pieces that found no place and are named one by one. */
const NAMED = 12

/** `assay brief draft <source…>`: claims with their quotes, from texts. */
export async function draft(
  terminal: Terminal,
  _first: string,
  options: BriefOptions,
  files: readonly string[],
): Promise<Answer> {
  const config = await readConfig()
  const folder = path.dirname(options.out ?? path.join('.', 'brief.yaml'))
  const sources = await draftSources(
    files.map((file) => ({ path: file, name: path.relative(folder, file).split(path.sep).join('/') })),
  )
  const drafted = await read(terminal, sources, config, options)
  if (drafted.type === 'stopped') return stopped(terminal, drafted)
  const { brief, left, counts, merged } = drafted.draft
  const text = briefYaml(brief)
  if (options.out === undefined) terminal.file(`${text.trimEnd()}\n`)
  else writeNew(terminal, options.out, text)
  terminal.note(
    `${counted(brief.claims.length, 'claim')}${merged > 0 ? ` (${merged} more merged into them)` : ''}, ${counted(brief.watchlist.length, 'thing')} to watch, ${counted(brief.unknowns.length, 'open question')}. None is tested: write the tests, then: assay brief status`,
  )
  if (counts.size > 0) terminal.note('Not placed:')
  for (const [why, count] of [...counts].toSorted(([, a], [, b]) => b - a)) {
    terminal.note(`  ${String(count).padStart(5)}  ${why}`)
  }
  for (const each of left.slice(-NAMED))
    terminal.note(`  ${each.source}:${each.line}: “${shortened(each.text, 60)}”: ${each.why}`)
  if (drafted.spent !== undefined && drafted.spent.tokens > 0)
    terminal.note(`The model used ${drafted.spent.tokens} tokens, $${drafted.spent.dollars.toFixed(4)}.`)
  terminal.document({
    brief,
    ...(options.out !== undefined && { wrote: options.out }),
    merged,
    left: { counts: Object.fromEntries(counts), pieces: left },
    ...(drafted.spent !== undefined && { spent: drafted.spent, record: drafted.folder }),
  })
  return 0
}

/** A draft from new sources for an update, or the exit code where the model did not read all of them. */
export async function draftOf(
  terminal: Terminal,
  files: readonly string[],
  folder: string,
  config: Config,
  options: BriefOptions,
): Promise<Brief | Answer> {
  const sources = await draftSources(
    files.map((file) => ({ path: file, name: path.relative(folder, file).split(path.sep).join('/') })),
  )
  const drafted = await read(terminal, sources, config, options)
  return drafted.type === 'stopped' ? stopped(terminal, drafted) : drafted.draft.brief
}

async function read(
  terminal: Terminal,
  sources: Awaited<ReturnType<typeof draftSources>>,
  config: Config,
  options: BriefOptions,
): Promise<Drafted> {
  const spec = {
    updated: new Date().toISOString().slice(0, 10),
    ...(options.title !== undefined && { title: options.title }),
    ...(options.claims !== undefined && { claims: options.claims }),
  }
  if (options.model === undefined) return draftBrief(sources, spec)
  const model = await opener(config)(options.model)
  const interrupt = onInterrupt(terminal.note)
  try {
    return await draftBrief(sources, {
      ...spec,
      model: {
        effects: {
          model,
          version: version(),
          now: steadyNow,
          redact: redactIn(config),
          stopping: interrupt.stopping,
          abort: interrupt.abort,
          onPlan: (plan) => terminal.note(planText(plan)),
          onPart: (done, of) => terminal.note(`${done} of ${of} parts read`),
        },
        folder: (hash) => path.join(path.dirname(runsFolder(config, options.runs)), 'drafts', hash),
        budget: budgetOf(options, config),
        sampling: {
          ...(options.temperature !== undefined && { temperature: options.temperature }),
          ...(options.effort !== undefined && { effort: options.effort }),
          ...(options.maxOutputTokens !== undefined && { maxOutputTokens: options.maxOutputTokens }),
        },
        concurrency: options.concurrency,
      },
    })
  } finally {
    interrupt.release()
    await model.close?.()
  }
}

function planText({ windows, characters, tokens, budget }: DraftPlan): string {
  const money = budget.dollars === undefined ? '' : ` and $${budget.dollars.toFixed(2)}`
  return `${characters.toLocaleString('en-US')} characters in ${counted(windows, 'window')}, then one question on the quotes: at most ${tokens.toLocaleString('en-US')} tokens if each is answered at once. Budget: ${(budget.tokens ?? MOST_TOKENS).toLocaleString('en-US')} tokens${money}.`
}

/** Tokens are limited always, dollars where somebody says how many. */
function budgetOf(options: BriefOptions, config: Config): RunBudget {
  const dollars = options.maxCost ?? config.maxCost
  return {
    tokens: options.maxTokens ?? config.maxTokens ?? MOST_TOKENS,
    ...(dollars !== undefined && { dollars }),
  }
}

function stopped(
  terminal: Terminal,
  { stopped: { type, why }, spent, folder }: Extract<Drafted, { type: 'stopped' }>,
): Answer {
  const next = {
    budget: 'raise --max-cost or --max-tokens and do the same again',
    interrupted: 'do the same again',
    unanswered: 'see that the model answers (assay models test), and do the same again',
  }[type]
  terminal.note(`No brief was written: ${why}. What was answered is kept, and is not asked again: ${next}.`)
  terminal.document({ stopped: type, why, spent, record: folder })
  return type === 'interrupted' ? 130 : 3
}
