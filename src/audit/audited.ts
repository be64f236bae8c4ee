import type { Row, RowKind } from '../rows/index.ts'
import type { About, Analysed } from '../findings/index.ts'

/** The same quantity under another policy, for explaining a published number. */
export interface Variant {
  /** In words: `missing as failure, mean of task means`. */
  readonly policy: string
  readonly value: number
}

/** A finding in the making, with what it would be under other policies. */
export interface Audited extends Analysed {
  readonly variants?: readonly Variant[]
  /** Where it is a share of independent trials: what strata are pooled from. */
  readonly share?: { readonly successes: number; readonly n: number }
  /** Where it counts successes, independent or not: how many, for a denominator that was stated. */
  readonly won?: number
}

/** One stratum of a table, and what its findings hold for. */
export interface Part extends About {
  readonly rows: readonly Row[]
}

export interface AuditContext {
  readonly has: (column: string) => boolean
  readonly level: number
  /** Rows that `--where` left out. */
  readonly leftOut: number
  /** Seeds every draw. */
  readonly seed: string
  /** Names of quantities that were published: some are made only when they are asked for. */
  readonly asked: readonly string[]
}

/** One kind of rows and how it is audited: a file of its own and a line in `kinds.ts`. */
export interface AuditKind extends RowKind {
  /** What one row is, for `assay audit --help`. */
  readonly about: string
  /** Names of its findings, for `docs/rows.md`. */
  readonly finds: string
  /** SQL for the rows an audit needs, where a table may be so long that it must be summed first; must select the columns `by`. `published`: a number is compared, and other counting rules may need more. Default: all columns. */
  readonly select?: (by: readonly string[], published: boolean) => string
  readonly audit: (part: Part, context: AuditContext) => readonly Audited[]
}
