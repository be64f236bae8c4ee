import { clusterMean, survivalQuantile, type Estimated, type Interval, type SurvivalCurve } from '../stats/index.ts'

/**
 * The time by which half had the event, with the interval of Brookmeyer and Crowley. Where every time is the same there is
 * no measure of spread: then no interval, as for a mean.
 *
 * @param times of all subjects, with the cluster of each
 */
export function medianTime(
  curve: SurvivalCurve,
  times: readonly number[],
  clusters: readonly (string | number)[],
): Estimated<{ readonly type: 'estimate'; readonly value: number; readonly interval: Interval }> {
  const [first, ...others] = curve.steps
  return others.length === 0 && first?.events === curve.n
    ? clusterMean(times, clusters, curve.level)
    : survivalQuantile(curve)
}
