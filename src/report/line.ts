import type { Denominator, Finding } from '../findings/index.ts'
import { counted, plain } from './plain.ts'
import { UNVALIDATED } from './validation.ts'
import { conditionsText, estimateText, findingValue, intervalText, whyNoInterval } from './values.ts'

/** The pieces of {@link findingLine}, to be painted. */
export interface FindingParts {
  readonly title: string
  readonly conditions: string
  /** With its unit, or why there is none. */
  readonly estimate: string
  /** Empty where there is none. */
  readonly interval: string
  readonly n: string
  /** What keeps it from deciding anything, with the reason: `uncalibrated: no control ran`. */
  readonly flags: readonly string[]
}

/** What keeps a finding from deciding anything. */
export type Flag = 'uncalibrated' | 'unvalidated' | 'exploratory' | 'incomplete'

export function findingParts(finding: Finding): FindingParts {
  return {
    title: plain(finding.title),
    conditions: conditionsText(finding.conditions),
    estimate: estimateText(finding),
    interval: intervalText(finding),
    n: denominatorText(finding.n),
    flags: doubtsOf(finding),
  }
}

/** For a table: a known value without an interval keeps its column, and why there is none is where that would be. */
export function findingCells(finding: Finding): Pick<FindingParts, 'estimate' | 'interval'> {
  const { estimate } = finding
  if (estimate.type === 'estimate') return { estimate: estimateText(finding), interval: intervalText(finding) }
  const value = estimate.value === undefined ? 'not estimable' : findingValue(finding, estimate.value)
  return { estimate: value, interval: whyNoInterval(finding) }
}

/**
 * A finding on one line, without colour:
 * `mean net worth, local/m, scaffold=few-shot: $13.10 (95% interval $12.00 to $14.20); 10 trials, 10 clusters; uncalibrated: no control ran`.
 */
export function findingLine(finding: Finding): string {
  const { title, conditions, estimate, interval, n, flags } = findingParts(finding)
  const where = conditions === '' ? title : `${title}, ${conditions}`
  const between = interval === '' ? '' : ` (${interval})`
  return [`${where}: ${estimate}${between}`, n, ...(flags.length > 0 ? [flags.join(', ')] : [])].join('; ')
}

/**
 * What a table of findings rests on, in one line: how the intervals were made, over what, whether it was planned, and what
 * to beware of. `Method: cluster-robust t over seeds, planned. Note: only 5 clusters: …`.
 */
export function methodText(findings: readonly Finding[]): string {
  const methods = [...new Set(findings.flatMap(({ estimate, method }) => intervalMethod(estimate, method)))]
  const over = [
    ...new Set(findings.flatMap(({ policies: { cluster } }) => (cluster === undefined ? [] : [`${plain(cluster)}s`]))),
  ]
  const standings = [...new Set(findings.map(({ standing }) => standing))]
  const caveats = [...new Set(findings.flatMap(({ caveats: each }) => each))]
  const how = methods.join('; ')
  const units = over.length === 1 && !how.includes(' over ') ? ` over ${over.join('')}` : ''
  const planned = standings.join(' and ')
  const ends = ENDS.flatMap(([name, title]) => {
    const rules = new Set(findings.flatMap(({ policies }) => policies[name] ?? []))
    return [...rules].map((rule) => `${title}: ${plain(rule)}.`)
  })
  return [
    methods.length === 0
      ? `${planned.charAt(0).toUpperCase()}${planned.slice(1)}; no interval in this table.`
      : `Method: ${how}${units}, ${planned}.`,
    ...ends,
    ...caveats.map((caveat) => `Note: ${caveat}${/[.?!]$/.test(caveat) ? '' : '.'}`),
  ].join(' ')
}

/** Ends of trials whose causes are told below a table. */
const ENDS = [
  ['neverAsked', 'Never asked'],
  ['cutShort', 'Cut short'],
] as const

/** Both names where a median is read off a curve that another method made. */
function intervalMethod(estimate: Finding['estimate'], method: string): readonly string[] {
  if (estimate.type !== 'estimate') return []
  const { method: interval } = estimate.interval
  return [interval === method || method.includes(' over ') ? plain(method) : `${plain(method)}, ${plain(interval)}`]
}

/** Trials and clusters always; what was left out where there is any. */
export function denominatorText({ trials, clusters, invalid, missing, ...ends }: Denominator): string {
  return [
    counted(trials, 'trial'),
    counted(clusters, 'cluster'),
    ...(invalid > 0 ? [`${invalid} invalid`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...endsTexts(ends),
  ].join(', ')
}

/** How trials ended that did not end of themselves: `12 never asked`. */
export function endsTexts({
  neverAsked = 0,
  cutShort = 0,
  filtered = 0,
}: Pick<Denominator, 'neverAsked' | 'cutShort' | 'filtered'>): readonly string[] {
  return [
    ...(neverAsked > 0 ? [`${neverAsked} never asked`] : []),
    ...(cutShort > 0 ? [`${cutShort} cut short`] : []),
    ...(filtered > 0 ? [`${filtered} filtered`] : []),
  ]
}

/** The flags in words, each with its reason. */
export function doubtsOf(finding: Finding): readonly string[] {
  const { whyUncalibrated = '' } = finding
  const why: Partial<Record<Flag, string>> = { uncalibrated: plain(whyUncalibrated), unvalidated: UNVALIDATED }
  return flagsOf(finding).map((flag) => [flag, why[flag] ?? ''].filter((each) => each !== '').join(': '))
}

export function flagsOf({ standing, calibration, validation }: Finding): readonly Flag[] {
  return [
    ...(standing === 'planned' ? [] : ([standing] as const)),
    ...(calibration === 'uncalibrated' ? [calibration] : []),
    ...(validation?.type === 'unvalidated' ? [validation.type] : []),
  ]
}
