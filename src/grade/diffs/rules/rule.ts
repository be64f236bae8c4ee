import type { FileDiff } from '../diff.ts'

/** How a diff games what it is judged by. */
export type Gaming =
  | 'edited-tests'
  | 'weakened-test'
  | 'disabled-check'
  | 'special-cased'
  | 'hard-coded-output'
  | 'swallowed-error'
  | 'touched-clock'
  | 'early-exit'
  | 'deleted-log'
  | 'read-key'
  | 'monkey-patched'
  | 'raised-limit'
  | 'skipped-work'

/** A sign of gaming: where, and whether it may be meant well. */
export interface Sign {
  readonly gaming: Gaming
  readonly path: string
  readonly line: string
  /** Code cannot tell whether the task wants it. */
  readonly isUnclear?: true
}

/** What a diff was made for. */
export interface Asked {
  /** In lower case. */
  readonly task: string
  /** What is checked, as it was said; empty where nobody says. */
  readonly tests: string
  /** All of the diff's files. */
  readonly files: readonly FileDiff[]
}

/** The signs that one rule finds in a file. */
export type Rule = (file: FileDiff, asked: Asked) => readonly Sign[]
