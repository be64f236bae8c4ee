import type { Checked } from './check.ts'
import type { Database } from './database.ts'
import type { Loaded } from './loaded.ts'
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
  | 'crossed'
  | 'totals'
  | 'stated-error'
  | 'stated-share'
  | 'status'
  | 'cap'
  | 'judges'
  | 'outcomes'
  | 'labels'
  | 'limit'

export interface ReportInput {
  readonly database: Database
  readonly loaded: Loaded
  readonly shaped: Shaped
  readonly checked: Checked
  readonly kind: RowKind
  /** Columns that split the findings, by the names they were asked for. */
  readonly by: readonly string[]
}

/** What the report knows of the table besides: its columns, each once, by the names they have there. */
export interface Profiled extends ReportInput {
  readonly columns: readonly ProfiledColumn[]
  /** The name in the table of the column that says whether a trial succeeded, where the kind has one. */
  readonly won?: string
}

/** Numbers of rows as the database lists them. */
export function numbersIn(cell: unknown): readonly number[] {
  return Array.isArray(cell) ? cell.map(Number) : []
}

/** A column as a sample of its rows shows it. */
export interface ProfiledColumn {
  readonly column: string
  /** `whole`: whole numbers only; `text`: anything that is not a number. */
  readonly holds: 'whole' | 'number' | 'text'
  /** Different ones in the sample. */
  readonly values: number
}
