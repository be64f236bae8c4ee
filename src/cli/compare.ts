import { readConfig, readOneRun } from '../project/index.ts'
import { compareRuns, type DesignDifference } from '../compare/index.ts'
import type { Finding } from '../findings/index.ts'
import { controlsSentence, counted, findingCells, findingParts, intervalFigure, plain } from '../report/index.ts'
import { plainTable } from './table.ts'
import { assertFigure } from './output-file.ts'
import type { Answer } from './command.ts'
import type { CompareOptions } from './commands/compare.ts'
import type { Terminal } from './terminal.ts'
import { writeText } from './write-text.ts'

/** `assay compare <run> <run>`: the second minus the first. */
export async function compare(
  terminal: Terminal,
  firstName: string,
  secondName: string,
  options: CompareOptions,
): Promise<Answer> {
  assertFigure(options.svg)
  const config = await readConfig()
  const first = await readOneRun(firstName, config, options.out)
  const second = await readOneRun(secondName, config, options.out)
  const planned = second.record.replication?.of === first.run
  const result = compareRuns(first, second, { measures: options.measure, planned })
  terminal.print(`${terminal.style('bold', `${result.second} minus ${result.first}`)}  ${first.plan.study.question}`)
  sayDifferences(terminal, result.differs)
  const groups = [...Map.groupBy(result.findings, (finding) => finding.quantity).values()]
  for (const group of groups) printGroup(terminal, group)
  terminal.print(`\n${controlsSentence(result.controls)}`)
  const family = result.findings.map(({ details }) => details['family']).find((each) => each !== undefined)
  if (typeof family === 'number')
    terminal.print(
      `p is corrected by Holm over ${family} differences (controls are counted separately); each interval has its own level.`,
    )
  terminal.print(
    planned
      ? `The record of ${second.run} planned this comparison.`
      : 'No plan named this comparison beforehand: it is exploratory.',
  )
  for (const each of result.unmatched) terminal.note(`only in ${plain(each)}`)
  const [drawn] = groups
  if (options.svg !== undefined && drawn !== undefined)
    writeText(terminal, options.svg, await intervalFigure(drawn, { threshold: [0] }))
  terminal.document(result)
  return 0
}

/** What the designs differ in: what a difference may be due to. */
export function sayDifferences(terminal: Terminal, differs: readonly DesignDifference[]): void {
  for (const { what, values, grave } of differs) {
    const line = `  ${what}: ${values.map(plain).join(' → ')}`
    terminal.print(grave ? terminal.style('yellow', line) : terminal.style('dim', line))
  }
}

function printGroup(terminal: Terminal, findings: readonly Finding[]): void {
  const [first] = findings
  const title = terminal.style('bold', first === undefined ? '' : findingParts(first).title)
  if (findings.every(({ estimate }) => estimate.type !== 'estimate' && (estimate.value ?? 0) === 0)) {
    const trials = [...new Set(findings.map(({ n }) => n.trials))].toSorted((a, b) => a - b)
    const each =
      trials.length > 1 ? `${trials[0]} to ${counted(trials.at(-1) ?? 0, 'trial')}` : counted(trials[0] ?? 0, 'trial')
    terminal.print(
      `\n${title}: no difference in any of ${findings.length} agents and cells, and no spread (${each} each)`,
    )
    return
  }
  const table = plainTable(['', 'difference', 'interval', 'p (Holm)', 'paired by', 'sample', ''])
  for (const finding of findings) {
    const { conditions, n, flags } = findingParts(finding)
    const { estimate, interval } = findingCells(finding)
    const { holmP } = finding.details
    table.push([
      conditions,
      terminal.style('bold', estimate),
      interval,
      typeof holmP === 'number' ? Number(holmP.toPrecision(2)).toString() : '',
      finding.policies['pair'] ?? '',
      terminal.style('dim', n),
      terminal.style('yellow', flags.filter((flag) => flag !== 'exploratory').join(', ')),
    ])
  }
  terminal.print(`\n${title}\n${table.toString()}`)
}
