import { NUMBER } from './loaded.ts'
import type { Profiled, ProfiledColumn, ReportInput } from './report-item.ts'
import { name, present } from './sql.ts'

/** Rows of the sample, about, evenly spread. */
const SAMPLE = 5_000

/** What each column of the table holds. They are looked at one after another: all at once would take the memory of all. */
export async function profile(input: ReportInput): Promise<Profiled> {
  const { database, shaped, checked, kind } = input
  // A column that was mapped stands there twice; it is told by the name that its file has.
  const columns = shaped.columns.filter((each) => !shaped.theirs.has(each))
  const every = Math.max(1, Math.floor(shaped.rows / SAMPLE))
  const cells = columns.map((each, i) => `${name(each)} as c${i}`)
  await database.run(
    `create or replace temp table sample as select ${cells.join(', ')} from mapped where ${name(NUMBER)} % ${every} = 0`,
  )
  const profiled: ProfiledColumn[] = []
  for (const [i, column] of columns.entries()) {
    const [row] = await database.query(
      `select coalesce(bool_and(x is not null) and count(x) > 0, false) as number, coalesce(bool_and(x = floor(x)), false) as whole,
         count(distinct c) as texts, count(distinct x) as numbers
       from (select c, try_cast(c as double) as x from (select ${present(`c${i}`)} as c from sample) where c is not null)`,
    )
    const holds = row?.['number'] !== true ? 'text' : row['whole'] === true ? 'whole' : 'number'
    profiled.push({ column, holds, values: Number(row?.[holds === 'text' ? 'texts' : 'numbers']) })
  }
  const won = kind.won !== undefined && checked.columns.has(kind.won) ? kind.won : undefined
  return { ...input, columns: profiled, ...(won !== undefined && { won: shaped.theirs.get(won) ?? won }) }
}
