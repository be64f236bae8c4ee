import { AssayError } from '../assay-error.ts'
import { readRun, runPaths } from '../record/index.ts'
import { journalsAmiss, readingOf } from '../run/index.ts'
import { findingParagraph, seriesFigure } from '../report/index.ts'
import { readConfig } from './config.ts'
import { findStudy } from './find-study.ts'
import type { Answer } from './program.ts'
import { printReading, readingDocument } from './reading.ts'
import { findRun, runsFolder } from './runs-folder.ts'
import type { Terminal } from './terminal.ts'
import { showTrial } from './transcript.ts'
import { version } from './version.ts'
import { writeText } from './write-text.ts'

interface ShowOptions {
  readonly svg?: string
  readonly all?: boolean
  readonly from: number
  readonly to?: number
  readonly out?: string
}

/** `assay show <run> [trial]` */
export async function show(
  terminal: Terminal,
  name: string,
  trial: string | undefined,
  options: ShowOptions,
): Promise<Answer> {
  const config = await readConfig()
  const folder = findRun(name, runsFolder(config, options.out))
  if (trial !== undefined) return showTrial(terminal, folder, trial, options)
  const { record } = readRun(folder)
  const { study } = await findStudy(record.studyFile ?? record.study, config)
  const { plan, outcomes, reading } = readingOf(study, folder, version())
  printReading(terminal, { run: record.run, plan, outcomes, reading }, { all: options.all === true })
  const amiss = journalsAmiss(runPaths(folder), outcomes)
  if (amiss.length > 0) {
    const which = `${amiss.slice(0, 3).join(', ')}${amiss.length > 3 ? ', …' : ''}`
    const say = `${amiss.length} of ${outcomes.length} journals are missing or end early (${which}): these figures rest on the rows alone.`
    terminal.print(terminal.style('red', say))
  }
  const told = reading.findings.filter(
    (finding) => finding.subject.type !== 'control' && (options.all === true || (study.headline?.(finding) ?? true)),
  )
  if (told.length > 0) terminal.print(`\n${told.map(findingParagraph).join('\n\n')}`)
  if (options.svg !== undefined) {
    const [figure] = study.figures
    if (figure === undefined && study.draw === undefined)
      throw new AssayError('cli/no-figure', `The study ${study.name} draws no figure.`)
    writeText(
      terminal,
      options.svg,
      figure === undefined ? ((await study.draw?.(reading.findings)) ?? '') : await seriesFigure(figure, outcomes),
    )
  }
  terminal.document({ ...Object(readingDocument({ run: record.run, folder, reading })), outcomes })
  return 0
}
