import { readConfig, readOneRun, type OneRun } from '../project/index.ts'
import { compareRuns, type Comparison, type DesignDifference } from '../compare/index.ts'
import type { Finding } from '../findings/index.ts'
import {
  controlsSentence,
  counted,
  findingCells,
  findingParts,
  intervalFigure,
  doubtOf,
  pairText,
  textOf,
  plain,
} from '../report/index.ts'
import { printFlipped } from './flipped.ts'
import { correctedP } from './reading.ts'
import { plainTable, tableText } from './table.ts'
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
  terminal.print(`\n${answers(result).join('\n')}`)
  if (result.findings.some(({ unit }) => unit === 'proportion')) printFlipped(terminal, result.flipped, [first, second])
  const groups = [...Map.groupBy(shownRows(result), (finding) => finding.quantity).values()]
  for (const group of groups) printGroup(terminal, group)
  terminal.print(`\n${controlsText(result)}${controlsSentence(result.controls, checksText(result, first, second))}`)
  const family = real(result)
    .map(({ details }) => details['family'])
    .find((each) => each !== undefined)
  if (typeof family === 'number')
    terminal.print(
      `p is corrected for the number of differences (Holm's method; here ${family}). The intervals are not corrected.`,
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

function real({ findings }: Comparison): readonly Finding[] {
  return findings.filter(({ subject }) => subject.type !== 'control')
}

/** Which is better, a sentence for every agent and cell, in what the study measures first. */
function answers(result: Comparison): readonly string[] {
  const found = real(result)
  const first = found.filter(({ quantity }) => quantity === found[0]?.quantity)
  if (first.length === 0) return ['Result: only controls ran in both runs, so no agent was compared.']
  const more = first.length - SENTENCES
  return [
    ...first.slice(0, SENTENCES).map((finding) => {
      const [from = '', to = from] = (finding.conditions['agent'] ?? '').split(' → ')
      const [a, b] =
        from === to ? [result.first, result.second] : [`${from} (${result.first})`, `${to} (${result.second})`]
      const what = finding.title.replace(/: [^:]*$/, '')
      const text = pairText(finding, {
        from: a,
        to: b,
        what: first.length > 1 && from === to ? `${what} of ${from}` : what,
      })
      return textOf({ parts: [{ type: 'text', text }], ...doubtOf([finding]) })
    }),
    ...(more > 0 ? [`And ${counted(more, 'more result')} in the tables.`] : []),
  ]
}

const SENTENCES = 6

/** Agents, and controls that differ between the runs: of the others one sentence is enough. */
function shownRows(result: Comparison): readonly Finding[] {
  const { findings } = result
  if (real(result).length === 0) return findings
  return findings.filter((finding) => finding.subject.type !== 'control' || !isNone(finding))
}

function isNone({ estimate }: Finding): boolean {
  return (estimate.value ?? 0) === 0
}

function controlsText({ findings }: Comparison): string {
  const controls = findings.filter(({ subject }) => subject.type === 'control')
  if (controls.length === 0) return ''
  return controls.every(isNone)
    ? 'Controls: the same in both runs. '
    : 'Controls: not the same in both runs (see the tables). '
}

/** Where the checks come from: `2 runs: 7 of a, 7 of b, 3 of their difference`. */
function checksText({ controls }: Comparison, first: OneRun, second: OneRun): string {
  const own = [first, second].map(({ run, reading }) => [run, reading.controls.length] as const)
  const rest = controls.length - own.reduce((sum, [, count]) => sum + count, 0)
  return `2 runs: ${own.map(([run, count]) => `${count} of ${run}`).join(', ')}, ${rest} of their difference`
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
    table.push([
      conditions.replace(/^(.+) → ([^,]+)/, '$2 minus $1'),
      terminal.style('bold', estimate),
      interval,
      correctedP(finding),
      finding.policies['pair'] ?? '',
      terminal.style('dim', n),
      terminal.style('yellow', flags.filter((flag) => flag !== 'exploratory').join(', ')),
    ])
  }
  terminal.print(`\n${title}\n${tableText(table)}`)
}
