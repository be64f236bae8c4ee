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
