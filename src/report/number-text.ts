import type { Finding } from '../findings/index.ts'
import { estimateText, findingValue, percent, whyNoInterval } from './values.ts'

/** A number with its interval and what it rests on: `$184.38 (95% CI $171.26 to $197.49; 8 seeds)`; else why there is none. */
export function numberText(finding: Finding, sample: string): string {
  const { estimate } = finding
  if (estimate.type !== 'estimate')
    return estimate.value === undefined
      ? `${estimateText(finding)} (${sample})`
      : `${findingValue(finding, estimate.value)} (${whyNoInterval(finding)}; ${sample})`
  const { low, high, level } = estimate.interval
  const [bottom, top] = [findingValue(finding, low), findingValue(finding, high)]
  // A share of nothing is said with how many it is of, and with the most that it may be.
  if (isNothing(finding, estimate.value))
    return `${bareValue(finding)} (at most ${top} by its ${percent(level)} CI; ${sample})`
  return `${findingValue(finding, estimate.value)} (${percent(level)} CI ${bottom} to ${top}; ${sample})`
}

/** The value alone. */
export function bareValue(finding: Finding): string {
  const { value } = finding.estimate
  if (value === undefined) return 'not estimable'
  return isNothing(finding, value) ? `0 of ${finding.n.trials.toLocaleString('en-US')}` : findingValue(finding, value)
}

/** Whether it is a share of trials of which none succeeded. */
function isNothing({ unit, kind, n }: Finding, value: number): boolean {
  return unit === 'proportion' && kind === 'level' && value === 0 && n.trials === n.clusters
}
