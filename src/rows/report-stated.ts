import { about, isNamed, type NameKind, plainName } from './column-names.ts'
import { NUMBER } from './loaded.ts'
import type { Profiled, ReportItem } from './report-item.ts'
import { name, present } from './sql.ts'

/** Rows that are looked at: tables of stated numbers are short. */
const MOST = 20_000
/** How far the n that an error implies may lie from the n that is stated. */
const SLACK = 0.1
/** Share of rows that may be off before a mean is taken for what it is. */
const FEW = 0.3

/** A stated share, as it was printed, and what stands beside it, all as fractions. */
interface Stated {
  readonly row: number
  readonly value: number
  /** Half a unit of its last printed digit. */
  readonly half: number
  readonly error: number | undefined
  readonly n: number | undefined
  readonly successes: number | undefined
  readonly low: number | undefined
  readonly high: number | undefined
}

type Beside = 'error' | 'sample' | 'successes' | 'low' | 'high'

/** What is stated beside a share and cannot go with it: its error, its n, its count, its interval. */
export async function statedIn(input: Profiled): Promise<readonly ReportItem[]> {
  const numbers = input.columns.filter(({ holds }) => holds !== 'text').map(({ column }) => column)
  const texts = input.columns.filter(({ holds }) => holds === 'text').map(({ column }) => column)
  const items: ReportItem[] = []
  const shares = [...numbers, ...texts.filter((each) => isNamed(each, 'share'))].filter(
    (each) => !ofAnother(each) && (isNamed(each, 'share') || isNamed(each, 'mean') || each === input.won),
  )
  for (const share of shares) {
    const counted = isNamed(share, 'share')
    const beside = (kind: Beside): string | undefined =>
      belonging(numbers, share, kind) ?? (shares.length === 1 ? unmistakable(numbers, kind) : undefined)
    const columns = {
      error: beside('error'),
      n: beside('sample'),
      ...(counted && { successes: beside('successes') }),
      low: beside('low'),
      high: beside('high'),
    }
    const { error, n } = columns
    if (n === undefined && (columns.low ?? columns.high) === undefined) continue
    const rows = await read(input, share, columns)
    if (rows.length === 0) continue
    if (error !== undefined && n !== undefined) items.push(...wrongErrors(rows, error, n))
    if (n !== undefined)
      items.push(...noCounts(rows, share, n, counted), ...wrongCounts(rows, share, columns.successes, n))
    items.push(...outside(rows, share))
  }
  return items
}

/** A column whose name says that it is something of a share is not the share: `acc_stderr`, `accuracy_n`. */
function ofAnother(column: string): boolean {
  return (['error', 'sample', 'successes', 'low', 'high'] as const).some((kind) => isNamed(column, kind))
}

/** The column of a kind that is of the share: one that is about the same thing, or one that is about nothing but its kind. */
function belonging(numbers: readonly string[], share: string, kind: NameKind): string | undefined {
  const [stem, own] = [about(share), new Set(measuresIn(share))]
  const others = numbers.filter((each) => each !== share)
  const ofKind = (each: string): boolean =>
    isNamed(each, kind) || (kind === 'sample' && stem !== '' && /^n_|_n$/.test(plainName(each)))
  const named = others.filter((each) => ofKind(each) && about(each) === stem)
  const close = named.find((each) => measuresIn(each).length > 0 && measuresIn(each).every((word) => own.has(word)))
  const bare = (each: string): boolean => measuresIn(each).length === 0
  return close ?? named.find(bare) ?? others.find((each) => isNamed(each, kind) && about(each) === '' && bare(each))
}

/** Where a table has one share, a column of nothing but its kind is that share's, whatever it calls it: `rate_se` of `score`. */
function unmistakable(numbers: readonly string[], kind: NameKind): string | undefined {
  const found = numbers.filter((each) => isNamed(each, kind) && about(each) === '')
  return found.length === 1 ? found[0] : undefined
}

/** Words of a name that say what is measured: `acc_stderr` is of `acc`, not of `score`. */
function measuresIn(column: string): readonly string[] {
  return plainName(column)
    .split('_')
    .filter((each) => isNamed(each, 'share') || isNamed(each, 'mean'))
}

