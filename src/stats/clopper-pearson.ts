import type { Interval } from './estimate.ts'
import { requireCount, requireCounts, requireLevel } from './guards.ts'
import { betaQuantile } from './special/distributions.ts'

/**
 * Clopper–Pearson exact interval for a proportion of independent trials: never covers less than `level`, often more.
 *
 * @param successes whole number in [0, n]
 * @param n trials, at least 1
 * @throws AssayError `stats/not-a-proportion` when the counts cannot be one
 * @see Clopper and Pearson (1934), doi:10.1093/biomet/26.4.404
 */
export function clopperPearson(successes: number, n: number, level = 0.95): Interval {
  requireCounts(successes, n)
  requireLevel(level)
  return { ...exactBounds(successes, n, (1 - level) / 2), level, method: 'Clopper–Pearson exact' }
}

/** The exact bounds with `tail` error probability on each side; counts need not be whole. */
export function exactBounds(
  successes: number,
  n: number,
  tail: number,
): { readonly low: number; readonly high: number } {
  const failures = n - successes
  return {
    low: successes <= 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures <= 0 ? 1 : 1 - betaQuantile(tail, failures, successes + 1),
  }
}

/**
 * The largest rate that zero events in n independent trials leave possible: the exact one-sided upper bound
 * 1 − (1 − level)^(1/n). "No failure in n" is this bound, never zero.
 *
 * @param n trials, at least 1
 * @param level one-sided confidence in (0, 1)
 * @throws AssayError `stats/not-a-count`, `stats/not-a-level`
 */
export function exactUpperBoundAtZero(n: number, level = 0.95): number {
  requireCount('n', n, 1)
  requireLevel(level)
  return -Math.expm1(Math.log1p(-level) / n)
}
