import { betaBinomialLogLikelihood, talliesOf } from './beta-binomial.ts'
import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireLevel } from './guards.ts'
import type { Share } from './newcombe.ts'
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

const STEPS = 30

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
  const tallies = talliesOf(strata)
  if (strata.length < 3) return notEstimable(`${strata.length} strata do not show a spread; pooling needs 3`)
  const raw: { readonly m: number; readonly r: number; readonly log: number }[] = []
  for (let i = 0; i < STEPS; i += 1) {
    for (let j = 0; j < STEPS; j += 1) {
      const m = (i + 0.5) / STEPS
      const r = (j + 0.5) / STEPS
      raw.push({ m, r, log: betaBinomialLogLikelihood(tallies, m, r) })
    }
  }
  const grid = refine(raw, (m, r) => betaBinomialLogLikelihood(tallies, m, r))
  const top = Math.max(...grid.map((each) => each.log))
  const kept = grid
    .map((each) => ({ ...each, mass: each.area * Math.exp(each.log - top) }))
    .filter((each) => each.mass > 0)
  const heaviest = Math.max(...kept.map((each) => each.mass))
  const used = kept.filter((each) => each.mass > 1e-5 * heaviest)
  const total = used.reduce((sum, each) => sum + each.mass, 0)
  const points = used.map(({ m, r, mass }) => {
    const size = 1 / r - 1
    return { m, r, size, weight: mass / total }
  })
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

interface GridPoint {
  readonly m: number
  readonly r: number
  readonly log: number
  readonly area: number
}

/** Lays a second grid of the same fineness over the box that holds nearly all of the mass of the first. */
function refine(raw: readonly Omit<GridPoint, 'area'>[], log: (m: number, r: number) => number): readonly GridPoint[] {
  const top = Math.max(...raw.map((each) => each.log))
  const heavy = raw.filter((each) => each.log > top - 12)
  const half = 0.5 / STEPS
  const box = (pick: (each: { readonly m: number; readonly r: number }) => number): readonly [number, number] => [
    Math.max(0, Math.min(...heavy.map(pick)) - 2 * half),
    Math.min(1, Math.max(...heavy.map(pick)) + 2 * half),
  ]
  const [m0, m1] = box((each) => each.m)
  const [r0, r1] = box((each) => each.r)
  const out: GridPoint[] = []
  for (let i = 0; i < STEPS; i += 1) {
    for (let j = 0; j < STEPS; j += 1) {
      const m = m0 + ((i + 0.5) / STEPS) * (m1 - m0)
      const r = r0 + ((j + 0.5) / STEPS) * (r1 - r0)
      out.push({ m, r, log: log(m, r), area: 1 })
    }
  }
  return out
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
