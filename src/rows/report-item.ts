import type { Checked } from './check.ts'
import type { Database } from './database.ts'
import type { Loaded } from './load.ts'
import type { RowKind } from './row-kind.ts'
import type { Shaped } from './shape.ts'

/** One thing that looks odd in a table. Nothing was changed for it, unless `text` says so. */
export interface ReportItem {
  readonly check: ReportCheck
  /** How many rows, cells or columns it concerns. */
  readonly count: number
  /** In words, without where. */
  readonly text: string
  /** Numbers of the first rows it concerns, where it concerns rows. */
  readonly rows: readonly number[]
}

export type ReportCheck =
  | 'unreadable'
  | 'impossible'
  | 'no-verdict'
  | 'missing'
  | 'duplicates'
  | 'cells'
  | 'totals'
  | 'stated-error'
  | 'status'
  | 'cap'

export interface ReportInput {
  readonly database: Database
  readonly loaded: Loaded
  readonly shaped: Shaped
  readonly checked: Checked
  readonly kind: RowKind
  /** Columns that split the findings, by the names they were asked for. */
  readonly by: readonly string[]
}

/** Numbers of rows as the database lists them. */
export function numbersIn(cell: unknown): readonly number[] {
  return Array.isArray(cell) ? cell.map(Number) : []
}

/** A column of numbers, as a sample of its rows shows it. */
export interface NumericColumn {
  readonly column: string
  /** Whole numbers only. */
  readonly whole: boolean
  /** Different ones in the sample. */
  readonly values: number
}
