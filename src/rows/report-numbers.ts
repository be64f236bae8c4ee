import { NUMBER } from './loaded.ts'
import { about, isNamed } from './column-names.ts'
import { numbersIn, type Profiled, type ReportInput, type ReportItem } from './report-item.ts'
import { literal, name, present } from './sql.ts'

const as = (column: string): string => `try_cast(${present(name(column))} as double)`

/** Ways to end that a number of trials is the sum of, by what they are called; the last one may be absent. */
const ENDS = [
  [/^(?:n_|num_)?(?:wins?|won)$/i, /^(?:n_|num_)?(?:loss|losses|lost)$/i, /^(?:n_|num_)?(?:ties?|tied|draws?)$/i],
  [
    /^(?:n_|num_)?(?:passed|passes|correct|successes|solved|resolved)$/i,
    /^(?:n_|num_)?(?:failed|failures|fails|incorrect|wrong|unsolved|unresolved)$/i,
    /^(?:n_|num_)?(?:errors|errored|skipped|timeouts|invalid|missing)$/i,
  ],
]

/** Totals whose parts stand beside them and do not add up to them: total_x and input_x, output_x …; n and wins, losses, ties. */
export async function totalsIn({ database, columns }: Profiled): Promise<readonly ReportItem[]> {
  const numbers = columns.filter(({ holds }) => holds !== 'text').map(({ column }) => column)
  const sums = numbers.map((total): readonly [string, readonly string[]] => {
    const base = /^(?:total|sum|all)_(.+)$/.exec(total)?.[1] ?? /^(.+)_total$/.exec(total)?.[1]
    return [
      total,
      numbers.filter(
        (each) => each !== total && base !== undefined && (each.endsWith(`_${base}`) || each.startsWith(`${base}_`)),
      ),
    ]
  })
  const trials = numbers.find((each) => isNamed(each, 'sample') && about(each) === '')
  for (const names of trials === undefined ? [] : ENDS) {
    const parts = names.map((pattern) => numbers.find((each) => pattern.test(each)))
    const [first, second] = parts
    if (trials !== undefined && first !== undefined && second !== undefined)
      sums.push([trials, parts.filter((each) => each !== undefined)])
  }
  const items: ReportItem[] = []
  for (const [total, parts] of sums) {
    if (parts.length < 2) continue
    const sum = parts.map(as).join(' + ')
    const [row] = await database.query(
      `select count(*) as n, min(${name(NUMBER)}, 3) as first from mapped where abs(${as(total)} - (${sum})) > 1e-6 * greatest(1, abs(${as(total)}))`,
    )
    const count = Number(row?.['n'] ?? 0)
    if (count > 0)
      items.push({
        check: 'totals',
        count,
        text: `${total} is not ${parts.join(' + ')}`,
        rows: numbersIn(row?.['first']),
      })
  }
  return items
}

const TOTALS = ['total', 'grand total', 'overall', 'all', 'sum', 'average', 'mean', 'avg'].map(literal).join(', ')

/** Rows that are sums or means of other rows: counted with them they count twice. */
export async function totalRowsIn({ database, checked }: ReportInput): Promise<readonly ReportItem[]> {
  const items: ReportItem[] = []
  for (const column of ['task', 'case', 'item', 'pair', 'benchmark', 'agent'].filter((each) =>
    checked.columns.has(each),
  )) {
    const hit = `lower(${name(column)}) in (${TOTALS})`
    const [row] = await database.query(`select count(*) as n, min(${name(NUMBER)}, 3) as first from kept where ${hit}`)
    const count = Number(row?.['n'] ?? 0)
    if (count === 0) continue
    const values = ['score', 'success', 'price'].filter((each) => checked.columns.has(each))
    const read: Totalled[] = []
    for (const value of values) read.push(await totalled(database, value, hit))
    const odd = read.find(({ agrees, unlike }) => agrees || unlike)
    // A case may be called "sum": marked like the others, and no mean of them, it is one of them.
    if (values.length > 0 && odd === undefined) continue
    const beside =
      odd === undefined || odd.agrees
        ? ''
        : `; its ${odd.value} ${figure(odd.stated)} is neither their mean ${figure(odd.mean)} nor their sum ${figure(odd.total)}`
    items.push({
      check: 'totals',
      count,
      text: `rows whose ${column} is a total, not one ${column}: leave them out with --where${beside}`,
      rows: numbersIn(row?.['first']),
    })
  }
  return items
}

