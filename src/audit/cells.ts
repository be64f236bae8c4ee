import type { Clusters } from '../findings/index.ts'
import type { Cell, Row } from '../rows/index.ts'
import type { Variant } from './audited.ts'

export function text(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell)
}

export function number(cell: Cell | undefined): number | undefined {
  return typeof cell === 'number' ? cell : undefined
}

/** Sum of a numeric column; blanks count nothing. */
export function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + (number(row[column]) ?? 0), 0)
}

/** The plain mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0) / values.length
}

/** The least and the most of any number of values, more than a call takes arguments; Infinity and −Infinity of none. */
export function extremes(values: Iterable<number>): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity]
  for (const each of values) {
    least = Math.min(least, each)
    most = Math.max(most, each)
  }
  return [least, most]
}

export function distinct(rows: readonly Row[], column: string): number {
  return new Set(rows.map((row) => row[column])).size
}

/** What rows are clustered by: the columns cluster and cluster2 where the table has them, else what a row is of. */
export function clustersIn(rows: readonly Row[], item: string, has: (column: string) => boolean): Clusters {
  const column = (name: string): readonly string[] => rows.map((row) => text(row[name] ?? row[item]))
  return { clusters: column('cluster'), ...(has('cluster2') && { crossed: column('cluster2') }) }
}

/** What every one of several tables has rows of, by a column. */
export function metByAll(tables: readonly (readonly Row[])[], column: string): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = tables.map((rows) => new Set(rows.map((row) => text(row[column]))))
  return new Set([...first].filter((each) => others.every((other) => other.has(each))))
}

/** The mean over the rows of what all tables have; nothing where that is all of them, or none. */
export function amongAll(
  policy: string,
  rows: readonly Row[],
  { column, met }: { readonly column: string; readonly met: ReadonlySet<string> },
  value: (row: Row) => number,
): readonly Variant[] {
  const shared = rows.filter((row) => met.has(text(row[column])))
  if (shared.length === 0 || shared.length === rows.length) return []
  return [{ policy, value: mean(shared.map(value)) }]
}
