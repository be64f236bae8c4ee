import type { Interval } from './estimate.ts'
import { requireCounts, requireLevel } from './guards.ts'
import { critical } from './special/distributions.ts'

/**
 * Wilson score interval for a proportion of independent trials. Repeats of one task are not independent: use
 * `clusterProportion` for those.
 *
 * @param successes whole number in [0, n]
 * @param n trials, at least 1
 * @param level confidence in (0, 1)
 * @returns bounds in [0, 1], honest at 0 and n successes where the normal interval collapses
 * @throws AssayError `stats/not-a-proportion` when the counts cannot be one
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 */
export function wilson(successes: number, n: number, level = 0.95): Interval {
  requireCounts(successes, n)
  return { ...scoreBounds(successes / n, n, critical(checked(level), Infinity)), level, method: 'Wilson score' }
}

/** The score bounds for a share p of n trials, n not necessarily whole (an effective sample size). */
export function scoreBounds(p: number, n: number, z: number): { readonly low: number; readonly high: number } {
  const z2n = (z * z) / n
  const centre = (p + z2n / 2) / (1 + z2n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + z2n / (4 * n))) / (1 + z2n)
  return { low: p === 0 ? 0 : Math.max(0, centre - half), high: p === 1 ? 1 : Math.min(1, centre + half) }
}

function checked(level: number): number {
  requireLevel(level)
  return level
}
