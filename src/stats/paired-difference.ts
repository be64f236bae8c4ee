import { clusterMean, type ClusterEstimate } from './cluster-mean.ts'
import type { Label } from './clusters.ts'
import { type Estimated, notEstimable } from './estimate.ts'
import { requireFinite, requireSameLength } from './guards.ts'

/**
 * Mean of `to` − `from` over pairs, with a t interval that is robust to clusters of pairs. Give one value a pair: the
 * mean over repeats of one task is one value.
 *
 * @param from values of the first arm, one a pair
 * @param to values of the second arm in the same order
 * @param options.clusters what each pair belongs to; default: every pair stands alone
 * @param options.level confidence in (0, 1), default 0.95
 * @returns as `clusterMean`: not estimable for no pairs, one cluster, or differences without spread
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 */
export function pairedDifference(
  from: readonly number[],
  to: readonly number[],
  options: { readonly clusters?: readonly Label[]; readonly level?: number } = {},
): Estimated<ClusterEstimate> {
  requireSameLength('from and to', from, to)
  requireFinite('from', from)
  requireFinite('to', to)
  const differences = to.map((each, i) => each - (from[i] ?? 0))
  const clusters = options.clusters ?? differences.map((_, i) => i)
  const found = clusterMean(differences, clusters, options.level)
  if (found.type === 'not-estimable') {
    return found.value === undefined
      ? notEstimable('no pairs')
      : notEstimable(`differences: ${found.reason}`, found.value)
  }
  return { ...found, interval: { ...found.interval, method: 'paired, cluster-robust t' } }
}
