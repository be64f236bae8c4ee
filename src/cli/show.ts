import { AssayError } from '../assay-error.ts'
import { findRun, readConfig, readRunFolder, runsFolder } from '../project/index.ts'
import { runPaths } from '../record/index.ts'
import { journalsAmiss } from '../run/index.ts'
import { findingParagraph, seriesFigure } from '../report/index.ts'
import type { Answer } from './command.ts'
import type { ShowOptions } from './commands/show.ts'
import { printReading, readingDocument } from './reading.ts'
import type { Terminal } from './terminal.ts'
import { showTrial } from './transcript.ts'
import { writeText } from './write-text.ts'

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
  const one = await readRunFolder(folder, config)
  const { run, plan, outcomes, reading } = one
  const { study } = plan
  printReading(terminal, one, { all: options.all })
  const amiss = journalsAmiss(runPaths(folder), outcomes)
  if (amiss.length > 0) {
    const which = `${amiss.slice(0, 3).join(', ')}${amiss.length > 3 ? ', …' : ''}`
    const say = `${amiss.length} of ${outcomes.length} journals are missing or end early (${which}): these figures rest on the rows alone.`
    terminal.print(terminal.style('red', say))
  }
  const told = reading.findings.filter(
    (finding) => finding.subject.type !== 'control' && (options.all || (study.headline?.(finding) ?? true)),
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
  terminal.document({ ...readingDocument({ run, folder, reading }), outcomes })
  return 0
}
