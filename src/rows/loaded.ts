import type { RaggedRow } from './csv-scan.ts'

export type Format = 'csv' | 'jsonl' | 'json' | 'parquet'

/** A file that is there, of a size that can be read. */
export interface RowFile {
  readonly file: string
  /** The name to print. */
  readonly shown: string
  readonly format: Format
  readonly bytes: number
}

/** Which of a file's columns are loaded. */
export type Keep = (columns: readonly string[]) => readonly string[]

/** A table in the database as the table `source`: its columns as text (Parquet: as they are), and `#`, the row's number. */
export interface Loaded {
  readonly file: string
  /** The name to print. */
  readonly shown: string
  readonly format: Format
  /** First 16 hex digits of SHA-256 over the file. */
  readonly dataHash: string
  /** All that the file has. */
  readonly columns: readonly string[]
  /** Those of them that were loaded. */
  readonly kept: readonly string[]
  readonly rows: number
  /** Lines that no row could be made of. */
  readonly unreadable: { readonly count: number; readonly first: readonly RaggedRow[] }
  /** Whether row n stands on a line that follows from n alone; else lines must be looked up. */
  readonly plainLines: boolean
  readonly delimiter?: string
}

/** The number of a row in its file. */
export const NUMBER = '#'
