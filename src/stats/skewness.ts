import { requireFinite } from './guards.ts'

/**
 * How lopsided values are: the third standardised moment, corrected for small samples (G₁). 0 for a symmetric spread, above
 * 0 where a few values are far above the others.
 *
 * @returns undefined for fewer than three values or values without spread
 * @throws AssayError `stats/not-finite`
 * @see Joanes and Gill (1998), doi:10.1111/1467-9884.00122
 */
export function skewness(values: readonly number[]): number | undefined {
  requireFinite('values', values)
  const n = values.length
  if (n < 3) return undefined
  const mean = values.reduce((sum, each) => sum + each, 0) / n
  const moment = (power: number): number => values.reduce((sum, each) => sum + (each - mean) ** power, 0) / n
  const variance = moment(2)
  if (variance <= (1e-14 * mean) ** 2) return undefined
  return ((Math.sqrt(n * (n - 1)) / (n - 2)) * moment(3)) / variance ** 1.5
}
