/** Days of a table that are looked at by themselves, both ends included. */
export interface Window {
  /** `since 2023`; blank for the whole table. */
  readonly name: string
  /** Days since 1970-01-01, as dates of rows are read. */
  readonly from: number
  readonly to: number
}

const DAY = '(\\d{4}(?:-\\d{2}(?:-\\d{2})?)?)'
const SINCE = new RegExp(`^since ${DAY}$`)
const UNTIL = new RegExp(`^until ${DAY}$`)
const BETWEEN = new RegExp(`^${DAY} to ${DAY}$`)

/** From the first day of each year that has one of these days, but the first of them. */
export function yearsOf(days: readonly number[]): readonly Window[] {
  const years = [...new Set(days.map((day) => new Date(day * 86_400_000).getUTCFullYear()))].toSorted((a, b) => a - b)
  return years.slice(1).flatMap((year) => windowOf(`since ${year}`) ?? [])
}

/** The windows that names of quantities ask for: `doubling time, 2019 to 2025-02@suite`. */
export function askedWindows(asked: readonly string[]): readonly Window[] {
  const names = asked.flatMap((each) => /^doubling time, ([^@]+)/i.exec(each)?.[1]?.trim().toLowerCase() ?? [])
  return [...new Set(names)].flatMap((name) => windowOf(name) ?? [])
}

/** Undefined where the words name no days. */
function windowOf(name: string): Window | undefined {
  const [since, until, between] = [SINCE, UNTIL, BETWEEN].map((shape) => shape.exec(name))
  const from = since?.[1] ?? between?.[1]
  const to = until?.[1] ?? between?.[2]
  if (from === undefined && to === undefined) return undefined
  const [start, end] = [from === undefined ? -Infinity : firstDay(from), to === undefined ? Infinity : lastDay(to)]
  return Number.isNaN(start) || Number.isNaN(end) || start > end ? undefined : { name, from: start, to: end }
}

/** Of a year, a month or a day; NaN where the calendar has none. */
function firstDay(text: string): number {
  const [year = '', month = '01', day = '01'] = text.split('-')
  return Date.parse(`${year}-${month}-${day}`) / 86_400_000
}

function lastDay(text: string): number {
  const [year = 0, month, day] = text.split('-').map(Number)
  if (day !== undefined) return firstDay(text)
  if (Number.isNaN(firstDay(text))) return NaN
  return Date.UTC(year, month ?? 12, 1) / 86_400_000 - 1
}
