import { AssayError } from '../assay-error.ts'
import { findRun, readConfig, readRunFolder, runsFolder, type OneRun } from '../project/index.ts'
import { runPaths } from '../record/index.ts'
import { damagedJournals } from '../run/index.ts'
import {
  citation,
  controlsTable,
  counted,
  findingParagraph,
  headlines,
  seriesFigure,
  trialNames,
} from '../report/index.ts'
import type { Answer } from './command.ts'
import type { ShowOptions } from './commands/show.ts'
import { showCases } from './cases.ts'
import { printReading, readingDocument } from './reading.ts'
import { plainTable, tableText } from './table.ts'
import type { Terminal } from './terminal.ts'
import { showTrial } from './transcript.ts'
import { writeText } from './write-text.ts'

/** `assay show <run> [trial]`: findings, the grid of cases, or one transcript. */
export async function show(
  terminal: Terminal,
  name: string,
  trial: string | undefined,
  options: ShowOptions,
): Promise<Answer> {
  const config = await readConfig()
  const folder = findRun(name, runsFolder(config, options.out))
  if (options.by.length > 0) return showGroups(terminal, name, trial, options)
  if (options.cases && trial !== undefined)
    throw new AssayError('cli/usage', '--cases shows every case of a run. Leave the trial out, or leave --cases out.')
  if (trial !== undefined) return showTrial(terminal, folder, trial, options)
  const one = await readRunFolder(folder, config)
  const { run, plan, outcomes, reading } = one
  const { study } = plan
  if (options.cite) return cite(terminal, one)
  if (options.cases) return showCases(terminal, one)
  printReading(terminal, one, { all: options.all })
  const damaged = damagedJournals(runPaths(folder), outcomes)
  if (damaged.length > 0) {
    const names = trialNames(outcomes)
    const some = damaged.slice(0, 3).map((id) => names.get(id) ?? id)
    const which = `${some.join('; ')}${damaged.length > 3 ? '; …' : ''}`
    const say = `${damaged.length} of ${counted(outcomes.length, 'journal')} are missing or end early (${which}). These figures come from the rows alone.`
    terminal.print(terminal.style('red', say))
  }
  const explained = reading.findings.filter(
    (finding) => finding.subject.type !== 'control' && (options.all || (study.headline?.(finding) ?? true)),
  )
  if (explained.length > 0) terminal.print(`\n${explained.map(findingParagraph).join('\n\n')}`)
  if (options.all && reading.controls.length > 0) {
    const { head, rows } = controlsTable(reading)
    const table = plainTable(head)
    for (const row of rows) table.push([...row])
    terminal.print(`\n${terminal.style('bold', 'Control checks: expected and measured')}\n${tableText(table)}`)
  }
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

/** `assay show <run> --by topic`: what `assay audit <run> --as rate --by topic` says. */
async function showGroups(
  terminal: Terminal,
  name: string,
  trial: string | undefined,
  { by, out, cases, cite: citing }: ShowOptions,
): Promise<Answer> {
  if (trial !== undefined || cases || citing)
    throw new AssayError('cli/usage', '--by splits the findings of a run. Leave out the trial, --cases and --cite.')
  const { audit } = await import('./audit.ts')
  const unasked = { where: undefined, sql: undefined, statedN: undefined, figure: undefined }
  const asked = { ...unasked, as: 'rate', by, map: [], recode: [], published: [] }
  return audit(terminal, name, asked, runsFolder(await readConfig(), out))
}

/** `assay show <run> --cite`: what may be cited, and nothing else. */
function cite(terminal: Terminal, { run, plan, reading }: OneRun): Answer {
  const cited = headlines(reading.findings, plan.study.headline)
  if (cited.length === 0)
    throw new AssayError(
      'cli/nothing-to-cite',
      `${run}: only controls ran, so there is nothing to cite. Run the study with --model, then cite that run.`,
    )
  terminal.print(cited.map(citation).join('\n\n'))
  terminal.document(cited.map((finding) => ({ citation: citation(finding), finding })))
  return 0
}
