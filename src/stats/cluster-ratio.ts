import { clusterDifference, type Arm } from './cluster-difference.ts'
import { clusterProportion } from './cluster-mean.ts'
import { clustersOf } from './clusters.ts'
import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireLevel, requirePositive, requireProbability, requireSameLength } from './guards.ts'
import { dot } from './linear.ts'
import { mean } from './mean.ts'
import { critical } from './special/distributions.ts'

/** How many times as much; 1 means no difference. */
export interface Ratio {
  readonly type: 'estimate'
  readonly value: number
  /** `high` is Infinity where no bound is left. */
  readonly interval: Interval
}

/**
 * Geometric mean of `to` over that of `from`: the difference of mean logarithms by `clusterDifference`, and back.
 *
 * @param from values above 0
 * @param to values above 0
 * @returns not estimable as `clusterDifference`
 * @throws AssayError `stats/not-positive`, else as `clusterDifference`
 */
export function geometricRatio(from: Arm, to: Arm, level = 0.95): Estimated<Ratio> {
  for (const arm of [from, to]) for (const each of arm.values) requirePositive('a value', each)
  const found = clusterDifference(logsOf(from), logsOf(to), level)
  return found.type === 'estimate'
    ? { type: 'estimate', value: Math.exp(found.value), interval: exponential(found.interval) }
    : notEstimable(found.reason, found.value === undefined ? undefined : Math.exp(found.value))
}

function logsOf({ values, clusters }: Arm): Arm {
  return { values: values.map(Math.log), clusters }
}

/** An interval of a logarithm as one of the number. */
export function exponential({ low, high, level, method }: Interval): Interval {
  return { low: Math.exp(low), high: Math.exp(high), level, method: `${method} of logarithms` }
}

/**
 * Share of `to` over that of `from` (relative risk), rows clustered: Student's t of the logarithm, with the covariance of clusters that
 * both arms have, on one less than the clusters of the arm that has fewer. Where an arm is all or none its logarithm has no such error:
 * then the interval is put together from the exact ones of both arms (MOVER).
 *
 * @param from outcomes in [0, 1]
 * @param to outcomes in [0, 1]
 * @returns not estimable when an arm is empty or has one cluster, or where `from` has no event: the ratio has no upper end then
 * @throws AssayError `stats/not-a-probability`, `stats/length`, `stats/not-a-level`
 * @see Katz et al. (1978), doi:10.2307/2530610; Donner and Zou (2012), doi:10.1177/0962280210383082
 */
export function shareRatio(from: Arm, to: Arm, level = 0.95): Estimated<Ratio> {
  requireLevel(level)
  for (const arm of [from, to]) {
    requireSameLength('values and clusters', arm.values, arm.clusters)
    for (const each of arm.values) requireProbability('an outcome', each)
  }
  const [a, b] = [
    clusterProportion(from.values, from.clusters, level),
    clusterProportion(to.values, to.clusters, level),
  ]
  if (a.type === 'not-estimable') return notEstimable(`the first arm: ${a.reason}`)
  if (b.type === 'not-estimable') return notEstimable(`the second arm: ${b.reason}`)
  if (a.value === 0) return notEstimable('no event in the first arm, so the ratio has no value')
  const value = b.value / a.value
  const bounds = [a, b].some((each) => each.value === 0 || each.value === 1)
    ? movedBounds(a, b, level)
    : logBounds(from, to, value, level)
  return { type: 'estimate', value, interval: bounds }
}

/** What each cluster of two arms adds to the mean of either, relative to it. */
function influences(from: Arm, to: Arm): readonly [from: Float64Array, to: Float64Array] {
  const all = clustersOf([...from.clusters, ...to.clusters])
  const of = (arm: Arm, offset: number): Float64Array => {
    const added = new Float64Array(all.count)
    const centre = mean(arm.values)
    for (const [i, each] of arm.values.entries()) {
      const cluster = all.of[offset + i] ?? 0
      added[cluster] = (added[cluster] ?? 0) + (each / centre - 1) / arm.values.length
    }
    return added
  }
  return [of(from, 0), of(to, from.values.length)]
}

/** Correlation of two clustered means, in [−1, 1]: 0 where they share no cluster, or one has no spread. */
export function shareCorrelation(from: Arm, to: Arm): number {
  const [a, b] = influences(from, to)
  const both = Math.sqrt(dot(a, a) * dot(b, b))
  return both > 0 ? Math.min(1, Math.max(-1, dot(a, b) / both)) : 0
}

function logBounds(from: Arm, to: Arm, value: number, level: number): Interval {
  const [a, b] = influences(from, to)
  const error = Math.sqrt((a.length / (a.length - 1)) * (dot(a, a) + dot(b, b) - 2 * dot(a, b)))
  const own = Math.min(clustersOf(from.clusters).count, clustersOf(to.clusters).count)
  const half = critical(level, own - 1) * error
  const method = 'cluster-robust t of logarithms'
  return { low: value * Math.exp(-half), high: value * Math.exp(half), level, method }
}

interface Known {
  readonly value: number
  readonly interval: Interval
}

/** Bounds of b/a from those of each, as roots of the quadratic that the method gives; the one that stays put where its square term is 0. */
function movedBounds({ value: p, interval: a }: Known, { value: q, interval: b }: Known, level: number): Interval {
  const below = b.low * (2 * q - b.low)
  const low = below / (p * q + Math.sqrt(Math.max(0, (p * q) ** 2 - a.high * (2 * p - a.high) * below)))
  const square = a.low * (2 * p - a.low)
  const above = b.high * (2 * q - b.high)
  const high = square > 0 ? (p * q + Math.sqrt(Math.max(0, (p * q) ** 2 - square * above))) / square : Infinity
  return { low: q === 0 ? 0 : low, high, level, method: 'exact, clustered, both arms (MOVER)' }
}
