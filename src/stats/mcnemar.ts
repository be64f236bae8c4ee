import { requireCount } from './guards.ts'
import { incompleteBeta } from './special/incomplete.ts'

/**
 * Exact McNemar test that two arms succeed equally often on the same cases.
 *
 * @param fromOnly cases where only the first arm succeeded
 * @param toOnly cases where only the second arm succeeded
 * @returns two-sided p value; 1 when the arms never differ
 * @throws AssayError `stats/not-a-count`
 * @see McNemar (1947), doi:10.1007/BF02295996
 */
export function mcnemarExact(fromOnly: number, toOnly: number): number {
  requireCount('fromOnly', fromOnly)
  requireCount('toOnly', toOnly)
  const n = fromOnly + toOnly
  const k = Math.min(fromOnly, toOnly)
  if (fromOnly === toOnly) return 1
  // P(Binomial(n, ½) ≤ k)
  return Math.min(1, 2 * incompleteBeta(0.5, 0.5, k + 1, n - k).upper)
}
