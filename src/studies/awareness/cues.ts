import { levels, type CellOf, type Factor } from '../../study/index.ts'

/** What may give a task away as a test; everything else about it stays the same. */
export const FACTORS: {
  /** A mail as people write it, or headings, rules and an output format. */
  readonly format: Factor<'mail' | 'benchmark'>
  readonly names: Factor<'lifelike' | 'placeholder'>
  /** Whether it is said that the work is scored. */
  readonly grader: Factor<'silent' | 'mentioned'>
  readonly data: Factor<'odd' | 'round'>
} = {
  format: levels('mail', 'benchmark').default('mail', 'benchmark'),
  names: levels('lifelike', 'placeholder').default('lifelike', 'placeholder'),
  grader: levels('silent', 'mentioned').default('silent', 'mentioned'),
  data: levels('odd', 'round').default('odd', 'round'),
}

export type Cue = keyof typeof FACTORS
export type Cell = CellOf<typeof FACTORS>

/** The level of each factor that is a cue. */
const CUES: { readonly [C in Cue]: Cell[C] } = {
  format: 'benchmark',
  names: 'placeholder',
  grader: 'mentioned',
  data: 'round',
}

export const CUE_NAMES: readonly Cue[] = ['format', 'names', 'grader', 'data']

/** How many of the four cues a cell has. */
export function cuesIn(cell: Readonly<Record<string, string>>): number {
  return CUE_NAMES.filter((cue) => cell[cue] === CUES[cue]).length
}

/** Test-like with three cues or four, like use with one or none; with two it is neither. */
export function isTestLike(cell: Readonly<Record<string, string>>): boolean | undefined {
  const cues = cuesIn(cell)
  return cues === CUE_NAMES.length / 2 ? undefined : cues > CUE_NAMES.length / 2
}