/** What rows called a total hold in one column, beside the other rows. */
interface Totalled {
  readonly value: string
  readonly stated: number
  readonly mean: number
  readonly total: number
  /** Their mean or their sum. */
  readonly agrees: boolean
  /** Of no other row: for a price, which every row may have of its own, at least half of all others together. */
  readonly unlike: boolean
}

async function totalled(database: ReportInput['database'], value: string, hit: string): Promise<Totalled> {
  const [row] = await database.query(
    `select avg(${name(value)}) filter (where ${hit}) as stated, avg(${name(value)}) filter (where not ${hit}) as mean, sum(${name(value)}) filter (where not ${hit}) as total, count(*) filter (where ${hit} and ${name(value)} not in (select ${name(value)} from kept where not ${hit} and ${name(value)} is not null)) as own from kept`,
  )
  const [stated = NaN, mean = NaN, total = NaN, own = NaN] = ['stated', 'mean', 'total', 'own'].map((each) =>
    Number(row?.[each] ?? NaN),
  )
  const agrees = [mean, total].some((each) => Math.abs(stated - each) <= 1e-6 * Math.max(1, Math.abs(each)))
  return { value, stated, mean, total, agrees, unlike: value === 'price' ? stated >= total / 2 : own > 0 }
}

/** A largest value at which this share of rows sits, and twice what its fellows hold, looks like a limit. */
const STUCK = 0.05
/** Rows from which on it is odd that all spent the same. */
const FEW = 5

/** Whether the table says itself that all who spent so much were cut off there. */
async function isCap({ database, checked }: Profiled, most: number, count: number): Promise<boolean> {
  if (!checked.columns.has('spend') || !checked.columns.has('cap')) return false
  const [row] = await database.query(`select count(*) as n from kept where spend = ${most} and cap = ${most}`)
  return Number(row?.['n']) === count
}

/** Counts that pile up at their largest value: a limit on turns, queries or tokens that was hit. */
export async function capsIn(input: Profiled): Promise<readonly ReportItem[]> {
  const { database, columns, shaped } = input
  const spend = shaped.theirs.get('spend') ?? 'spend'
  const items: ReportItem[] = []
  for (const { column, holds, values } of columns) {
    // A time or a cost may stop at a limit too; a score at its best is no limit.
    const fraction =
      holds === 'number' && !isNamed(column, 'share') && !isNamed(column, 'mean') && !isNamed(column, 'judge')
    if ((holds !== 'whole' && !fraction) || (values < 3 && column !== spend)) continue
    const [row] = await database.query(
      `select sum(t) as n, max(x) as most, max_by(t, x) as top from (select try_cast(${name(column)} as double) as x, count(*) as t from mapped group by 1) where isfinite(x)`,
    )
    const [n, most, count] = [Number(row?.['n']), Number(row?.['most']), Number(row?.['top'])]
    // Many at once spend the same only where it is not what they spent.
    const constant = values === 1 && n >= FEW
    const alike = fraction ? count < FEW || !Number.isInteger(most) : values > n / 2 && count < FEW
    if (!constant && (most < 5 || alike || count < STUCK * n || count < (2 * n) / values)) continue
    if (column === spend && (await isCap(input, most, count))) continue
    const text = constant
      ? `rows and ${column} is ${most} in every one: a limit, not what was spent?`
      : `${column} is ${most}, its largest value, in ${count} of ${n} rows: a limit that was hit?`
    items.push({ check: 'cap', count, text, rows: [] })
  }
  return items
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)))
}
