import { normalQuantile } from './special/distributions.ts'

/** A source of numbers in [0, 1); every function here that draws takes one, so that equal seeds give equal results. */
export type Random = () => number

/** A whole number in [0, n). */
export function below(random: Random, n: number): number {
  return Math.floor(random() * n)
}

/** A standard normal draw by inversion: one uniform for each draw, so streams stay aligned. */
export function drawNormal(random: Random): number {
  const u = random()
  return normalQuantile(u > 0 ? u : 2 ** -33)
}
