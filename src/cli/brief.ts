import fs from 'node:fs'
import path from 'node:path'
import { AssayError, codeOf, reasonOf } from '../assay-error.ts'
import {
  briefStatus,
  briefYaml,
  evidenceOf,
  importText,
  makeBrief,
  parseBrief,
  renderHtml,
  renderMarkdown,
  renderText,
  type Brief,
  type RunEvidence,
} from '../brief/index.ts'
import { readRun } from '../record/index.ts'
import { readingOf } from '../run/index.ts'
import { readConfig, type Config } from './config.ts'
import { findStudy } from './find-study.ts'
import type { Answer } from './program.ts'
import { runNames, runsFolder } from './runs-folder.ts'
import type { Terminal } from './terminal.ts'
import { version } from './version.ts'
import { writeText } from './write-text.ts'

interface BriefOptions {
  readonly as: 'text' | 'markdown' | 'html'
  readonly out?: string
  readonly runs?: string
}

const verbs = ['new', 'import', 'render', 'status'] as const

/** `assay brief <new|import|render|status> <file>` */
export async function brief(terminal: Terminal, verb: string, file: string, options: BriefOptions): Promise<Answer> {
  const known = verbs.find((each) => each === verb)
  if (known === undefined)
    throw new AssayError('cli/usage', `There is no "assay brief ${verb}". Verbs: ${verbs.join(', ')}.`)
  if (known === 'new') return create(terminal, file)
  if (known === 'import') return fromText(terminal, file, options)
  const value = parseBrief(textOf(file), file)
  const evidence = await evidenceFor(terminal, value, await readConfig(), options)
  return known === 'render' ? render(terminal, value, evidence, options) : status(terminal, value, evidence)
}

function create(terminal: Terminal, file: string): Answer {
  if (fs.existsSync(file)) throw new AssayError('cli/exists', `${file} stands here already. Choose another name.`)
  const value = makeBrief({
    title: 'A title',
    updated: new Date().toISOString().slice(0, 10),
    claims: [
      {
        text: 'One sentence that somebody asserts.',
        takeaway: true,
        sections: ['A-Section'],
        test: {
          study: 'vending',
          quantity: 'mean(netWorth)',
          where: { agent: 'local/smollm2-135m', size: 'corner', scaffold: 'shown' },
          unit: 'cents',
          direction: 'above',
          threshold: 5000,
          setAt: new Date().toISOString(),
        },
      },
    ],
    watchlist: ['What to keep an eye on.'],
    unknowns: ['What has nobody measured yet?'],
  })
  writeText(terminal, file, briefYaml(value))
  terminal.document({ wrote: file })
  return 0
}

function fromText(terminal: Terminal, file: string, options: BriefOptions): Answer {
  const { brief: value, notes } = importText(textOf(file))
  for (const note of notes) terminal.note(`${file}:${note.line}: ${note.why}`)
  deliver(terminal, briefYaml(value), options.out)
  terminal.document({ brief: value, notes })
  return 0
}

async function render(
  terminal: Terminal,
  value: Brief,
  evidence: readonly RunEvidence[],
  options: BriefOptions,
): Promise<Answer> {
  const { verdicts } = briefStatus(value, evidence)
  const text =
    options.as === 'html'
      ? await renderHtml(value, verdicts)
      : options.as === 'markdown'
        ? renderMarkdown(value, verdicts)
        : renderText(value, verdicts)
  deliver(terminal, text, options.out)
  terminal.document({ as: options.as, ...(options.out === undefined ? { text } : { wrote: options.out }) })
  return 0
}

function status(terminal: Terminal, value: Brief, evidence: readonly RunEvidence[]): Answer {
  const read = briefStatus(value, evidence)
  for (const claim of read.claims) {
    terminal.print(`${terminal.style('bold', claim.status.padEnd(12))} ${claim.text}`)
    terminal.print(
      terminal.style('dim', `${' '.repeat(13)}${claim.why}${claim.next === undefined ? '' : ` Next: ${claim.next}`}`),
    )
  }
  terminal.document({ claims: read.claims, counts: read.counts, confidence: read.confidence })
  return 0
}

/** What the runs here say about the claims. A run that cannot be read is named and says nothing. */
async function evidenceFor(
  terminal: Terminal,
  value: Brief,
  config: Config,
  options: BriefOptions,
): Promise<readonly RunEvidence[]> {
  const folder = runsFolder(config, options.runs)
  const linked = new Set(value.claims.flatMap((claim) => claim.run ?? []))
  const studies = new Set(
    value.claims.flatMap((claim) => (claim.run === undefined && claim.test !== undefined ? [claim.test.study] : [])),
  )
  const evidence: RunEvidence[] = []
  for (const name of runNames(folder)) {
    try {
      const { record } = readRun(path.join(folder, name))
      if (!linked.has(record.run) && !studies.has(record.study)) continue
      const { study } = await findStudy(record.studyFile ?? record.study, config)
      evidence.push(evidenceOf(readingOf(study, path.join(folder, name), version())))
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
      terminal.note(`assay: ${cause.message}`)
    }
  }
  return evidence
}

function deliver(terminal: Terminal, text: string, out: string | undefined): void {
  if (out === undefined) {
    terminal.print(text.trimEnd())
    return
  }
  writeText(terminal, out, text)
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (cause) {
    const why =
      codeOf(cause) === 'ENOENT'
        ? `There is no file ${file}. Make one with: assay brief new ${file}`
        : `Could not read ${file}: ${reasonOf(cause)}`
    throw new AssayError('cli/unreadable', why, { cause })
  }
}
