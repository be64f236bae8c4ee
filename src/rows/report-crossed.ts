import { plainName } from './column-names.ts'
import type { Profiled, ReportItem } from './report-item.ts'
import { filled, name } from './sql.ts'

/** Different values from which on a column may hold units that were sampled. */
const FEWEST = 3
/** Rows of one unit on average, from which on they repeat. */
const OFTEN = 2.5
/** Share of all pairs of units that are there, from which on the two are crossed. */
const FILLED = 0.5
/** Columns that are compared with one another. */
const MOST = 12

const UNIT =
  /(?:^|_)(?:id|task|case|user|injection|template|prompt|question|persona|seed|topic|document|scenario|goal|attack|author|site|opening|ending)s?(?:_|$)/

/**
 * Two columns whose pairs are the items, each met with many of the other: items that share either are not independent, and
 * nobody said so.
 */
export async function crossedIn({
  database,
  checked,
  kind,
  columns,
  shaped,
}: Profiled): Promise<readonly ReportItem[]> {
  const { cells } = kind
  const takes = kind.columns.some((column) => column.name === 'cluster2')
  if (!takes || cells === undefined || checked.columns.has('cluster') || checked.columns.has('cluster2')) return []
  const item = shaped.theirs.get(cells.items) ?? cells.items
  const mapped = new Set([...checked.columns].map((column) => shaped.theirs.get(column) ?? column))
  const units = columns
    .filter(({ column, holds, values }) => {
      const free = !mapped.has(column) && column !== item && values >= FEWEST
      return free && (holds === 'text' || (holds === 'whole' && UNIT.test(plainName(column))))
    })
    .map(({ column }) => column)
    .slice(0, MOST)
  const pairs = units.flatMap((a, i) => units.slice(i + 1).map((b) => [a, b] as const))
  for (const [a, b] of pairs) {
    const [one, other] = [filled(`m.${name(a)}`), filled(`m.${name(b)}`)]
    const [row] = await database.query(
      `select count(distinct k.${name(cells.items)}) as items, count(distinct ${one}) as a, count(distinct ${other}) as b, count(distinct (${one}, ${other})) as pairs
       from kept k join mapped m using ("#") where ${one} is not null and ${other} is not null`,
    )
    const [items = 0, as = 0, bs = 0, both = 0] = ['items', 'a', 'b', 'pairs'].map((each) => Number(row?.[each] ?? 0))
    const crossed = both >= OFTEN * as && both >= OFTEN * bs && both >= FILLED * as * bs
    // Where the pairs say more or less than which item it is, they are something else: a condition, a part of it.
    if (!crossed || both < 0.9 * items || both > 1.1 * items) continue
    const text = `${cells.items}s are pairs of ${as} ${a} and ${bs} ${b}, which both repeat: as independent ${cells.items}s the intervals are too narrow. Cluster by both: --map cluster=${a} --map cluster2=${b}`
    return [{ check: 'crossed', count: items, text, rows: [] }]
  }
  return []
}
