import type { Analysed, Denominator } from './finding.ts'

/**
 * What a function over columns says of a number: a finding but for its name and what it holds for, which a study's
 * analysis and an audit each give it.
 */
export type Statistic = Omit<Analysed, 'quantity' | 'title' | 'conditions'>

type Defaults = Pick<Analysed, 'method' | 'policies' | 'details' | 'caveats'>

/** A number with all that a finding must carry. Its method is that of its interval; where nothing else is said, nothing is. */
export function complete<D extends Pick<Analysed, 'estimate'> & Partial<Omit<Defaults, 'method'>>>(
  draft: D,
): D & Defaults {
  const { estimate } = draft
  return {
    policies: {},
    details: {},
    caveats: [],
    ...draft,
    estimate: bare(estimate),
    method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
  }
}

/** An estimate without what only its own method knows (replicates, curves). */
function bare(estimate: Analysed['estimate']): Analysed['estimate'] {
  if (estimate.type === 'not-estimable') return estimate
  const { type, value, interval, standardError, df } = estimate
  return {
    type,
    value,
    interval,
    ...(standardError !== undefined && { standardError }),
    ...(df !== undefined && { df }),
  }
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
