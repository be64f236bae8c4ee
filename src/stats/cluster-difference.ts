import { allAlike, type ClusterEstimate, kornGraubard } from './cluster-mean.ts'
import { type Clusters, clustersOf, type Label } from './clusters.ts'
import { type Estimated, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requireProbability, requireSameLength } from './guards.ts'
import { magnitude, mean, symmetricInterval } from './mean.ts'
import { critical } from './special/distributions.ts'

/** Rows of one arm: a value and the cluster it belongs to. */
export interface Arm {
  readonly values: readonly number[]
  readonly clusters: readonly Label[]
}

/**
 * Difference of means `to` − `from` of rows that repeat within clusters. Clusters that both arms share (the same tasks)
 * lend the comparison their covariance. Cluster-robust variance with G/(G−1); t on one less than the clusters of the
 * arm that has fewer.
 *
 * @returns not estimable when an arm is empty, has one cluster, or there is no spread
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Cameron and Miller (2015), doi:10.3368/jhr.50.2.317
 */
export function clusterDifference(from: Arm, to: Arm, level = 0.95): Estimated<ClusterEstimate> {
  requireLevel(level)
  for (const arm of [from, to]) {
    requireFinite('values', arm.values)
    requireSameLength('values and clusters', arm.values, arm.clusters)
  }
  if (from.values.length === 0 || to.values.length === 0) return notEstimable('an arm without values')
  const value = mean(to.values) - mean(from.values)
  const own = Math.min(clustersOf(from.clusters).count, clustersOf(to.clusters).count)
  if (own < 2) return notEstimable('an arm with one cluster', value)
  const all = clustersOf([...from.clusters, ...to.clusters])
  const influence = new Float64Array(all.count)
  for (const [arm, sign, offset] of [[from, -1, 0] as const, [to, 1, from.values.length] as const]) {
    const centre = mean(arm.values)
    for (const [i, each] of arm.values.entries()) {
      const cluster = all.of[offset + i] ?? 0
      influence[cluster] = (influence[cluster] ?? 0) + (sign * (each - centre)) / arm.values.length
    }
  }
  const squares = influence.reduce((sum, each) => sum + each * each, 0)
  const standardError = Math.sqrt((all.count / (all.count - 1)) * squares)
  const scale = Math.max(magnitude(from.values), magnitude(to.values))
  if (standardError <= 1e-14 * scale) return notEstimable('no spread between clusters', value)
  const interval = symmetricInterval(value, standardError, own - 1, level, 'cluster-robust t')
  const n = from.values.length + to.values.length
  return { type: 'estimate', value, standardError, df: own - 1, n, clusters: all.count, interval }
}

/**
 * Mean of rows clustered two ways at once (task and rater): variance by the first + by the second − by their crossing.
 * Where that difference is not positive (it can be, with few clusters) the larger of the first two is used.
 *
 * @returns `clusters` is the smaller of the two numbers of clusters; not estimable as `clusterMean`
 * @see Cameron, Gelbach and Miller (2011), doi:10.1198/jbes.2010.07136
 */
export function twoWayClusterMean(
  values: readonly number[],
  first: readonly Label[],
  second: readonly Label[],
  level = 0.95,
): Estimated<ClusterEstimate> {
  requireLevel(level)
  requireFinite('values', values)
  requireSameLength('values and first clusters', values, first)
  requireSameLength('values and second clusters', values, second)
  const n = values.length
  if (n === 0) return notEstimable('no values')
  const value = mean(values)
  const a = clustersOf(first)
  const b = clustersOf(second)
  const clusters = Math.min(a.count, b.count)
  if (clusters < 2) return notEstimable('only 1 cluster, so there is no spread to measure', value)
  const crossed = clustersOf(values.map((_, i) => `${a.of[i]}\u0000${b.of[i]}`))
  const varianceBy = (groups: Clusters): number => {
    const sums = new Float64Array(groups.count)
    for (const [i, each] of values.entries()) sums[groups.of[i] ?? 0] = (sums[groups.of[i] ?? 0] ?? 0) + each - value
    return ((groups.count / (groups.count - 1)) * sums.reduce((sum, each) => sum + each * each, 0)) / (n * n)
  }
  const va = varianceBy(a)
  const vb = varianceBy(b)
  const combined = va + vb - varianceBy(crossed)
  const variance = combined > 0 ? combined : Math.max(va, vb)
  const standardError = Math.sqrt(variance)
  if (standardError <= 1e-14 * magnitude(values)) return notEstimable(allAlike(clusters, n, level), value)
  const interval = symmetricInterval(value, standardError, clusters - 1, level, 'two-way cluster-robust t')
  return { type: 'estimate', value, standardError, df: clusters - 1, n, clusters, interval }
}

/**
 * Share of rows clustered two ways at once, for outcomes in [0, 1]: the exact interval at the effective sample size of
 * `twoWayClusterMean`, cut by the squared ratio of t quantiles on the smaller number of clusters. Where no spread is seen each
 * cluster of the fewer counts as one trial.
 *
 * @returns as `clusterProportion`; `clusters` is the smaller of the two numbers of clusters
 * @throws AssayError `stats/not-a-probability` for an outcome outside [0, 1], else as `twoWayClusterMean`
 */
export function twoWayClusterProportion(
  values: readonly number[],
  first: readonly Label[],
  second: readonly Label[],
  level = 0.95,
): Estimated<ClusterEstimate> {
  for (const each of values) requireProbability('an outcome', each)
  const found = twoWayClusterMean(values, first, second, level)
  if (found.type === 'not-estimable' && found.value === undefined) return found
  const n = values.length
  const clusters = Math.min(clustersOf(first).count, clustersOf(second).count)
  if (clusters < 2) return found
  const value = Math.min(1, Math.max(0, found.value ?? 0))
  const variance = found.type === 'estimate' ? found.standardError ** 2 : 0
  const ratio = (critical(level, n - 1) / critical(level, clusters - 1)) ** 2
  const effective = variance === 0 ? clusters : Math.min(n, (value * (1 - value) * ratio) / variance)
  const exact = kornGraubard(value, variance, effective, n, clusters, level)
  return { ...exact, interval: { ...exact.interval, method: 'Korn–Graubard exact, two-way clustered' } }
}
