import { type Finding, rangeOf, hundredths, type Unit, valueText } from '../findings/index.ts'
import { counted, plain } from './plain.ts'

export { valueText }

/** A value beside an axis, where the unit stands once at its end. */
export function tickText(value: number, unit: Unit): string {
  const sign = value < 0 ? '−' : ''
  const size = Math.abs(value)
  if (unit === 'cents') return `${sign}$${short(size / 100)}`
  if (unit === 'proportion') return `${sign}${short(100 * size)}%`
  return `${sign}${short(size)}`
}

function short(size: number): string {
  const notation = size >= 10_000 ? 'compact' : 'standard'
  return new Intl.NumberFormat('en-US', { notation, maximumSignificantDigits: 4 }).format(size).toLowerCase()
}

/** A share as people write it in a sentence: `95%`, `0.125%`. */
export function percent(share: number): string {
  const short = Number((100 * share).toPrecision(3))
  return `${short === 100 && share !== 1 ? hundredths(share) : short}%`
}

/** `= 0.024`, `< 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${Number(p.toPrecision(2))}`
}

/** A value in the unit of a finding, with as many decimals as its estimate and its bounds. */
export function findingValue(finding: Finding, value: number): string {
  return valueText(value, finding.unit, finding.kind, decimalsOf(finding))
}

/** Four digits of the estimate say how many decimals it and its bounds have; zeros that all of them end in are left out. */
function decimalsOf({ estimate, unit, kind }: Finding): number | undefined {
  if (estimate.type !== 'estimate' || estimate.value === 0) return undefined
  const { value, interval } = estimate
  const most = Math.min(3, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value)))))
  const needed = [value, interval.low, interval.high].filter(Number.isFinite).map((each) => {
    const [, fraction = ''] = /\.(\d+)/.exec(valueText(Number(each.toFixed(most)), unit, kind)) ?? []
    return fraction.length
  })
  return Math.min(most, Math.max(...needed))
}

/** `$13.10`, or why there is none. */
export function estimateText(finding: Finding): string {
  const { estimate } = finding
  if (estimate.type === 'estimate') return findingValue(finding, estimate.value)
  if (estimate.value === undefined) return `not estimable: ${plain(estimate.reason)}`
  return `${findingValue(finding, estimate.value)}, ${whyNoInterval(finding)}`
}

/** `no interval: all 8 seeds gave $20.00; at most 31.2% of possible trials would not (one-sided)`; empty where there is an interval. */
export function whyNoInterval(finding: Finding): string {
  const { estimate } = finding
  if (estimate.type === 'estimate') return ''
  const { reason, value } = estimate
  const alike = ALIKE.exec(reason)
  if (value === undefined || alike === null) return `no interval: ${plain(reason)}`
  const [, pairs, said] = alike
  if (pairs !== undefined) {
    const bound =
      said === undefined ? '' : `; ${said.replace(/of \w+ differ$/, 'of possible pairs would not (one-sided)')}`
    return `no interval: all ${counted(finding.n.clusters, 'pair')} differ by ${findingValue(finding, value)}${bound}`
  }
  const bound =
    said === undefined ? '' : `; ${said.replace(/of (\w+) differ$/, 'of possible $1 would not (one-sided)')}`
  return `no interval: all ${sampleText(finding)} gave ${findingValue(finding, value)}${bound}`
}

/** What estimators say where nothing varied. */
const ALIKE =
  /^(differences: )?(?:no spread between clusters|all values are equal: no measure of spread|\d+ of \d+ alike: (.+))$/

/** What counts as independent, by the name that the analysis has for it: `8 seeds`. */
export function sampleText({ n, policies }: Finding): string {
  return counted(n.clusters, /^\w+$/.test(policies['cluster'] ?? '') ? (policies['cluster'] ?? '') : 'cluster')
}

/** `95% interval $12.00 to $14.20`; empty where there is none. */
export function intervalText(finding: Finding): string {
  if (finding.estimate.type !== 'estimate') return ''
  const { low, high, level } = finding.estimate.interval
  return `${Number((100 * level).toPrecision(4))}% interval ${boundsText(finding, low, high)}`
}

/** `$12.00 to $14.20`, `−3.1 to +40.2 points`: for a table, whose head says the level; empty where there is none. */
export function rangeText(finding: Finding): string {
  if (finding.estimate.type !== 'estimate') return ''
  const { low, high } = finding.estimate.interval
  return boundsText(finding, low, high).replace(/ points to (.* points)$/, ' to $1')
}

function boundsText(finding: Finding, low: number, high: number): string {
  const to = high === Infinity ? 'upwards, no upper bound' : `to ${findingValue(finding, high)}`
  return `${findingValue(finding, low)} ${to}`
}

/** Why a threshold decides nothing about a finding: it lies beyond all that such a number can be. Undefined where none does. */
export function idleThreshold(
  { quantity, kind, unit }: Finding,
  thresholds: readonly (number | undefined)[],
): string | undefined {
  const [least, most] = rangeOf(kind, unit)
  const beyond = thresholds.find((each) => each !== undefined && (each < least || each > most))
  if (beyond === undefined) return undefined
  const print = (value: number): string => valueText(value, unit, kind)
  return `the threshold ${print(beyond)} decides nothing: ${plain(quantity)} is always between ${print(least)} and ${print(most)}`
}

/** `scaffold=few-shot, size=corner`: levels as they stand in a record. */
export function levelsText(cell: Readonly<Record<string, string>>): string {
  return Object.entries(cell)
    .map((level) => level.join('='))
    .join(', ')
}

/** `local/smollm2-135m, scaffold=few-shot`. */
export function conditionsText(conditions: Readonly<Record<string, string>>): string {
  return Object.entries(conditions)
    .map(([name, level]) => (name === 'agent' ? plain(level) : `${plain(name)}=${plain(level)}`))
    .join(', ')
}
