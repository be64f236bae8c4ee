import { AssayError } from '../assay-error.ts'
import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requireProbability } from './guards.ts'
import { incompleteBeta } from './special/incomplete.ts'

/**
 * Quantile of a sample by linear interpolation between order statistics (type 7 of Hyndman and Fan, the default of R and NumPy).
 *
 * @param values at least one finite number, in any order
 * @param p in [0, 1]
 * @throws AssayError `stats/empty`, `stats/not-finite`, `stats/not-a-probability`
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (values.length === 0) throw new AssayError('stats/empty', 'A quantile needs at least one value.')
  requireFinite('values', values)
  requireProbability('p', p)
  return sortedQuantile(Float64Array.from(values).toSorted(), p)
}

/** The middle of a sample; the mean of the two middle values if their number is even. Throws like `quantile`. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

/** Type-7 quantile of values already in ascending order, at least one. */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  const h = (sorted.length - 1) * p
  const index = Math.floor(h)
  const here = sorted[index] ?? 0
  const next = sorted[Math.min(index + 1, sorted.length - 1)] ?? here
  // Not here + f·(next − here): equal neighbours must give exactly themselves, and infinities no NaN.
  return here === next ? here : here * (1 - (h - index)) + next * (h - index)
}

/** A quantile with the order statistics around it that cover it with at least `level`. */
export interface QuantileEstimate {
  readonly type: 'estimate'
  readonly value: number
  readonly interval: Interval
}

/**
 * Distribution-free interval for a quantile from two order statistics, exact for any continuous distribution
 * (conservative for one with ties).
 *
 * @returns not estimable when the sample is too small for any pair of order statistics to reach `level`
 *   (the median at 95% needs 6 values)
 * @see David and Nagaraja (2003), Order Statistics, 7.1
 */
export function quantileInterval(values: ArrayLike<number>, p: number, level = 0.95): Estimated<QuantileEstimate> {
  requireLevel(level)
  requireProbability('p', p)
  requireFinite('values', values)
  const n = values.length
  if (n === 0) return notEstimable('no values')
  const sorted = Float64Array.from(values).toSorted()
  const value = sortedQuantile(sorted, p)
  const tail = (1 - level) / 2
  // P(X_(r) > quantile) = P(Binomial(n, p) < r); the largest r that keeps it within one tail, and its mirror.
  let low = 0
  while (low < n && binomialBelow(low + 1, n, p) <= tail) low += 1
  let high = n + 1
  while (high > 1 && 1 - binomialBelow(high - 1, n, p) <= tail) high -= 1
  if (low < 1 || high > n) {
    return notEstimable(`${n} values are too few for an exact interval of the ${p} quantile at level ${level}`, value)
  }
  const interval = { low: sorted[low - 1] ?? value, high: sorted[high - 1] ?? value, level, method: 'order statistics' }
  return { type: 'estimate', value, interval }
}

/** P(Binomial(n, p) < k). */
function binomialBelow(k: number, n: number, p: number): number {
  if (k <= 0) return 0
  if (k > n) return 1
  return incompleteBeta(p, 1 - p, k, n - k + 1).upper
}
