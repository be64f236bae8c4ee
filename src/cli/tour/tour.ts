import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { briefStatus, briefYaml, linkRun, makeBrief, renderHtml, renderText, type Brief } from '../../brief/index.ts'
import { localModels, pullModel } from '../../model/index.ts'
import { readConfig, readRunFolder, redactIn, type Config } from '../../project/index.ts'
import { writeFile, steadyNow } from '../../record/index.ts'
import type { RunEnd } from '../../run/index.ts'
import { onInterrupt } from '../interrupt.ts'
import { liveTable } from '../live-table.ts'
import type { Answer } from '../command.ts'
import { opener } from '../opened.ts'
import { progressBar } from '../progress-bar.ts'
import { printReading, readingDocument } from '../reading.ts'
import type { Terminal } from '../terminal.ts'
import { tourParts } from './parts.ts'
import { MODEL, WEIGHTS, type TourPart } from './part.ts'

/** `assay tour`: the whole road, from question to brief. */
export async function tour(terminal: Terminal, options: { readonly out: string | undefined }): Promise<Answer> {
  const config = await readConfig()
  const home = path.resolve(options.out ?? '.assay')
  const started = performance.now()
  const interrupt = onInterrupt(terminal.note)
  const model = await weights(terminal, interrupt.stopping)
  if (interrupt.stopping.aborted) return 130
  const now = new Date()
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const ends: { readonly part: TourPart; readonly end: RunEnd }[] = []
  try {
    for (const part of tourParts) {
      terminal.print(`\n${terminal.style('bold', part.title)}\n${part.intro}`)
      const table = liveTable(terminal, steadyNow)
      const context = {
        terminal,
        runs: path.join(home, 'runs'),
        model,
        stamp,
        effects: {
          open: opener(config),
          now: steadyNow,
          redact: redactIn(config),
          stopping: interrupt.stopping,
          abort: interrupt.abort,
          onProgress: table.update,
        },
      }
      const end = await part.run(context).finally(table.end)
      ends.push({ part, end })
      printReading(terminal, end, { quantities: claimed(part) })
      terminal.print(`\n${end.plan.request.models.length === 0 ? part.lesson.planted : part.lesson.real}`)
      if (end.type === 'interrupted') {
        terminal.note(`\nStopped. Go on with: assay resume ${end.run}`)
        return 130
      }
    }
  } finally {
    interrupt.release()
  }
  // As late as it is written: a brief dated before its runs would be stale at once.
  const files = await writeBrief(home, new Date(), config, ends)
  terminal.print(`\n${terminal.style('bold', 'The brief')}\n`)
  terminal.print(files.text.trimEnd())
  terminal.print(closing(terminal, home, files, ends, performance.now() - started))
  terminal.document({
    runs: ends.map(({ end }) => readingDocument(end)),
    brief: files.paths,
    claims: files.status.claims,
  })
  return ends.every(({ end }) => end.type === 'done') ? 0 : 3
}

/** What the part's claims turn on; the rest is for assay show. */
function claimed(part: TourPart): ReadonlySet<string> {
  return new Set(part.claims.flatMap(({ test }) => test?.quantity ?? []))
}

async function weights(terminal: Terminal, signal: AbortSignal): Promise<string | undefined> {
  const entry = localModels.find((each) => each.name === WEIGHTS)
  const bar = progressBar(terminal)
  try {
    await pullModel(WEIGHTS, { onProgress: bar.update, signal })
    bar.end()
    terminal.print(
      `A real language model runs on this machine: ${entry?.description ?? WEIGHTS} (${entry?.licence ?? ''}).`,
    )
    return MODEL
  } catch (cause) {
    bar.end()
    if (!(cause instanceof AssayError)) throw cause
    terminal.print(`${cause.message.replace(/\.?$/, '.')} The tour goes on with controls only.`)
    return undefined
  }
}

interface BriefFiles {
  readonly text: string
  readonly paths: Readonly<Record<'yaml' | 'text' | 'html', string>>
  readonly status: ReturnType<typeof briefStatus>
}

async function writeBrief(
  home: string,
  now: Date,
  config: Config,
  ends: readonly { readonly part: TourPart; readonly end: RunEnd }[],
): Promise<BriefFiles> {
  const evidence = await Promise.all(ends.map(({ end }) => readRunFolder(end.folder, config)))
  const linked = ends.reduce<Brief>(
    (brief, { end }) => linkRun(brief, { run: end.run, reading: end.reading }),
    unlinked(now),
  )
  const status = briefStatus(linked, evidence)
  const text = renderText(linked, status.verdicts)
  const paths = {
    yaml: path.join(home, 'brief.yaml'),
    text: path.join(home, 'brief.txt'),
    html: path.join(home, 'brief.html'),
  }
  writeFile(paths.yaml, briefYaml(linked))
  writeFile(paths.text, text)
  writeFile(paths.html, await renderHtml(linked, status.verdicts))
  return { text, paths, status }
}

function unlinked(now: Date): Brief {
  return makeBrief({
    title: 'Agents that run businesses',
    updated: now.toISOString().slice(0, 16).replace('T', ' '),
    claims: tourParts.flatMap((part) => part.claims),
    watchlist: ['Whether a model that was shown nothing begins to run the shop by itself.'],
    unknowns: [
      'At what size does a model need no worked examples?',
      'How long does an agent keep a business going when its suppliers cheat?',
    ],
  })
}

function closing(
  terminal: Terminal,
  home: string,
  { paths }: BriefFiles,
  ends: readonly { readonly end: RunEnd }[],
  elapsedMs: number,
): string {
  const run = ends[0]?.end.run ?? ''
  return [
    '',
    `${terminal.style('bold', 'Where to find everything')}  (the tour took ${Math.round(elapsedMs / 1000)} s)`,
    `  the brief as a page   ${fromHere(paths.html)}   open it in any browser`,
    `  the brief as text     ${fromHere(paths.text)}`,
    `  claims and tests      ${fromHere(paths.yaml)}`,
    `  runs and journals     ${fromHere(path.join(home, 'runs'))}`,
    '',
    terminal.style('bold', 'What to type next'),
    `  npx assay view --open                                  the brief, the runs and every journal as a local page`,
    `  npx assay show ${run}                          what the findings mean, and what would make them wrong`,
    `  npx assay run vending --controls only --set size=v2    a year of suppliers that cheat, controls only`,
    `  npx assay brief status ${fromHere(paths.yaml)}${fromHere(home) === '.assay' ? '' : ` --runs ${fromHere(path.join(home, 'runs'))}`}          what the evidence says about every claim`,
    `  npx assay studies vending                              factors, levels and controls`,
    `  npx assay run cases.csv --model ${MODEL}     your own questions: columns prompt, expected`,
  ].join('\n')
}

function fromHere(file: string): string {
  return path.relative('.', file)
}
