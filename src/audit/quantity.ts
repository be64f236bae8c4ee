import type { Row } from '../rows/index.ts'
import type { Analysed, Denominator } from '../findings/index.ts'
import { distinct } from './cells.ts'

/** What a number over these rows rests on: each value of `item` is a task and a cluster; rows of the part without a value are missing. */
export function countOf(valued: readonly Row[], part: readonly Row[], item: string): Denominator {
  const items = distinct(valued, item)
  return { trials: valued.length, tasks: items, clusters: items, invalid: 0, missing: part.length - valued.length }
}

/** What a number rests on that looks at each of n things once. */
export function countEach(n: number, missing: number): Denominator {
  return { trials: n, tasks: n, clusters: n, invalid: 0, missing }
}

/** What {@link quantity} needs; the rest has defaults. */
export type Draft = Omit<Analysed, 'method' | 'policies' | 'details' | 'caveats'> &
  Partial<Pick<Analysed, 'policies' | 'details' | 'caveats'>>

/** A quantity with what every finding must carry. */
export function quantity(draft: Draft): Analysed {
  const { estimate } = draft
  return {
    ...draft,
    method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
    policies: draft.policies ?? {},
    details: draft.details ?? {},
    caveats: draft.caveats ?? [],
  }
}
