import { NUMBER } from './load.ts'
import { numbersIn, type NumericColumn, type ReportInput, type ReportItem } from './report-item.ts'
import { literal, name, present } from './sql.ts'

const as = (column: string): string => `try_cast(${present(name(column))} as double)`

/** Columns called total_x whose parts (input_x, output_x …) stand beside them and do not add up to them. */
export async function totalsIn({ database }: ReportInput, numbers: readonly string[]): Promise<readonly ReportItem[]> {
  const items: ReportItem[] = []
  for (const total of numbers) {
    const base = /^(?:total|sum|all)_(.+)$/.exec(total)?.[1] ?? /^(.+)_total$/.exec(total)?.[1]
    const parts = numbers.filter(
      (each) => each !== total && base !== undefined && (each.endsWith(`_${base}`) || each.startsWith(`${base}_`)),
    )
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
    const value = ['score', 'success', 'price'].find((each) => checked.columns.has(each))
    const [sums] =
      value === undefined
        ? []
        : await database.query(
            `select avg(${name(value)}) filter (where ${hit}) as stated, avg(${name(value)}) filter (where not ${hit}) as mean, sum(${name(value)}) filter (where not ${hit}) as total from kept`,
          )
    const [stated, mean, total] = ['stated', 'mean', 'total'].map((each) => Number(sums?.[each] ?? NaN))
    const agrees = [mean, total].some(
      (each) => Math.abs((stated ?? NaN) - (each ?? NaN)) <= 1e-6 * Math.max(1, Math.abs(each ?? 0)),
    )
    const beside =
      value === undefined || agrees
        ? ''
        : `; its ${value} ${figure(stated)} is neither their mean ${figure(mean)} nor their sum ${figure(total)}`
    items.push({
      check: 'totals',
      count,
      text: `rows whose ${column} is a total, not one ${column}: leave them out with --where${beside}`,
      rows: numbersIn(row?.['first']),
    })
  }
  return items
}

const ERRORS = /^(se|stderr|std_err|std_error|standard_error)$/i
const COUNTS = /^(n|trials|samples|n_trials|n_samples|num_trials)$/i
const RATES = /^(rate|accuracy|p|mean|share|score|success_rate)$/i
/** How far the n that an error implies may lie from the n that is stated. */
const SLACK = 0.1

/** Rows of proportions whose standard error belongs to another n: error² = p(1 − p)/n, or over n − 1. */
export async function statedErrorsIn(
  { database }: ReportInput,
  numbers: readonly string[],
): Promise<readonly ReportItem[]> {
  const [error, n, rate] = [ERRORS, COUNTS, RATES].map((names) => numbers.find((each) => names.test(each)))
  if (error === undefined || n === undefined || rate === undefined) return []
  const [e, stated, p] = [as(error), as(n), as(rate)]
  const implied = `${p} * (1 - ${p}) / (${e} * ${e})`
  const wrong = `${p} > 0 and ${p} < 1 and ${e} > 0 and abs(${implied} - ${stated}) > ${SLACK} * ${stated} + 1`
  const [row] = await database.query(
    `select count(*) as n, min(${name(NUMBER)}, 3) as first, min_by(${implied}, ${name(NUMBER)}) as implied, min_by(${stated}, ${name(NUMBER)}) as stated from mapped where ${wrong}`,
  )
  const count = Number(row?.['n'] ?? 0)
  if (count === 0) return []
  const text = `${error} does not go with ${n}: the first one belongs to about ${Math.round(Number(row?.['implied']))} independent trials, ${Number(row?.['stated'])} are stated (repeats of one task, or a slip)`
  return [{ check: 'stated-error', count, text, rows: numbersIn(row?.['first']) }]
}

/** A largest value at which this share of rows sits, and twice what its fellows hold, looks like a limit. */
const STUCK = 0.05

/** Counts that pile up at their largest value: a limit on turns, queries or tokens that was hit. */
export async function capsIn(
  { database }: ReportInput,
  numbers: readonly NumericColumn[],
): Promise<readonly ReportItem[]> {
  const items: ReportItem[] = []
  for (const { column, whole, values } of numbers) {
    if (!whole || values < 3) continue
    const [row] = await database.query(
      `select sum(t) as n, max(x) as most, max_by(t, x) as top from (select try_cast(${name(column)} as double) as x, count(*) as t from mapped group by 1) where isfinite(x)`,
    )
    const [n, most, count] = [Number(row?.['n']), Number(row?.['most']), Number(row?.['top'])]
    if (most < 5 || values > n / 2 || count < STUCK * n || count < (2 * n) / values) continue
    const text = `${column} is ${most}, its largest value, in ${count} of ${n} rows: a limit that was hit?`
    items.push({ check: 'cap', count, text, rows: [] })
  }
  return items
}

function figure(value: number | undefined): string {
  return String(Number((value ?? NaN).toPrecision(4)))
}
