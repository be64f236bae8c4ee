import { csv } from '../exchange/index.ts'
import { selectRows, type Table, type TableQuery } from './select-rows.ts'

/** Outcomes as comma-separated values, all that fit. */
export function outcomesCsv(table: Table, query: Pick<TableQuery, 'sort' | 'where'>): string {
  return csv(
    table.columns.map(({ name }) => name),
    selectRows(table, query),
  )
}
