import { isNamed } from './column-names.ts'
import { brokeDown, endedBadly } from './ended.ts'
import { NUMBER } from './loaded.ts'
import { numbersIn, type Profiled, type ReportInput, type ReportItem } from './report-item.ts'
import { literal, name, present } from './sql.ts'

/** What a column for errors says where there was none. */
const NOTHING = [
  '',
  '0',
  'false',
  'no',
  'ok',
  'none',
  'null',
  'nan',
  'n/a',
  '-',
  '[]',
  '{}',
  'success',
  'passed',
  'completed',
  'done',
]
  .map(literal)
  .join(', ')

/** Ends of trials that contradict their scores, and errors that are scored as failures. */
export async function statuses({ database, kind, columns, won: theirs }: Profiled): Promise<readonly ReportItem[]> {
  const { won } = kind
  if (won === undefined || theirs === undefined) return []
  const items: ReportItem[] = []
  const joined = `mapped m join kept k using (${name(NUMBER)})`
  for (const { column, holds, values } of columns.filter((each) => each.column !== theirs)) {
    const cell = `m.${name(column)}`
    const text = `lower(coalesce(trim(cast(${cell} as varchar)), ''))`
    const broke = isNamed(column, 'broke')
    if (!broke && !isNamed(column, 'status')) continue
    // Counts of errors on the way are no ends.
    if (broke && holds !== 'text' && values > 2 && !/code$/i.test(column)) continue
    const filled = `${text} not in (${NOTHING})`
    const denied = `${text} <> '' and not ${endedBadly(cell)} and regexp_matches(${text}, '^(no|0|without|none)\\b')`
    const bad = broke ? `(${filled} and not (${denied}))` : endedBadly(cell)
    const failed = broke ? bad : brokeDown(cell)
    const [any] = await database.query(
      `select count(*) as n from (select distinct ${name(column)} from mapped) m where ${bad}`,
    )
    if (Number(any?.['n'] ?? 0) === 0) continue
    const [row] = await database.query(
      [
        ['solved', `k.${name(won)} = 1 and ${bad}`],
        ['scored', `k.${name(won)} = 0 and ${failed}`],
      ]
        .map(
          ([as, hit]) =>
            `count(*) filter (where ${hit}) as ${as}, min(m.${name(NUMBER)}, 3) filter (where ${hit}) as ${as}_first, any_value(${text}) filter (where ${hit}) as ${as}_example`,
        )
        .join(', ')
        .replace(/^/, 'select ')
        .concat(` from ${joined}`),
    )
    const said = (as: string): string => JSON.stringify(String(row?.[`${as}_example`] ?? '').slice(0, 40))
    const [solved, scored] = [Number(row?.['solved'] ?? 0), Number(row?.['scored'] ?? 0)]
    if (solved > 0)
      items.push({
        check: 'status',
        count: solved,
        text: `${column} is ${said('solved')} or the like, yet ${won} is 1`,
        rows: numbersIn(row?.['solved_first']),
      })
    if (scored > 0)
      items.push({
        check: 'status',
        count: scored,
        text: `rows in error are scored 0 (${column} is ${said('scored')} or the like): failures of the agent, or of what ran it?`,
        rows: numbersIn(row?.['scored_first']),
      })
  }
  for (const { column } of columns.filter((each) => isNamed(each.column, 'firstSuccess'))) {
    const [row] = await database.query(
      `select count(*) as n, min(m.${name(NUMBER)}, 3) as first from ${joined} where k.${name(won)} = 0 and ${present(`m.${name(column)}`)} is not null`,
    )
    const count = Number(row?.['n'] ?? 0)
    if (count > 0)
      items.push({
        check: 'status',
        count,
        text: `${column} is given, yet ${won} is 0`,
        rows: numbersIn(row?.['first']),
      })
  }
  return items
}

/** Rows from which on it is odd that not one is a failure. */
const MANY = 8

export async function onlySuccesses({ database, checked, kind }: ReportInput): Promise<readonly ReportItem[]> {
  const { won } = kind
  if (won === undefined || !checked.columns.has(won)) return []
  const [row] = await database.query(`select count(${name(won)}) as n, min(${name(won)}) as least from kept`)
  const count = Number(row?.['n'] ?? 0)
  if (count < MANY || Number(row?.['least']) !== 1) return []
  return [
    {
      check: 'outcomes',
      count,
      text: `rows and ${won} is 1 in every one: are the failures in another file?`,
      rows: [],
    },
  ]
}
