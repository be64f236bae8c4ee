import { AssayError } from '../assay-error.ts'
import { randomFrom, shuffled, type Random } from '../record/index.ts'
import { trainProbe } from './linear-probe.ts'
import { dot, meanOf, minus, norm, withNorm, type Vector } from './vector.ts'

/**
 * Ways to a direction, all of one length (the contrast's), so that strengths mean the same:
 *
 * - `contrast`: mean of the texts with the concept minus mean of those without
 * - `pca`: first principal direction of the differences between one text with and one without
 * - `probe`: weights of a logistic probe that tells them apart
 * - `random`: normal noise, the control for adding anything at all
 * - `shuffled`: a contrast between the same texts with labels drawn by lot, half of each side under either, the control for having learned from texts
 */
export const directionKinds = ['contrast', 'pca', 'probe', 'random', 'shuffled'] as const
export type DirectionKind = (typeof directionKinds)[number]

/** Residuals of texts with and without something, at one layer. */
export interface Contrast {
  readonly positive: readonly Vector[]
  readonly negative: readonly Vector[]
}

/**
 * @param seed of what is drawn: `random` and `shuffled` only
 * @throws AssayError `probe/no-direction` the two sides have the same mean, or one is empty
 */
export function directionFrom(kind: DirectionKind, contrast: Contrast, seed: string): Float32Array {
  const difference = contrastOf(contrast)
  const length = norm(difference)
  if (!(length > 0)) {
    throw new AssayError(
      'probe/no-direction',
      'Texts with and without the concept look the same inside the model: bring at least two different ones of each.',
    )
  }
  switch (kind) {
    case 'contrast':
      return Float32Array.from(difference)
    case 'pca':
      return withNorm(principal(contrast, difference), length)
    case 'probe':
      return withNorm(trainProbe(contrast).weights, length)
    case 'random': {
      const random = randomFrom('random direction', seed)
      return withNorm(
        Float64Array.from(difference, () => normal(random)),
        length,
      )
    }
    case 'shuffled':
      return withNorm(contrastOf(shuffledLabels(contrast, randomFrom('shuffled labels', seed))), length)
  }
}

/** Mean with the concept minus mean without. */
export function contrastOf({ positive, negative }: Contrast): Float64Array {
  return minus(meanOf(positive), meanOf(negative))
}

/**
 * The same texts with labels drawn by lot: half of each side goes to either label. A lot that put more of one side under
 * one label would give back a part of the concept, and scaling would make that part whole.
 */
function shuffledLabels({ positive, negative }: Contrast, random: Random): Contrast {
  const [a, b] = [shuffled(positive, random), shuffled(negative, random)]
  const [half, other] = [Math.floor(a.length / 2), Math.floor(b.length / 2)]
  return {
    positive: [...a.slice(0, half), ...b.slice(0, other)],
    negative: [...a.slice(half, 2 * half), ...b.slice(other, 2 * other)],
  }
}

/** Steps of the power method: more than enough where one direction stands out. */
const STEPS = 100

/** First principal direction of the pairs' differences (not centred), by the power method; it points as the contrast does. */
function principal({ positive, negative }: Contrast, contrast: Float64Array): Float64Array {
  const pairs = Math.min(positive.length, negative.length)
  const differences = Array.from({ length: pairs }, (_, i) => minus(positive[i] ?? contrast, negative[i] ?? contrast))
  let direction: Float64Array = Float64Array.from(contrast)
  for (let step = 0; step < STEPS; step++) {
    const next = new Float64Array(direction.length)
    for (const difference of differences) {
      const along = dot(difference, direction)
      for (let i = 0; i < next.length; i++) next[i] = (next[i] ?? 0) + along * (difference[i] ?? 0)
    }
    const length = norm(next)
    if (length === 0) return direction
    direction = next.map((value) => value / length)
  }
  return dot(direction, contrast) < 0 ? direction.map((value) => -value) : direction
}

/** Box–Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
