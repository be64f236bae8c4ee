import { clustersOf, type Label, sumsWithin } from './clusters.ts'
import { type Estimate, type Estimated, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requireProbability, requireSameLength } from './guards.ts'
import { magnitude, mean, symmetricInterval } from './mean.ts'
import { exactBounds, exactUpperBoundAtZero } from './clopper-pearson.ts'
import { critical } from './special/distributions.ts'

export interface ClusterEstimate extends Estimate {
  readonly n: number
  readonly clusters: number
}

/** A share with how many independent trials would know it as well. */
export interface ClusterShare extends ClusterEstimate {
  readonly effective: number
}

/**
 * Mean of rows that repeat within clusters, with the cluster-robust variance G/(G−1)·Σ(residual sum of a cluster)²/n²
 * and Student's t on G − 1 degrees of freedom. With one value a cluster it is
 * the ordinary t interval; with several rows a cluster, use 30 clusters or more (docs/statistics.md, "How many clusters are enough?").
 *
 * @param values one a row
 * @param clusters the cluster of each row (the task, the rater)
 * @returns not estimable for no rows, one cluster, or no spread between clusters (then, for outcomes in [0, 1], use
 *   `clusterProportion`); `value` carries the mean where there is one
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Liang and Zeger (1986), doi:10.1093/biomet/73.1.13
 */
export function clusterMean(
  values: readonly number[],
  clusters: readonly Label[],
  level = 0.95,
): Estimated<ClusterEstimate> {
  requireLevel(level)
  requireFinite('values', values)
  requireSameLength('values and clusters', values, clusters)
  const n = values.length
  if (n === 0) return notEstimable('no values')
  const value = mean(values)
  const groups = clustersOf(clusters)
  const g = groups.count
  if (g === 1) return notEstimable('only 1 cluster, so there is no spread to measure', value)
  const variance = meanVariance(values, value, groups)
  if (variance === 0) return notEstimable(allAlike(g, n, level), value)
  const standardError = Math.sqrt(variance)
  const interval = symmetricInterval(value, standardError, g - 1, level, 'cluster-robust t')
  return { type: 'estimate', value, standardError, df: g - 1, n, clusters: g, interval }
}

/** Why there is no spread, and what that leaves possible: the exact bound on how many are unlike those seen. */
export function allAlike(clusters: number, n: number, level: number): string {
  const most = (100 * exactUpperBoundAtZero(clusters, level)).toFixed(1)
  return `${clusters} of ${clusters} alike: at most ${most}% of ${n === clusters ? 'trials' : 'clusters'} differ`
}

function meanVariance(values: readonly number[], value: number, groups: ReturnType<typeof clustersOf>): number {
  const residuals = values.map((each) => each - value)
  const sums = sumsWithin(residuals, groups)
  const scale = magnitude(values)
  let squares = 0
  for (const sum of sums) squares += sum * sum
  const found = (groups.count / (groups.count - 1)) * (squares / (values.length * values.length))
  // Rounding alone leaves about 1e-16 of the scale in each residual.
  return Math.sqrt(found) <= 1e-14 * scale ? 0 : found
}

/**
 * Share of rows that repeat within clusters, for outcomes in [0, 1], by the method of Korn and Graubard: the exact
 * interval at the effective sample size p(1−p)/variance, cut by the squared ratio of t quantiles. Where no spread
 * between clusters is seen (all succeed, all fail), each cluster counts as one trial. Stays in [0, 1] and never collapses.
 *
 * @param trials how many outcomes stand behind the values, at least their number, where a value is a mean of several: the
 *   effective sample size cannot be more
 * @throws AssayError `stats/not-a-probability` for an outcome outside [0, 1], else as `clusterMean`
 * @see Korn and Graubard (1998), Survey Methodology 24, 193–201
 */
export function clusterProportion(
  values: readonly number[],
  clusters: readonly Label[],
  level = 0.95,
  trials: number = values.length,
): Estimated<ClusterShare> {
  requireLevel(level)
  requireSameLength('values and clusters', values, clusters)
  const n = values.length
  if (n === 0) return notEstimable('no values')
  for (const each of values) requireProbability('an outcome', each)
  const value = Math.min(1, mean(values))
  const groups = clustersOf(clusters)
  const g = groups.count
  if (g === 1) return notEstimable('only 1 cluster, so there is no spread to measure', value)
  const variance = meanVariance(values, value, groups)
  const ratio = n > 1 && g > 1 ? (critical(level, trials - 1) / critical(level, g - 1)) ** 2 : 1
  const effective = variance === 0 ? g : Math.min(trials, (value * (1 - value) * ratio) / variance)
  return { ...kornGraubard(value, variance, effective, n, g, level), effective }
}

/** A share by the exact interval at an effective sample size. */
export function kornGraubard(
  value: number,
  variance: number,
  effective: number,
  n: number,
  clusters: number,
  level: number,
): ClusterEstimate {
  const bounds = exactBounds(value * effective, effective, (1 - level) / 2)
  const interval = { ...bounds, level, method: 'Korn–Graubard exact, clustered' }
  return { type: 'estimate', value, standardError: Math.sqrt(variance), df: clusters - 1, n, clusters, interval }
}

/**
 * Events for each chance that there was to have one, with rows in clusters: a trial that was at risk for 30 turns and
 * failed on the last is one event in 30 chances. The exact interval at the effective number of chances (Korn and
 * Graubard); where no event was seen, or only events, all chances count as independent.
 *
 * @param events one a row, at least 0 and at most its chances
 * @param chances one a row, at least 0
 * @param clusters the cluster of each row
 * @param most `one`: a row has at most one event, which ends it; `chances`: as many as chances. Where no spread is seen (no
 *   event, say) a cluster counts as one of its rows' events, or as one chance
 * @returns not estimable without a chance, or with one cluster
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Korn and Graubard (1998), Survey Methodology 24, 193–201
 */
export function clusterRate(
  events: readonly number[],
  chances: readonly number[],
  clusters: readonly Label[],
  level = 0.95,
  most: 'one' | 'chances' = 'chances',
): Estimated<ClusterEstimate> {
  requireLevel(level)
  requireFinite('events', events)
  requireFinite('chances', chances)
  requireSameLength('events and chances', events, chances)
  requireSameLength('events and clusters', events, clusters)
  const total = chances.reduce((a, b) => a + b, 0)
  if (!(total > 0)) return notEstimable('there was no chance of an event')
  const value = Math.min(1, events.reduce((a, b) => a + b, 0) / total)
  const groups = clustersOf(clusters)
  const g = groups.count
  if (g === 1) return notEstimable('only 1 cluster, so there is no spread to measure', value)
  const residuals = sumsWithin(
    events.map((each, i) => each - value * (chances[i] ?? 0)),
    groups,
  )
  const squares = residuals.reduce((sum, each) => sum + each * each, 0)
  const variance = ((g / (g - 1)) * squares) / (total * total)
  const ratio = total > 1 ? (critical(level, Math.max(1, total - 1)) / critical(level, g - 1)) ** 2 : 1
  const spread = value * (1 - value)
  const alone = most === 'one' ? (total * g) / events.length : g
  const effective =
    spread === 0 || variance === 0 ? Math.min(total, alone) : Math.min(total, (spread * ratio) / variance)
  return kornGraubard(value, variance, effective, events.length, g, level)
}
