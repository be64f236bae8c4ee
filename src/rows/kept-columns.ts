import { isTelling } from './column-names.ts'
import type { RowOptions } from './options.ts'

/** Columns beyond this are loaded only where something names them: the data report looks at each that is. */
const MOST = 64

/** SQL that means the columns it does not name. */
const MEANS_ALL =
  /\bcolumns\s*\(|\bpivot|\bsummarize\b|\bdistinct\b|\bunion\b|\bintersect\b|\bexcept\b|\bgroup\s+by\s+all\b/i

/**
 * Which columns of a table are loaded. Of a wide one: what the kind and the options name, up to {@link MOST} whose
 * names say what the data report looks for, and the first of the rest.
 */
export function keptColumns(columns: readonly string[], options: RowOptions): readonly string[] {
  const { kind, map = {}, by = [], recode = {}, where = '', sql = '' } = options
  if (columns.length <= MOST || MEANS_ALL.test(sql)) return columns
  const asked = new Set([
    ...kind.columns.map((each) => each.name),
    ...Object.values(map),
    ...by,
    ...Object.keys(recode),
  ])
  const text = `${where} ${sql}`.toLowerCase()
  const named = new Set(columns.filter((each) => asked.has(each) || text.includes(each.toLowerCase())))
  const telling = columns.filter((each) => !named.has(each) && isTelling(each)).slice(0, MOST)
  const kept = new Set([...named, ...telling])
  const room = Math.max(0, MOST - kept.size)
  for (const each of columns.filter((column) => !kept.has(column)).slice(0, room)) kept.add(each)
  return columns.filter((each) => kept.has(each))
}

/** Whether SQL names a column, or means columns that it does not name. */
export function mentions(sql: string, column: string): boolean {
  return MEANS_ALL.test(sql) || sql.toLowerCase().includes(column.toLowerCase())
}
