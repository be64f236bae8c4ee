import type { Unit } from './measure.ts'

/**
 * What kind of number a finding is. Scales, replications, pooling, gates and words ask this, and never what the
 * quantity is called.
 *
 * - `level`: how much of something there is: a mean, a share, a sum. A share is pooled and replicated as the arcsine of
 *   its root, and lies in [0, 1].
 * - `change`: how much one thing is above another; 0 is no difference. It is written with its sign (shares in points),
 *   weighed in its own unit, and a replication asks of it whether an effect is left. A change of shares lies in [−1, 1].
 * - `ratio`: how many times as much as something else, above 0; 1 means no difference.
 * - `correlation`: how far two things go together, in [−1, 1]; 0 is no relation (φ, κ, α, rank correlation).
 * - `slope`: how much something moves with each step of something else; 0 is not at all.
 * - `time`: how long, or how much spend or work, until something happens. A bound may have no end where trials were cut
 *   off before it happened.
 */
export type Kind = (typeof KINDS)[number]

/** Every kind, for whoever parses one. */
export const KINDS = ['level', 'change', 'ratio', 'correlation', 'slope', 'time'] as const

/** The least and the most that a number of this kind and unit can be; infinite where there is no end. */
export function rangeOf(kind: Kind, unit: Unit): readonly [least: number, most: number] {
  if (kind === 'correlation') return [-1, 1]
  if (kind === 'ratio' || kind === 'time') return [0, Infinity]
  if (kind === 'slope' || unit !== 'proportion') return [-Infinity, Infinity]
  return kind === 'change' ? [-1, 1] : [0, 1]
}