async function read(
  { database }: Profiled,
  share: string,
  columns: Readonly<Record<string, string | undefined>>,
): Promise<readonly Stated[]> {
  const there = Object.entries(columns).flatMap(([key, column]) =>
    column === undefined ? [] : [[key, column] as const],
  )
  const selected = there.map(([key, column]) => `try_cast(${present(name(column))} as double) as ${name(key)}`)
  const found = await database.query(
    `select ${[`${name(NUMBER)} as row`, `${present(name(share))} as value`, ...selected].join(', ')} from mapped where ${name(share)} is not null order by 1 limit ${MOST}`,
  )
  const printed = found.flatMap((row) => {
    const text = String(row['value'] ?? '')
    const [, digits, decimals = '', sign] = /^(\d+(?:\.(\d*))?)\s*(%?)$/.exec(text) ?? []
    return digits === undefined
      ? []
      : [{ row, value: Number(digits), half: 0.5 * 10 ** -decimals.length, percent: sign === '%' }]
  })
  const most = Math.max(0, ...printed.map(({ value }) => value))
  if (most > 100) return []
  const scale = most > 1 || printed.some(({ percent }) => percent) ? 100 : 1
  const cell = (row: (typeof found)[number], key: string): number | undefined => {
    const value = row[key]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
  const scaled = (value: number | undefined): number | undefined => (value === undefined ? undefined : value / scale)
  return printed.map(({ row, value, half }) => ({
    row: Number(row['row']),
    value: value / scale,
    half: half / scale,
    error: scaled(cell(row, 'error')),
    n: cell(row, 'n'),
    successes: cell(row, 'successes'),
    low: scaled(cell(row, 'low')),
    high: scaled(cell(row, 'high')),
  }))
}

function item(
  check: ReportItem['check'],
  rows: readonly Stated[],
  text: (first: Stated) => string,
): readonly ReportItem[] {
  const [first] = rows
  if (first === undefined) return []
  return [{ check, count: rows.length, text: text(first), rows: rows.slice(0, 3).map(({ row }) => row) }]
}

/** Standard errors that belong to another n: error² = p(1 − p)/n, or over n − 1. */
function wrongErrors(rows: readonly Stated[], error: string, n: string): readonly ReportItem[] {
  const implied = ({ value, error: e = 0 }: Stated): number => (value * (1 - value)) / (e * e)
  const wrong = rows.filter((each) => {
    const { value, error: e = 0, n: stated = 0 } = each
    return stated > 0 && value > 0 && value < 1 && e > 0 && Math.abs(implied(each) - stated) > SLACK * stated + 1
  })
  return item(
    'stated-error',
    wrong,
    (first) =>
      `${error} does not go with ${n}: the first one belongs to about ${Math.round(implied(first))} independent trials, ${first.n} are stated (repeats of one task, or a slip)`,
  )
}

/**
 * Whether some whole number of n, rounded or cut off, is a share as it was printed (the GRIM test).
 *
 * @param half half a unit of its last digit
 */
export function isCountOf(n: number, share: number, half: number): boolean {
  const slack = Math.max(half, 1e-9) * (1 + 1e-6)
  return [Math.floor(share * n), Math.ceil(share * n)].some((k) => {
    const off = k / n - share
    return Math.abs(off) <= slack || (off > 0 && off < 2 * slack)
  })
}

/** @param counted whether its name says that it is a share; a mean is taken for one only where nearly all of its rows could be */
function noCounts(rows: readonly Stated[], share: string, n: string, counted: boolean): readonly ReportItem[] {
  const telling = rows.filter(
    ({ value, half, n: stated = 0 }) =>
      Number.isInteger(stated) && stated > 1 && value < 1 && value > 0 && 2 * half < 1 / stated,
  )
  const wrong = telling.filter(({ value, half, n: stated = 0 }) => !isCountOf(stated, value, half))
  if (!counted && wrong.length > FEW * telling.length) return []
  const around = ({ value, n: stated = 0 }: Stated): string =>
    `${Math.floor(value * stated)} and ${Math.ceil(value * stated)}`
  return item(
    'stated-share',
    wrong,
    (first) => `${share} is not a whole count of ${n}: the first one is between ${around(first)} of ${first.n}`,
  )
}

function wrongCounts(
  rows: readonly Stated[],
  share: string,
  successes: string | undefined,
  n: string,
): readonly ReportItem[] {
  if (successes === undefined) return []
  const wrong = rows.filter(
    ({ value, half, n: stated = 0, successes: k }) =>
      k !== undefined && stated > 0 && Math.abs(k / stated - value) > 2 * Math.max(half, 1e-9),
  )
  return item('stated-share', wrong, () => `${share} is not ${successes} over ${n}`)
}

function outside(rows: readonly Stated[], share: string): readonly ReportItem[] {
  const wrong = rows.filter(
    ({ value, half, low = -Infinity, high = Infinity }) => value < low - 2 * half || value > high + 2 * half,
  )
  return item('stated-error', wrong, () => `${share} is outside its own interval`)
}
