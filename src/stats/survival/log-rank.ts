import { clustersOf, type Label } from '../clusters.ts'
import { type Estimated, notEstimable } from '../estimate.ts'
import { requireSameLength } from '../guards.ts'
import { requireTimes } from './kaplan-meier.ts'
import { dot, inverse, times as product } from '../linear.ts'
import { chiSquaredTail } from '../special/distributions.ts'

export interface LogRank {
  readonly type: 'estimate'
  readonly chiSquared: number
  readonly df: number
  readonly pValue: number
  readonly groups: readonly {
    readonly group: Label
    readonly n: number
    readonly observed: number
    readonly expected: number
  }[]
}

/**
 * Log-rank test that the survival curves of two or more groups are one.
 *
 * @returns not estimable with fewer than two groups, or when no event happened while two groups were at risk
 * @throws AssayError as `kaplanMeier`
 * @see Mantel (1966), Cancer Chemotherapy Reports 50, 163–170
 */
export function logRank(
  times: readonly number[],
  events: readonly boolean[],
  groups: readonly Label[],
): Estimated<LogRank> {
  requireTimes(times, events)
  requireSameLength('times and groups', times, groups)
  const { of, labels, count } = clustersOf(groups)
  if (count < 2) return notEstimable('fewer than two groups')
  const order = times.map((_, i) => i).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  const size = labels.map((_, g) => of.filter((each) => each === g).length)
  const atRisk = [...size]
  const observed = labels.map(() => 0)
  const expected = labels.map(() => 0)
  const variance = labels.map(() => labels.map(() => 0))
  for (let i = 0; i < order.length;) {
    const time = times[order[i] ?? 0]
    const leaving = labels.map(() => 0)
    const n = atRisk.reduce((a, b) => a + b, 0)
    let died = 0
    for (; i < order.length && times[order[i] ?? 0] === time; i += 1) {
      const row = order[i] ?? 0
      const group = of[row] ?? 0
      leaving[group] = (leaving[group] ?? 0) + 1
      if (events[row] === true) {
        died += 1
        observed[group] = (observed[group] ?? 0) + 1
      }
    }
    const factor = n > 1 ? (died * (n - died)) / (n - 1) : 0
    for (const [a, row] of variance.entries()) {
      const share = (atRisk[a] ?? 0) / n
      expected[a] = (expected[a] ?? 0) + died * share
      for (const b of row.keys()) row[b] = (row[b] ?? 0) + factor * share * ((a === b ? 1 : 0) - (atRisk[b] ?? 0) / n)
    }
    for (const [g, left] of leaving.entries()) atRisk[g] = (atRisk[g] ?? 0) - left
  }
  const inverted = inverse(variance.slice(1).map((row) => row.slice(1)))
  if (inverted === undefined) return notEstimable('no event happened while two groups were at risk')
  const gaps = observed.map((each, g) => each - (expected[g] ?? 0)).slice(1)
  const chiSquared = dot(gaps, product(inverted, gaps))
  return {
    type: 'estimate',
    chiSquared,
    df: count - 1,
    pValue: chiSquaredTail(chiSquared, count - 1),
    groups: labels.map((group, g) => ({
      group,
      n: size[g] ?? 0,
      observed: observed[g] ?? 0,
      expected: expected[g] ?? 0,
    })),
  }
}
