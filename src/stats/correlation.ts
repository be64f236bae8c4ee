import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requireSameLength } from './guards.ts'
import { ranks, tieSizes } from './ranks.ts'
import { critical } from './special/distributions.ts'

export interface Correlation {
  readonly type: 'estimate'
  readonly value: number
  readonly interval: Interval
  readonly n: number
}

/**
 * Spearman's rank correlation; interval on Fisher's scale with the error √((1 + r²/2)/(n − 3)).
 *
 * @returns not estimable for fewer than 4 points, a constant side, or perfect order (`value` ±1 then)
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Bonett and Wright (2000), doi:10.1007/BF02294183
 */
export function spearman(x: readonly number[], y: readonly number[], level = 0.95): Estimated<Correlation> {
  check(x, y, level)
  const n = x.length
  const value = pearson(ranks(x), ranks(y))
  if (value === undefined) return notEstimable('a side is constant or empty')
  return fisher(value, n, Math.sqrt((1 + value ** 2 / 2) / (n - 3)), 4, level)
}

/**
 * Kendall's τ_b (corrected for ties); interval on Fisher's scale with the error √(0.437/(n − 4)).
 *
 * @returns not estimable for fewer than 5 points, a constant side, or perfect order (`value` ±1 then)
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Fieller, Hartley and Pearson (1957), doi:10.1093/biomet/44.3-4.470
 */
export function kendall(x: readonly number[], y: readonly number[], level = 0.95): Estimated<Correlation> {
  check(x, y, level)
  const n = x.length
  let sum = 0
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      sum += Math.sign((x[i] ?? 0) - (x[j] ?? 0)) * Math.sign((y[i] ?? 0) - (y[j] ?? 0))
    }
  }
  const pairs = (n * (n - 1)) / 2
  const scale = Math.sqrt((pairs - tiedPairs(x)) * (pairs - tiedPairs(y)))
  if (!(scale > 0)) return notEstimable('a side is constant or empty')
  return fisher(sum / scale, n, Math.sqrt(0.437 / (n - 4)), 5, level)
}

/** Pearson's correlation of two equally long arrays; undefined when a side does not vary. */
function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  const n = x.length
  let mx = 0
  let my = 0
  for (let i = 0; i < n; i += 1) {
    mx += (x[i] ?? 0) / n
    my += (y[i] ?? 0) / n
  }
  let xx = 0
  let yy = 0
  let xy = 0
  for (let i = 0; i < n; i += 1) {
    const dx = (x[i] ?? 0) - mx
    const dy = (y[i] ?? 0) - my
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy)
  return scale > 0 ? Math.max(-1, Math.min(1, xy / scale)) : undefined
}

function fisher(value: number, n: number, error: number, least: number, level: number): Estimated<Correlation> {
  if (n < least) return notEstimable(`${n} points are too few for an interval`, value)
  if (Math.abs(value) > 1 - 1e-12) return notEstimable('perfect order: no measure of spread', Math.sign(value))
  const half = critical(level, Infinity) * error
  const centre = Math.atanh(value)
  const interval = { low: Math.tanh(centre - half), high: Math.tanh(centre + half), level, method: 'Fisher z' }
  return { type: 'estimate', value, interval, n }
}

function check(x: readonly number[], y: readonly number[], level: number): void {
  requireSameLength('x and y', x, y)
  requireFinite('x', x)
  requireFinite('y', y)
  requireLevel(level)
}

function tiedPairs(values: readonly number[]): number {
  return tieSizes(values).reduce((sum, k) => sum + (k * (k - 1)) / 2, 0)
}
