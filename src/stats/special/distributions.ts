import { requirePositive, requireProbability } from '../guards.ts'
import { incompleteBeta, incompleteGamma } from './incomplete.ts'
import { betaLogitQuantile, gammaLogQuantile } from './quantile.ts'

/** P(Z ≤ z) of the standard normal, relative error below 1e-12 far into the lower tail. ±∞ are allowed. */
export function normalCdf(z: number): number {
  if (z === 0) return 0.5
  const { lower, upper } = incompleteGamma(0.5, (z * z) / 2)
  return z < 0 ? upper / 2 : 0.5 + lower / 2
}

/** The z with P(Z ≤ z) = p of the standard normal, p in [0, 1]; ±∞ at the ends. */
export function normalQuantile(p: number): number {
  requireProbability('p', p)
  const tail = Math.min(p, 1 - p)
  const size = Math.sqrt(2) * Math.exp(gammaLogQuantile(1 - 2 * tail, 2 * tail, 0.5) / 2)
  return p < 0.5 ? -size : size
}

/** P(T ≤ t) of Student's t with `df` > 0 degrees of freedom (fractional allowed). */
export function tCdf(t: number, df: number): number {
  requirePositive('df', df)
  if (t === 0) return 0.5
  if (Math.abs(t) === Infinity) return t < 0 ? 0 : 1
  // Through 1/t² where t² could overflow.
  const ratio = Math.abs(t) / Math.sqrt(df)
  const near = ratio < 1 ? ratio * ratio : 1 / (ratio * ratio)
  const x = ratio < 1 ? 1 / (1 + near) : near / (1 + near)
  const y = ratio < 1 ? near / (1 + near) : 1 / (1 + near)
  const { lower, upper } = incompleteBeta(x, y, df / 2, 0.5)
  return t < 0 ? lower / 2 : 0.5 + upper / 2
}

/** The t with P(T ≤ t) = p of Student's t with `df` > 0, p in [0, 1]; ±∞ at the ends. */
export function tQuantile(p: number, df: number): number {
  requireProbability('p', p)
  requirePositive('df', df)
  const tail = Math.min(p, 1 - p)
  const size = Math.sqrt(df) * Math.exp(-betaLogitQuantile(2 * tail, 1 - 2 * tail, df / 2, 0.5) / 2)
  return p < 0.5 ? -size : size
}

/** P(X ≤ x) of the beta(a, b) distribution, a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  requirePositive('a', a)
  requirePositive('b', b)
  return incompleteBeta(x, 1 - x, a, b).lower
}

/** The x with P(X ≤ x) = p of the beta(a, b) distribution, p in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability('p', p)
  requirePositive('a', a)
  requirePositive('b', b)
  return 1 / (1 + Math.exp(-betaLogitQuantile(p, 1 - p, a, b)))
}

/** P(X ≤ x) of the gamma distribution with `shape` > 0 and scale 1. */
export function gammaCdf(x: number, shape: number): number {
  requirePositive('shape', shape)
  return incompleteGamma(shape, x).lower
}

/** The x with P(X ≤ x) = p of the gamma distribution with `shape` > 0 and scale 1, p in [0, 1]. */
export function gammaQuantile(p: number, shape: number): number {
  requireProbability('p', p)
  requirePositive('shape', shape)
  return Math.exp(gammaLogQuantile(p, 1 - p, shape))
}

/** P(X > x) of χ² with `df` > 0: the p value of a χ² statistic. */
export function chiSquaredTail(x: number, df: number): number {
  requirePositive('df', df)
  return incompleteGamma(df / 2, x / 2).upper
}

/** The x with P(X ≤ x) = p of χ² with `df` > 0, p in [0, 1]. */
export function chiSquaredQuantile(p: number, df: number): number {
  return 2 * gammaQuantile(p, df / 2)
}

/** Two-sided p value of a t statistic; `df` = Infinity means the normal. */
export function tTwoSided(t: number, df: number): number {
  return df === Infinity ? 2 * normalCdf(-Math.abs(t)) : 2 * tCdf(-Math.abs(t), df)
}

/** The critical value of a two-sided interval at `level`; `df` = Infinity means the normal. */
export function critical(level: number, df: number): number {
  const p = (1 - level) / 2
  return df === Infinity ? -normalQuantile(p) : -tQuantile(p, df)
}
