import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireLevel } from './guards.ts'
import type { Share } from './newcombe.ts'
import { ratePosterior } from './rate-posterior.ts'
import { incompleteBeta } from './special/incomplete.ts'

export interface PooledStratum extends Share {
  /** The stratum's rate, drawn towards the mean of all by as much as the strata are alike. */
  readonly value: number
  readonly interval: Interval
  /** Weight of the stratum's own data in `value`, about n/(n + spread's worth of trials), in [0, 1]. */
  readonly own: number
}

export interface PartialPooling {
  readonly type: 'estimate'
  readonly mean: number
  readonly correlation: number
  readonly strata: readonly PooledStratum[]
}

interface Point {
  readonly alpha: number
  readonly beta: number
  readonly weight: number
}

/**
 * Partial pooling of strata by a beta-binomial model whose mean and correlation are integrated over a grid (uniform on both)
 * instead of fixed at their best values: so intervals know that the spread between strata is itself uncertain, and
 * nothing breaks when all strata succeed, all fail, or all agree. Intervals are equal-tailed.
 *
 * @param strata at least one trial each
 * @returns not estimable for fewer than 3 strata (there is no spread to learn)
 * @throws AssayError `stats/not-a-proportion`, `stats/not-a-level`
 * @see Gelman et al. (2013), Bayesian Data Analysis, 5.3
 */
export function partialPooling(strata: readonly Share[], level = 0.95): Estimated<PartialPooling> {
  requireLevel(level)
  if (strata.length < 3) return notEstimable(`${strata.length} strata do not show a spread; pooling needs 3`)
  const points = ratePosterior(strata)
  const pooled = strata.map(({ successes, n }): PooledStratum => {
    const posterior = points.map(({ m, size, weight }) => ({
      alpha: m * size + successes,
      beta: (1 - m) * size + n - successes,
      weight,
    }))
    const value = posterior.reduce((sum, { alpha, beta, weight }) => sum + (weight * alpha) / (alpha + beta), 0)
    const own = points.reduce((sum, { size, weight }) => sum + (weight * n) / (n + size), 0)
    const low = mixtureQuantile(posterior, (1 - level) / 2)
    const high = mixtureQuantile(posterior, (1 + level) / 2)
    return {
      successes,
      n,
      value,
      own,
      interval: { low, high, level, method: 'hierarchical beta-binomial, equal-tailed' },
    }
  })
  const mean = points.reduce((sum, { m, weight }) => sum + weight * m, 0)
  const correlation = points.reduce((sum, { r, weight }) => sum + weight * r, 0)
  return { type: 'estimate', mean, correlation, strata: pooled }
}

/** Newton steps on the logit inside a bracket, to 1e-9. */
function mixtureQuantile(points: readonly Point[], p: number): number {
  let low = -80
  let high = 80
  let u = 0
  for (let step = 0; step < 100 && high - low > 1e-9; step += 1) {
    const x = 1 / (1 + Math.exp(-u))
    const y = 1 / (1 + Math.exp(u))
    let below = 0
    let slope = 0
    for (const { alpha, beta, weight } of points) {
      const at = incompleteBeta(x, y, alpha, beta)
      below += weight * at.lower
      slope += weight * Math.exp(at.logSlope)
    }
    if (below < p) low = u
    else high = u
    const next = u - (below - p) / slope
    const inside = next > low && next < high
    if (inside && Math.abs(next - u) < 1e-9) return 1 / (1 + Math.exp(-next))
    u = inside ? next : (low + high) / 2
  }
  return 1 / (1 + Math.exp(-u))
}
