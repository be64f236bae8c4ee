import type { Simulated } from '../power/index.ts'
import { counted, percent, valueText } from '../report/index.ts'
import { plainTable } from './table.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/** The study's own questions: what simulated agents must differ by to be seen, and how often nothing is taken for something. */
export function printSimulated(terminal: Terminal, simulated: readonly Simulated[], power: number): void {
  const [first] = simulated
  if (first === undefined) return
  const { bold, dim } = stylesOf(terminal)
  const error = Math.sqrt((power * (1 - power)) / first.runs)
  terminal.print(
    `\n${bold("The study's own questions, on simulated agents")} ${dim(`(${counted(first.runs, 'run')} of each effect: ${percent(power)} is known to ±${(100 * error).toFixed(1)} points)`)}`,
  )
  const table = plainTable(['', 'seen from', 'interval then', 'false alarms', 'corrected for'])
  for (const each of simulated) {
    const [none] = each.found
    table.push([
      each.title,
      each.seen === undefined ? 'none of those tried' : valueOf(each, each.seen).replace(/^\+/, ''),
      each.interval === undefined ? '' : `${valueOf(each, each.interval.low)} to ${valueOf(each, each.interval.high)}`,
      none === undefined ? '' : `${percent(none.share)} ± ${(100 * none.error).toFixed(1)} points`,
      counted(each.comparisons, 'comparison'),
    ])
  }
  terminal.print(table.toString())
  for (const text of new Set(simulated.map(({ assumes, title }) => `${title}: ${assumes}`))) terminal.print(dim(text))
}

/** A number in the finding's unit. A loss is planted as an amount, and the finding says it below 0. */
function valueOf({ unit, kind }: Simulated, value: number): string {
  return valueText(value, unit, kind)
}
