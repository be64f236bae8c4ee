import type { Analysed, Denominator } from './finding.ts'

/** What a finding is about and holds for. */
export type About = Pick<Analysed, 'subject' | 'conditions'>

/**
 * What a function over columns says of a number: a finding but for its name and what it is about, which a study's
 * analysis and an audit each give it.
 */
export type Statistic = Omit<Analysed, 'quantity' | 'title' | keyof About>

/** A number with its name, before it is said what it is about. */
export type Named = Statistic & Pick<Analysed, 'quantity' | 'title'>

/** A number without what {@link complete} adds. */
export type Draft<T extends Statistic = Analysed> = Omit<T, 'method' | 'policies' | 'details' | 'caveats'> &
  Partial<Pick<T, 'policies' | 'details' | 'caveats'>>

/** A number with all that a finding must carry. Its method is that of its interval; where nothing else is said, nothing is. */
export function complete(draft: Draft): Analysed
export function complete(draft: Draft<Named>): Named
export function complete(draft: Draft<Statistic>): Statistic
export function complete(draft: Draft<Statistic>): Statistic {
  const { estimate } = draft
  const method = estimate.type === 'estimate' ? estimate.interval.method : 'none'
  return { policies: {}, details: {}, caveats: [], ...draft, method }
}

/**
 * What a number over these items rests on, each a task and a cluster of its own.
 *
 * @param items the item of each row that has a value
 * @param missing rows without one
 */
export function countOf(items: readonly string[], missing: number): Denominator {
  const distinct = new Set(items).size
  return { trials: items.length, tasks: distinct, clusters: distinct, invalid: 0, missing }
}

/** What a number rests on that looks at each of n things once. */
export function countEach(n: number, missing: number): Denominator {
  return { trials: n, tasks: n, clusters: n, invalid: 0, missing }
}
