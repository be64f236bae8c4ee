import { holm } from '../stats/index.ts'

/** A comparison that was tested together with others: its own p, Holm's, and how many were tested. */
export interface TestedInFamily {
  readonly p: number
  readonly holmP: number
  readonly family: number
}

/**
 * Holm's correction of a family of comparisons, in the order given.
 *
 * @param pValues of each; undefined for one that could not be tested, which is not of the family
 */
export function holmFamily(pValues: readonly (number | undefined)[]): readonly (TestedInFamily | undefined)[] {
  const tested = pValues.filter((p) => p !== undefined)
  const adjusted = holm(tested)[Symbol.iterator]()
  return pValues.map((p) =>
    p === undefined ? undefined : { p, holmP: adjusted.next().value ?? 1, family: tested.length },
  )
}
