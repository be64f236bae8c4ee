import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requireSameLength } from './guards.ts'
import { median, sortedQuantile } from './quantile.ts'
import { tieSizes } from './ranks.ts'
import { critical } from './special/distributions.ts'

export interface TheilSen {
  readonly type: 'estimate'
  /** The median of the slopes between all pairs of points. */
  readonly slope: number
  /** median(y) − slope·median(x) */
  readonly intercept: number
  readonly interval: Interval
}

/**
 * Theil–Sen line: a slope that up to 29% of wild points cannot move far, with the interval that inverts Kendall's test.
 *
 * @returns not estimable when x has fewer than two values, or too few points for an interval (then `value` is the slope)
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Sen (1968), doi:10.1080/01621459.1968.10480934
 */
export function theilSen(x: readonly number[], y: readonly number[], level = 0.95): Estimated<TheilSen> {
  requireSameLength('x and y', x, y)
  requireFinite('x', x)
  requireFinite('y', y)
  requireLevel(level)
  const found: number[] = []
  for (let i = 0; i < x.length; i += 1) {
    for (let j = i + 1; j < x.length; j += 1) {
      const dx = (x[j] ?? 0) - (x[i] ?? 0)
      if (dx !== 0) found.push(((y[j] ?? 0) - (y[i] ?? 0)) / dx)
    }
  }
  if (found.length === 0) return notEstimable('fewer than two values of x')
  const slopes = Float64Array.from(found).toSorted()
  const slope = sortedQuantile(slopes, 0.5)
  if (!Number.isFinite(slope)) return notEstimable('x differs too little: slopes overflow')
  const n = y.length
  const variance = (n * (n - 1) * (2 * n + 5) - tieTerm(x) - tieTerm(y)) / 18
  const reach = critical(level, Infinity) * Math.sqrt(Math.max(0, variance))
  const low = Math.round((slopes.length - reach) / 2) - 1
  const high = Math.round((slopes.length + reach) / 2)
  if (low < 0 || high >= slopes.length)
    return notEstimable(`${n} points are too few for an interval at level ${level}`, slope)
  if (slopes[0] === slopes.at(-1) && n > 2) return notEstimable('all slopes are equal: no measure of spread', slope)
  const bounds = { low: slopes[low] ?? slope, high: slopes[high] ?? slope }
  const intercept = median(y) - slope * median(x)
  return { type: 'estimate', slope, intercept, interval: { ...bounds, level, method: 'Sen, Kendall test inverted' } }
}

function tieTerm(values: readonly number[]): number {
  return tieSizes(values).reduce((sum, k) => sum + k * (k - 1) * (2 * k + 5), 0)
}
