import type { CellValue, Column, OutcomePage } from './api.ts'

// Pure and without imports from other rooms: the page selects with this code too, where there is no server to ask.

/** What is asked of the table of outcomes. */
export interface TableQuery {
  readonly from: number
  readonly count: number
  /** A column's name; with `-` before it, from high to low. */
  readonly sort?: string
  /** By column: see {@link fits}. */
  readonly where: Readonly<Record<string, string>>
}

/** All rows of a table. */
export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
}

/** The filters of a query: its `where.<column>`. */
export function whereOf(query: Partial<Readonly<Record<string, string>>>): TableQuery['where'] {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      value !== undefined && name.startsWith('where.') ? [[name.slice('where.'.length), value]] : [],
    ),
  )
}

export function selectPage(table: Table, query: TableQuery): OutcomePage {
  const fitting = selectRows(table, query)
  return {
    columns: table.columns,
    rows: fitting.slice(query.from, query.from + query.count),
    from: query.from,
    matching: fitting.length,
    total: table.rows.length,
  }
}

export function selectRows(table: Table, query: Pick<TableQuery, 'sort' | 'where'>): Table['rows'] {
  const filters = table.columns.flatMap(({ name }, index) => {
    const wanted = query.where[name]
    return wanted === undefined || wanted === '' ? [] : [{ index, wanted }]
  })
  const fitting =
    filters.length === 0
      ? table.rows
      : table.rows.filter((row) => filters.every(({ index, wanted }) => fits(row[index] ?? null, wanted)))
  const down = query.sort?.startsWith('-') === true
  const sorting = table.columns.findIndex(({ name }) => name === (down ? query.sort?.slice(1) : query.sort))
  if (sorting === -1) return fitting
  return fitting.toSorted((a, b) => compare(a[sorting] ?? null, b[sorting] ?? null, down))
}

/**
 * Whether a cell fits a filter: `>3`, `>=3`, `<3`, `<=3`, `=text` (the whole cell), `!text` (does not hold it),
 * `empty`, or any other text that the cell must hold, whatever the case.
 */
export function fits(value: CellValue, filter: string): boolean {
  const wanted = filter.trim()
  if (wanted === 'empty') return value === null
  const bound = /^(>=|<=|>|<)\s*(-?[\d.]+(?:e-?\d+)?)$/i.exec(wanted)
  if (bound !== null) {
    const limit = Number(bound[2])
    if (typeof value !== 'number') return false
    if (bound[1] === '>') return value > limit
    if (bound[1] === '<') return value < limit
    return bound[1] === '>=' ? value >= limit : value <= limit
  }
  const text = String(value ?? '').toLowerCase()
  if (wanted.startsWith('=')) return text === wanted.slice(1).trim().toLowerCase()
  if (wanted.startsWith('!')) return !text.includes(wanted.slice(1).trim().toLowerCase())
  return text.includes(wanted.toLowerCase())
}

const COLLATOR = new Intl.Collator('en', { numeric: true })

/** Empty cells come last, whichever way. */
function compare(a: CellValue, b: CellValue, down: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : COLLATOR.compare(String(a), String(b))
  return down ? -order : order
}
