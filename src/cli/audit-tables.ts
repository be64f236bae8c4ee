import type { Recomputed } from '../audit/index.ts'
import { type Finding, hundredths } from '../findings/index.ts'
import { conditionsText, findingParts, plain, valueText } from '../report/index.ts'
import { printStrata } from './strata-table.ts'
import { plainTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/**
 * One table for each run of findings with the same conditions, and one of all strata; the caveats of all below them.
 *
 * @param by columns that the strata are told apart by
 */
export function printFindings(terminal: Terminal, findings: readonly Finding[], by: readonly string[] = []): void {
  const isStratum = ({ conditions }: Finding): boolean => by.length > 0 && by.every((each) => each in conditions)
  const strata = findings.filter(isStratum)
  const whole = findings.filter((finding) => !isStratum(finding))
  const groups = Map.groupBy(whole, (finding) => conditionsText(finding.conditions))
  for (const [conditions, group] of groups) {
    const table = plainTable()
    for (const finding of group) {
      const parts = findingParts(finding)
      table.push([
        plain(finding.quantity),
        terminal.style('bold', estimateOf(finding)),
        parts.interval,
        terminal.style('dim', parts.n),
      ])
    }
    const heading = conditions === '' && groups.size > 1 ? 'All rows' : conditions
    terminal.print(`${heading === '' ? '' : `\n${terminal.style('bold', heading)}\n`}${table.toString()}`)
  }
  printStrata(terminal, strata, by)
  for (const caveat of new Set(findings.flatMap((each) => each.caveats))) {
    const about = new Set(findings.filter(({ caveats }) => caveats.includes(caveat)).map(({ quantity }) => quantity))
    // A note about one number below a table of others would be read as one about all.
    const of =
      about.size < new Set(findings.map(({ quantity }) => quantity)).size ? ` on ${plain([...about].join(', '))}` : ''
    terminal.print(`  Note${of}: ${plain(caveat)}.`)
  }
}

/** A number without an interval says why in few words. */
function estimateOf(finding: Finding): string {
  const { estimate } = finding
  if (estimate.type === 'estimate') return findingParts(finding).estimate
  if (estimate.value === undefined) return `not estimable: ${plain(estimate.reason)}`
  return `${valueText(estimate.value, finding.unit, finding.kind)} (${plain(estimate.reason)})`
}

/** Published beside recomputed, with what explains the difference. */
export function printComparisons(terminal: Terminal, comparisons: readonly Recomputed[]): void {
  const table = plainTable()
  table.push(['', 'published', 'recomputed', 'difference', ''].map((head) => terminal.style('dim', head)))
  for (const each of comparisons) {
    const { unit, published, recomputed, difference } = each
    const value = (number: number | undefined): string =>
      number === undefined ? 'not estimable' : precise(number, unit)
    table.push([
      plain(each.name),
      value(published),
      terminal.style('bold', value(recomputed)),
      difference === undefined ? '' : precise(difference, unit, 'change').replace(NOTHING, '0'),
      each.agrees ? terminal.style('green', 'agrees') : terminal.style('red', explanation(each)),
    ])
  }
  terminal.print(`\n${terminal.style('bold', 'Published and recomputed')}\n${table.toString()}`)
}

/** A difference that rounds to nothing, whatever sign is left of it. */
const NOTHING = /^[+−]?(?:\$?0(\.0+)?|<0\.0*1)( points)?$/

/** Shares with two digits more than elsewhere: a comparison turns on them. */
function precise(value: number, unit: Finding['unit'], kind?: Finding['kind']): string {
  if (unit !== 'proportion') return valueText(value, unit, kind)
  const change = kind === 'change'
  const sign = change && value > 0 ? '+' : value < 0 ? '−' : ''
  return `${sign}${hundredths(Math.abs(value), 2)}${change ? ' points' : '%'}`
}

function explanation({ explainedBy, nearest, unit, published, recomputed, noCountOf }: Recomputed): string {
  if (recomputed === undefined) return 'not estimable from these rows'
  const policies = explainedBy.map((each) => plain(each.policy))
  if (policies.length > 0) return `given by: ${policies.join('; or ')}`
  const counts = noCountOf === undefined ? '' : ` No count of ${noCountOf} gives it either.`
  if (nearest === undefined) return `No counting rule we know gives the published number.${counts}`
  return `No counting rule we know gives ${precise(published, unit)}. Closest: ${precise(nearest.value, unit)}, with ${plain(nearest.policy)}.${counts}`
}
