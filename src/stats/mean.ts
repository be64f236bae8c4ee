import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel } from './guards.ts'
import { critical } from './special/distributions.ts'

/** The arithmetic mean of at least one value, summed with Neumaier's compensation. */
export function mean(values: ArrayLike<number>): number {
  return total(values) / values.length
}

/** A sum that does not lose small values beside large ones (Neumaier 1974). */
function total(values: ArrayLike<number>): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** The largest absolute value, 0 of none; takes arrays that are too long to spread into arguments. */
export function magnitude(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i] ?? 0))
  return largest
}

/** Sample variance with n − 1, n ≥ 2. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i += 1) squares += ((values[i] ?? 0) - centre) ** 2
  return squares / (values.length - 1)
}

/** value ± critical·standardError as an interval; `df` = Infinity uses the normal. */
export function symmetricInterval(
  value: number,
  standardError: number,
  df: number,
  level: number,
  method: string,
): Interval {
  const half = critical(level, df) * standardError
  return { low: value - half, high: value + half, level, method }
}

/**
 * Mean of independent values with Student's t interval on n − 1 degrees of freedom.
 *
 * @returns not estimable for no values, one value, or values that are all equal (they hold no measure of spread, and an
 *   interval of width zero would claim certainty); `value` carries the mean where there is one
 * @throws AssayError `stats/not-finite`, `stats/not-a-level`
 */
export function meanInterval(values: readonly number[], level = 0.95): Estimated {
  requireLevel(level)
  requireFinite('values', values)
  const n = values.length
  if (n === 0) return notEstimable('no values')
  const value = mean(values)
  if (n === 1) return notEstimable('one value has no spread', value)
  if (values.every((each) => each === values[0]))
    return notEstimable('all values are equal: no measure of spread', values[0])
  const standardError = Math.sqrt(variance(values) / n)
  const df = n - 1
  return {
    type: 'estimate',
    value,
    standardError,
    df,
    interval: symmetricInterval(value, standardError, df, level, 't'),
  }
}
