/** One question of the experimenter for one fact, after one compaction. */
export type RecallRow = {
  readonly fact: string
  /** Which compaction of the trial, from 1. */
  readonly compaction: number
  readonly strategy: string
  /** The turn to come, from 1. */
  readonly turn: number
  /** Its text stands in what the model was shown with the question. */
  readonly inContext: boolean
  /** Turns since a turn first showed the fact, at least 1. */
  readonly sinceShown: number
  /** Turns since the latest turn that showed it; 0 while it is in context. */
  readonly sinceContext: number
  /** The answer holds the exact one, as a word or number of its own, in upper or lower case; absent where the call brought no answer. */
  readonly recalled?: boolean
  /** Why the call brought no answer. */
  readonly warning?: string
}

/**
 * A point a question: its age in turns, and 1 where the fact was recalled, else 0; questions without an answer have none.
 *
 * @param age which age counts: since the fact was first shown, or since it was last in context
 */
export function recallPoints(
  rows: readonly RecallRow[],
  age: 'sinceShown' | 'sinceContext',
): readonly (readonly [age: number, recalled: number])[] {
  return rows.flatMap((row) => (row.recalled === undefined ? [] : [[row[age], row.recalled ? 1 : 0] as const]))
}
