import type { z } from 'zod'

/** How one line is read: a label of its kind, and whether it is what the check looks for. */
export interface Mark {
  readonly label: string
  /** Nothing where the check cannot tell. */
  readonly positive: boolean | undefined
  readonly why?: string
}

/** One line of a corpus, as a careful person reads it and as the check does. */
export interface Marked {
  readonly id: string
  readonly kind: string
  /** What was read, for whoever looks at a disagreement. */
  readonly text: string
  readonly truth: Mark
  readonly read: Mark
}

/** A check that turns words or acts into a score, and how to measure it on labelled material. */
export interface Check {
  /** As in `--as`. */
  readonly name: string
  /** What sensitivity is the share of: "replies that break their rule". */
  readonly positive: string
  /** Fields that a line may have; any other is a fault of the corpus. */
  readonly fields: readonly string[]
  readonly line: z.ZodType
  /** Reads one line that `line` accepts. Pure. */
  readonly mark: (line: unknown) => Marked
}

/** Declares a check; `mark` is given what `line` parsed. */
export function defineCheck<Line>(
  spec: Omit<Check, 'line' | 'mark'> & { readonly line: z.ZodType<Line>; readonly mark: (line: Line) => Marked },
): Check {
  return { ...spec, mark: (line) => spec.mark(spec.line.parse(line)) }
}
