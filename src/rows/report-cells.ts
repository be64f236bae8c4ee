import type { ReportInput, ReportItem } from './report-item.ts'
import { name } from './sql.ts'

/** How many of those that lack the most are named. */
const NAMED = 3

/** Whether every item was done equally often, and by everybody. */
export async function cellsIn({ database, checked, kind }: ReportInput): Promise<readonly ReportItem[]> {
  const { cells } = kind
  if (cells === undefined || !checked.columns.has(cells.items)) return []
  const { items } = cells
  const across = checked.columns.has(cells.across) ? cells.across : undefined
  // Other columns of the key tell apart what is meant to stand beside one another: targets, views, orders.
  const beside = kind.key.filter(
    (each) => each !== items && each !== across && each !== 'repeat' && checked.columns.has(each),
  )
  const by = [items, ...(across === undefined ? [] : [across]), ...beside].map(name).join(', ')
  const [sizes] = await database.query(
    `select min(n) as least, max(n) as most, mode(n) as usual, count(*) as cells,
       count(*) filter (where n <> (select mode(n) from (select count(*) as n from kept group by ${by}))) as unequal
     from (select count(*) as n from kept group by ${by})`,
  )
  const found: ReportItem[] = []
  const [least, most, usual, cellsCount, unequal] = ['least', 'most', 'usual', 'cells', 'unequal'].map((each) =>
    Number(sizes?.[each] ?? 0),
  )
  if (least !== most) {
    const text = `of ${cellsCount} cells (${[items, across].filter(Boolean).join(' × ')}) do not have the usual ${usual} rows: ${least} to ${most}`
    found.push({ check: 'cells', count: unequal ?? 0, text, rows: [] })
  }
  if (across === undefined) return found
  const [shared] = await database.query(
    `select count(*) as n, count(*) filter (where done < every) as short, count(*) filter (where done > 1) as met, max(every) as every from
       (select count(distinct ${name(across)}) as done, (select count(distinct ${name(across)}) from kept) as every from kept group by ${name(items)})`,
  )
  const short = Number(shared?.['short'] ?? 0)
  // Where nothing was met by two of them, each has items of its own: only agents are then compared all the same.
  const apart = Number(shared?.['met'] ?? 0) === 0
  if (short > 0 && apart && across === 'agent') {
    const text = `${items}s, and none of them was done by two agents: nothing can be compared in pairs (or are they spelled otherwise?)`
    found.push({ check: 'cells', count: short, text, rows: [] })
  }
  if (short > 0 && !apart) {
    const lacking = await database.query(
      `select ${name(across)} as who, ${Number(shared?.['n'])} - count(distinct ${name(items)}) as lacks from kept group by 1 having lacks > 0 order by lacks desc, who limit ${NAMED}`,
    )
    const who = lacking.map((row) => `${String(row['who'])} lacks ${Number(row['lacks'])}`).join(', ')
    const text = `of ${Number(shared?.['n'])} ${items}s lack some of the ${Number(shared?.['every'])} ${across}s: ${who}`
    found.push({ check: 'cells', count: short, text, rows: [] })
  }
  return found
}
