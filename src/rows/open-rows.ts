import { check, type Checked } from './check.ts'
import { CsvWalker } from './csv-scan.ts'
import { Database, type Row } from './database.ts'
import { keptColumns } from './kept-columns.ts'
import { inspect, load, type RowSource } from './load.ts'
import type { Loaded } from './loaded.ts'
import type { RowOptions } from './options.ts'
import { report } from './report.ts'
import type { ReportItem } from './report-item.ts'
import { partsOf } from './scan.ts'
import { shape, type Shaped } from './shape.ts'

/** Somebody's table, read, mapped and checked. Close it when done. */
export interface Rows {
  /** The file's name, without its folder. */
  readonly shown: string
  readonly dataHash: string
  /** Rows in the file; rows audited, after --where and --sql; rows of those that could be used. */
  readonly counts: { readonly file: number; readonly table: number; readonly kept: number; readonly leftOut: number }
  readonly checked: Checked
  readonly by: readonly string[]
  readonly has: (column: string) => boolean
  /** Asks the view `kept`: a column for each column of the kind (NULL where the table lacks it), `by_0` … for `by`. */
  readonly query: (sql: string, most?: number) => Promise<readonly Row[]>
  readonly report: () => Promise<readonly ReportItem[]>
  /** `line 12`, or `row 12` where rows are not lines of the file. */
  readonly placesOf: (rows: readonly number[]) => readonly string[]
  readonly close: () => void
}

/** Bytes up to which a table is kept in memory; Parquet is packed. */
const SMALL = { csv: 2 ** 24, jsonl: 2 ** 24, json: 2 ** 24, parquet: 2 ** 20 } as const

/**
 * Opens a CSV, TSV, JSONL, JSON or Parquet file, or a program's own rows, as rows of a kind.
 *
 * @throws AssayError `rows/…`: one line that says what is wrong with the file or the options
 */
export async function openRows(source: RowSource, options: RowOptions): Promise<Rows> {
  const found = typeof source === 'string' ? inspect(source) : source
  const database = await Database.open('bytes' in found && found.bytes > SMALL[found.format] ? found.format : 'memory')
  try {
    const loaded = await load(database, found, (columns) => keptColumns(columns, options))
    await database.lock()
    const shaped = await shape(database, loaded, options)
    const checked = await check(database, loaded, shaped, options)
    return {
      shown: loaded.shown,
      dataHash: loaded.dataHash,
      counts: {
        file: loaded.rows + loaded.unreadable.count,
        table: shaped.rows,
        kept: shaped.rows - checked.brokenRows,
        leftOut: shaped.leftOut,
      },
      checked,
      by: options.by ?? [],
      has: (column) => checked.columns.has(column),
      query: (sql, most) => database.query(sql, most),
      report: () => report({ database, loaded, shaped, checked, kind: options.kind, by: options.by ?? [] }),
      placesOf: (rows) => placesOf(rows, loaded, shaped),
      close: () => database.close(),
    }
  } catch (cause) {
    database.close()
    throw cause
  }
}

function placesOf(rows: readonly number[], loaded: Loaded, shaped: Shaped): readonly string[] {
  if (!shaped.ofFile) return rows.map((row) => `row ${row} of the select`)
  const { format, plainLines } = loaded
  if (format === 'jsonl' && plainLines) return rows.map((row) => `line ${row}`)
  if (format !== 'csv') return rows.map((row) => `row ${row}`)
  if (plainLines) return rows.map((row) => `line ${row + 1}`)
  const lines = linesOf(new Set(rows), loaded)
  return rows.map((row) => `line ${lines.get(row) ?? '?'}`)
}

/** Lines on which rows of a delimited file start, past blank lines, unreadable ones and fields that span lines. */
function linesOf(rows: ReadonlySet<number>, { file, columns, delimiter = ',' }: Loaded): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  let row = -1
  const walker = new CsvWalker(delimiter, ({ line, fields, blank }) => {
    if (blank || (row >= 0 && fields !== columns.length)) return
    row += 1
    if (rows.has(row)) found.set(row, line)
  })
  for (const part of partsOf(file)) walker.part(part)
  walker.finish()
  return found
}
