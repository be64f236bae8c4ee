import { incompleteBeta, incompleteGamma, type Tails } from './incomplete.ts'

/** Doubles end near e^±745: a point beyond is 0, 1 or infinity. */
const EDGE = 745

/**
 * The u with tails(u) = (lower, upper) by Newton steps on the logarithm of the smaller tail, kept inside a bracket.
 * Either probability may be the accurate one: the smaller is used.
 */
function solve(tails: (u: number) => Tails, lower: number, upper: number, start: number): number {
  const useLower = lower <= upper
  const target = Math.log(useLower ? lower : upper)
  // Increasing in u whichever tail is used.
  const gap = (at: Tails): number => (useLower ? Math.log(at.lower) - target : target - Math.log(at.upper))
  let low = start
  let high = start
  for (let width = 1; low > -EDGE && gap(tails(low)) > 0; width *= 2) low = Math.max(-EDGE, low - width)
  for (let width = 1; high < EDGE && gap(tails(high)) < 0; width *= 2) high = Math.min(EDGE, high + width)
  let u = (low + high) / 2
  for (let step = 0; step < 200; step += 1) {
    const at = tails(u)
    const value = gap(at)
    if (value === 0) return u
    if (value > 0) high = u
    else low = u
    const slope = Math.exp(at.logSlope - Math.log(useLower ? at.lower : at.upper))
    let next = u - value / slope
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - u) <= 2e-16 * Math.max(1, Math.abs(u))) return next
    u = next
  }
  return u
}

/** The logit of the beta quantile; `lower` + `upper` = 1, either may be tiny. */
export function betaLogitQuantile(lower: number, upper: number, a: number, b: number): number {
  if (lower <= 0) return -Infinity
  if (upper <= 0) return Infinity
  const at = (u: number): Tails => incompleteBeta(1 / (1 + Math.exp(-u)), 1 / (1 + Math.exp(u)), a, b)
  return solve(at, lower, upper, Math.log(a / b))
}

/** The logarithm of the gamma(a, scale 1) quantile; `lower` + `upper` = 1, either may be tiny. */
export function gammaLogQuantile(lower: number, upper: number, a: number): number {
  if (lower <= 0) return -Infinity
  if (upper <= 0) return Infinity
  return solve((u) => incompleteGamma(a, Math.exp(u)), lower, upper, Math.log(a))
}
