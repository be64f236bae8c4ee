import type { ColumnType } from './row-kind.ts'
import { filled } from './sql.ts'

/** How a column type is read in SQL from a cell's text `v`. */
interface Reading {
  /** The value, or NULL where the text is none. */
  readonly value: string
  readonly sql: 'varchar' | 'double'
  /** Whether a value `x` can be one; default always. */
  readonly possible?: string
  /** In words. */
  readonly means: string
}

// NaN is how some writers say that there is nothing; an infinite amount is none either.
const number = 'case when isfinite(try_cast(v as double)) then try_cast(v as double) end'
const truth = `coalesce(${number}, [1, 0, 1, 0][list_position(['true', 'false', 'yes', 'no'], lower(trim(v)))])`
// Commas are thousands after a dollar sign or before a decimal point: elsewhere a comma may be a decimal one.
const dollars = `case when regexp_full_match(trim(v), '[$] ?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?|[0-9]{1,3}(,[0-9]{3})+[.][0-9]+') then try_cast(regexp_replace(v, '[$, ]', '', 'g') as double) end`
const among = (words: readonly string[]): string =>
  `case when lower(trim(v)) in (${words.map((word) => `'${word}'`).join(', ')}) then lower(trim(v)) end`

const LENGTH = String.raw`'^([0-9.]+)\s*(s|sec|secs|second|seconds|m|min|mins|minute|minutes|h|hr|hrs|hour|hours)$'`
const part = (group: number): string => `regexp_extract(lower(trim(v)), ${LENGTH}, ${group})`

export const READINGS: Readonly<Record<ColumnType, Reading>> = {
  text: { value: filled('v'), sql: 'varchar', means: 'text' },
  share: { value: truth, sql: 'double', possible: 'x between 0 and 1', means: 'a number from 0 to 1' },
  flag: { value: truth, sql: 'double', possible: 'x in (0, 1)', means: '0 or 1' },
  number: { value: number, sql: 'double', means: 'a finite number' },
  amount: { value: number, sql: 'double', possible: 'x >= 0', means: 'a number of at least 0' },
  money: {
    value: `coalesce(${number}, ${dollars})`,
    sql: 'double',
    possible: 'x >= 0',
    means: 'an amount of dollars, as 12.5 or $1,000.00',
  },
  positive: { value: number, sql: 'double', possible: 'x > 0', means: 'a number above 0' },
  date: {
    value:
      "case when regexp_matches(v, '^\\s*[0-9]{4}') then date_diff('day', date '1970-01-01', try_cast(trim(v) as timestamp)::date)::double end",
    sql: 'double',
    means: 'a date as 2026-01-31',
  },
  length: {
    value: `try_cast(${part(1)} as double) * case left(${part(2)}, 1) when 's' then 1/60 when 'm' then 1 when 'h' then 60 end`,
    sql: 'double',
    possible: 'x > 0',
    means: 'a duration with its unit, as 90 s, 15 min or 2 h',
  },
  verdict: { value: among(['left', 'right', 'tie']), sql: 'varchar', means: 'left, right or tie' },
  side: { value: among(['left', 'right']), sql: 'varchar', means: 'left or right' },
}
