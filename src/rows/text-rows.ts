import { Database } from './database.ts'
import { inspect, load } from './load.ts'
import { NUMBER } from './loaded.ts'
import { name } from './sql.ts'

/** A row of a file as texts, by column, with its number: the line in a file of JSON lines, else its place. */
export interface TextRow {
  readonly record: Readonly<Record<string, string>>
  readonly row: number
}

/**
 * Reads a small JSONL, JSON or Parquet file whole, every cell as text: a string as it is written, what is nested as JSON, a
 * missing cell as an empty text.
 *
 * @throws AssayError `rows/…`, naming the file and the line
 */
export async function textRows(file: string): Promise<readonly TextRow[]> {
  const database = await Database.open()
  try {
    const { kept } = await load(database, inspect(file), (columns) => columns)
    await database.lock()
    const types = await database.query('describe source')
    const nested = new Set(
      types.flatMap((each) =>
        /[[(]/.test(String(each['column_type']).replace(/^DECIMAL\(.*\)$/, '')) ? [String(each['column_name'])] : [],
      ),
    )
    const cells = kept.map(
      (each) => `${nested.has(each) ? `to_json(${name(each)})` : name(each)}::varchar as ${name(each)}`,
    )
    const rows = await database.query(
      `select ${[name(NUMBER), ...cells].join(', ')} from source order by ${name(NUMBER)}`,
    )
    return rows.map((row) => ({
      record: Object.fromEntries(kept.map((each) => [each, String(row[each] ?? '')])),
      row: Number(row[NUMBER]),
    }))
  } finally {
    database.close()
  }
}
