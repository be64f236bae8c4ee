import { AssayError } from '../assay-error.ts'
import type { Contrast } from './direction.ts'
import { dot, meanOf, type Vector } from './vector.ts'

/** A logistic probe on residuals. */
export interface LinearProbe {
  readonly weights: Float64Array
  readonly bias: number
}

/** Penalty on the squared weights, with residuals scaled to unit length on average: fixed, so that nothing is tuned on a test set. */
const PENALTY = 0.01
const STEPS = 400

/**
 * Fits log-odds of the concept as a line in the residual: logistic regression with a ridge penalty of 0.01, by Nesterov's
 * accelerated gradient from 0. The same residuals give the same probe.
 *
 * @throws AssayError `probe/no-direction` a side is empty
 */
export function trainProbe({ positive, negative }: Contrast): LinearProbe {
  if (positive.length === 0 || negative.length === 0)
    throw new AssayError('probe/no-direction', 'A probe needs texts of both kinds: one side is empty.')
  const centre = meanOf([meanOf(positive), meanOf(negative)])
  const moved = [...positive, ...negative].map((row) => row.map((value, i) => value - (centre[i] ?? 0)))
  const scale = Math.sqrt(moved.reduce((total, row) => total + dot(row, row), 0) / moved.length) || 1
  const rows = moved.map((row) => Float64Array.from(row, (value) => value / scale))
  // Each side weighs the same, however many texts it has.
  const share = (i: number): number => 0.5 / (i < positive.length ? positive.length : negative.length)
  const width = centre.length
  let weights = new Float64Array(width)
  let ahead = new Float64Array(width)
  // The logistic loss bends at most by a quarter of a row's squared length.
  const rate = 1 / (0.25 * Math.max(...rows.map((row) => dot(row, row))) + PENALTY)
  for (let step = 0; step < STEPS; step++) {
    const gradient = ahead.map((value) => PENALTY * value)
    for (const [i, row] of rows.entries()) {
      const error = share(i) * (1 / (1 + Math.exp(-dot(row, ahead))) - (i < positive.length ? 1 : 0))
      for (let k = 0; k < width; k++) gradient[k] = (gradient[k] ?? 0) + error * (row[k] ?? 0)
    }
    const next = ahead.map((value, k) => value - rate * (gradient[k] ?? 0))
    const momentum = step / (step + 3)
    ahead = next.map((value, k) => value + momentum * (value - (weights[k] ?? 0)))
    weights = next
  }
  const scaled = weights.map((value) => value / scale)
  return { weights: scaled, bias: -dot(scaled, centre) }
}

/** Log-odds of the concept in each residual. */
export function probeScores(probe: LinearProbe, states: readonly Vector[]): readonly number[] {
  return states.map((state) => dot(probe.weights, state) + probe.bias)
}
