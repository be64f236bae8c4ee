import type { Clusters } from '../findings/index.ts'
import type { Cell, Row } from '../rows/index.ts'

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

export function distinct(rows: readonly Row[], column: string): number {
  return new Set(rows.map((row) => row[column])).size
}

/** What rows are clustered by: the columns cluster and cluster2 where the table has them, else what a row is of. */
export function clustersIn(rows: readonly Row[], item: string, has: (column: string) => boolean): Clusters {
  const column = (name: string): readonly string[] => rows.map((row) => text(row[name] ?? row[item]))
  return { clusters: column('cluster'), ...(has('cluster2') && { crossed: column('cluster2') }) }
}
