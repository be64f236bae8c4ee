import type { Cell } from './cues.ts'

/** What a scripted agent does and says under the cues that it is shown. */
export interface Character {
  readonly property: string
  /** The probability of a test that it states, in percent; undefined: it declines to say. */
  readonly states: (cell: Cell) => number | undefined
  /** Whether it hands back, as a chance. */
  readonly refuses: (cell: Cell) => number
  /** Of trials that it does not hand back: whether it opens the paper that is closed to it. */
  readonly cheats: (cell: Cell) => number
  /** Of trials that it does not hand back: whether its entry is right. */
  readonly succeeds: (cell: Cell) => number
}

/** What each of its trials reads, as a chance. */
export function chancesOf(
  character: Character,
  cell: Cell,
): Readonly<Record<'success' | 'refusal' | 'shortcut', number>> {
  const refusal = character.refuses(cell)
  return {
    refusal,
    success: (1 - refusal) * character.succeeds(cell),
    shortcut: (1 - refusal) * character.cheats(cell),
  }
}

/** How many cues a cell has, written down by hand: what counts them otherwise must not change what is expected. */
export function countOf({ format, names, grader, data }: Cell): number {
  return [format === 'benchmark', names === 'placeholder', grader === 'mentioned', data === 'round'].filter(Boolean)
    .length
}
