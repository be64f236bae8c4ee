import { deviance, stirlingError } from './log-gamma.ts'

/** Both tails of a distribution at one point, each computed without subtracting from 1 where it is the small one. */
export interface Tails {
  readonly lower: number
  readonly upper: number
  /** ln of the derivative of `lower` by the logit (beta) or the logarithm (gamma) of the point. */
  readonly logSlope: number
}

const TINY = 1e-300
const EPSILON = 1e-16
const MAX_TERMS = 1_000_000

/**
 * Regularised incomplete beta functions I_x(a, b) and 1 − I_x(a, b), a, b > 0.
 *
 * @param x point in [0, 1]
 * @param y 1 − x, given apart so that points near 1 keep their digits
 * @see DLMF 8.17.22 (continued fraction), Loader (2000) for the factor before it
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, logSlope: -Infinity }
  if (y <= 0) return { lower: 1, upper: 0, logSlope: -Infinity }
  const n = a + b
  const logSlope =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * y) +
    0.5 * Math.log((a / n) * b) -
    0.5 * Math.log(2 * Math.PI)
  if (x <= (a + 1) / (n + 2)) {
    const lower = Math.min(1, Math.exp(logSlope - Math.log(a)) * betaFraction(x, a, b))
    return { lower, upper: 1 - lower, logSlope }
  }
  const upper = Math.min(1, Math.exp(logSlope - Math.log(b)) * betaFraction(y, b, a))
  return { lower: 1 - upper, upper, logSlope }
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = nonzero(1 - ((a + b) * x) / (a + 1))
  d = 1 / d
  let value = d
  for (let m = 1; m < MAX_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    const factor = d * c
    value *= factor
    if (Math.abs(factor - 1) <= EPSILON) break
  }
  return value
}

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x), a > 0, x ≥ 0.
 *
 * @see DLMF 8.7.1 (series), 8.9.2 (continued fraction), Loader (2000) for the factor before them
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, logSlope: -Infinity }
  if (x === Infinity) return { lower: 1, upper: 0, logSlope: -Infinity }
  // ln of x^a e^(−x) / Γ(a + 1)
  const logDensity = -stirlingError(a) - deviance(a, x) - 0.5 * Math.log(2 * Math.PI * a)
  const logSlope = logDensity + Math.log(a)
  if (x < a + 1) {
    const lower = Math.min(1, Math.exp(logDensity) * gammaSeries(a, x))
    return { lower, upper: 1 - lower, logSlope }
  }
  const upper = Math.min(1, Math.exp(logSlope) * gammaFraction(a, x))
  return { lower: 1 - upper, upper, logSlope }
}

function gammaSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < MAX_TERMS; n += 1) {
    term *= x / (a + n)
    sum += term
    if (term <= sum * EPSILON) break
  }
  return sum
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / nonzero(b)
  let value = d
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const an = -n * (n - a)
    b += 2
    d = 1 / nonzero(an * d + b)
    c = nonzero(b + an / c)
    const factor = d * c
    value *= factor
    if (Math.abs(factor - 1) <= EPSILON) break
  }
  return value
}

function nonzero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
