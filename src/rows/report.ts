import { NUMBER } from './load.ts'
import { capsIn, statedErrorsIn, totalsIn, totalRowsIn } from './report-numbers.ts'
import { cellsIn } from './report-cells.ts'
import { wordsForNothing } from './report-labels.ts'
import { numbersIn, type NumericColumn, type ReportInput, type ReportItem } from './report-item.ts'
import { filled, literal, name, present } from './sql.ts'

/** Everything odd that is looked for, in every table. */
export async function report(input: ReportInput): Promise<readonly ReportItem[]> {
  const numbers = await numericColumns(input)
  const names = numbers.map(({ column }) => column)
  const found = [
    brokenCells(input),
    await missingCells(input),
    await wordsForNothing(input),
    await duplicates(input),
    await cellsIn(input),
    await totalsIn(input, names),
    await totalRowsIn(input),
    await statedErrorsIn(input, names),
    await statuses(input),
    await capsIn(input, numbers),
  ]
  return found.flat()
}

function brokenCells({ checked: { broken }, loaded: { unreadable, columns } }: ReportInput): readonly ReportItem[] {
  const [ragged] = unreadable.first
  const items: ReportItem[] = broken.map(({ column, means, count, first, leavesOut }) => ({
    check: column === 'verdict' ? 'no-verdict' : 'impossible',
    count,
    text: `${column} is not ${means}: ${first.map(({ value }) => (value === null ? 'blank' : JSON.stringify(value))).join(', ')}${leavesOut ? '; left out of the findings' : '; read as missing'}`,
    rows: first.map(({ row }) => row),
  }))
  if (ragged === undefined) return items
  const where = unreadable.first.map(({ line, fields }) => `line ${line} has ${fields}`).join(', ')
  const text = `lines that do not have the ${columns.length} fields of the header (${where}); left out of the findings`
  return [{ check: 'unreadable', count: unreadable.count, text, rows: [] }, ...items]
}

async function missingCells({ database, shaped, checked, kind }: ReportInput): Promise<readonly ReportItem[]> {
  const there = kind.columns.filter((column) => checked.columns.has(column.name) && column.need !== 'id')
  const asked = there.map(({ name: column }) => {
    const none = `${name(column)} is null and not ${name(`bad:${column}`)}`
    return `count(*) filter (where ${none}) as ${name(column)}, min(${name(NUMBER)}, 3) filter (where ${none}) as ${name(`rows:${column}`)}`
  })
  const blank = shaped.columns.map((column) => `${filled(name(column))} is null`).join(' and ')
  const [blanks] = await database.query(
    `select count(*) as n, min(${name(NUMBER)}, 3) as first from mapped where ${name(shaped.columns[0] ?? NUMBER)} is null and ${blank}`,
  )
  const items: ReportItem[] = []
  const empty = Number(blanks?.['n'] ?? 0)
  if (empty > 0)
    items.push({ check: 'missing', count: empty, text: 'rows are blank', rows: numbersIn(blanks?.['first']) })
  if (asked.length === 0) return items
  const [row] = await database.query(`select ${asked.join(', ')} from checked`)
  for (const { name: column, need } of there) {
    const count = Number(row?.[column] ?? 0)
    const what = need === 'outcome' ? `${column} is missing` : `${column}, which may be missing, is`
    if (count > 0) items.push({ check: 'missing', count, text: what, rows: numbersIn(row?.[`rows:${column}`]) })
  }
  return items
}

async function duplicates(input: ReportInput): Promise<readonly ReportItem[]> {
  const { database, shaped, checked, kind } = input
  const items: ReportItem[] = []
  const key = kind.key.filter((column) => checked.columns.has(column))
  const told = key.includes('repeat') || !kind.key.includes('repeat')
  const groups = async (columns: readonly string[], from: string): Promise<readonly [number, readonly number[]]> => {
    const [row] = await database.query(
      `select coalesce(sum(n - 1), 0) as n, list(first)[1:3] as first from (select count(*) as n, max(${name(NUMBER)}) as first from ${from} group by ${columns.map(name).join(', ')} having count(*) > 1)`,
    )
    return [Number(row?.['n'] ?? 0), numbersIn(row?.['first'])]
  }
  const [again, againRows] = await groups(key, 'kept')
  // Rows whose keys differ are not the same.
  const [same, sameRows] = again === 0 ? [0, []] : await groups(shaped.columns, 'mapped')
  if (same > 0) {
    const text = told
      ? 'rows say the same as another row'
      : 'rows say the same as another row; with no column repeat they may be repeats'
    items.push({ check: 'duplicates', count: same, text, rows: sameRows })
  }
  if (!told && again > same)
    items.push({
      check: 'duplicates',
      count: again,
      text: `rows have the ${key.join(' and ')} of another row, and no column repeat says why: read as repeats${await tellingApart(input, key)}`,
      rows: againRows,
    })
  if (told && again > same) {
    const text = `rows have the ${key.join(', ')} of another row${same > 0 ? ', those counted above among them' : ''}`
    items.push({ check: 'duplicates', count: again, text, rows: againRows })
  }
  return items
}

const cell = (column: string): string => filled(name(column))

/** Columns that tell the rows of every cell apart: the number of the repeat, or a part of the task's name. */
async function tellingApart({ database, shaped, checked }: ReportInput, key: readonly string[]): Promise<string> {
  const keys = key.map(name).join(', ')
  const others = shaped.columns.filter((column) => !checked.columns.has(column))
  // Fractions (times, costs) differ anyway.
  const asked = others.map((column, i) => {
    const number = `try_cast(${cell(column)} as double)`
    return `count(distinct ${cell(column)}) = count(*) and coalesce(bool_and(${number} = floor(${number})), true) as d${i}`
  })
  if (others.length === 0) return ''
  const [first] = await database.query(
    `select ${asked.join(', ')} from mapped where ${name(NUMBER)} in (select unnest(rows) from (select list(${name(NUMBER)}) as rows from kept group by ${keys} having count(*) > 1 order by min(${name(NUMBER)}) limit 1))`,
  )
  const likely = others.filter((_, i) => first?.[`d${i}`] === true).slice(0, 8)
  if (likely.length === 0) return ''
  const every = likely.map((_, i) => `bool_and(d${i}) as d${i}`).join(', ')
  const counts = likely.map((column, i) => `count(distinct ${cell(column)}) = count(*) as d${i}`).join(', ')
  const [all] = await database.query(`select ${every} from (select ${counts} from mapped group by ${keys})`)
  const found = likely.filter((_, i) => all?.[`d${i}`] === true)
  const [one] = found
  return one === undefined
    ? ''
    : `; ${found.slice(0, 3).join(' or ')} ${found.length === 1 ? 'tells' : 'tell'} them apart (--map repeat=${one} if they are repeats; if not, it belongs to the task)`
}

/** Ways for a trial to end that do not go with success. */
const ENDED_BADLY = '.*(time.?out|timed.?out|error|crash|fail|limit|kill|cancel|abort|invalid|oom).*'
const STATUS_COLUMNS = /^(status|state|outcome|stop|stop_reason|exit_reason|error|errored|timed_out|timeout|crashed)$/i

async function statuses({ database, shaped, checked, kind }: ReportInput): Promise<readonly ReportItem[]> {
  const { won } = kind
  if (won === undefined || !checked.columns.has(won)) return []
  const items: ReportItem[] = []
  for (const column of shaped.columns.filter((each) => STATUS_COLUMNS.test(each) && each !== won)) {
    const text = `lower(coalesce(trim(cast(m.${name(column)} as varchar)), ''))`
    const flag = /error|timed|timeout|crash/i.test(column) ? ` or ${text} in ('1', 'true', 'yes')` : ''
    const bad = `(regexp_full_match(${text}, ${literal(ENDED_BADLY)})${flag})`
    const [any] = await database.query(
      `select count(*) as n from (select distinct ${name(column)} from mapped) m where ${bad}`,
    )
    if (Number(any?.['n'] ?? 0) === 0) continue
    const [row] = await database.query(
      `select count(*) as n, min(m.${name(NUMBER)}, 3) as first, any_value(${text}) as example from mapped m join kept k using (${name(NUMBER)}) where k.${name(won)} = 1 and ${bad}`,
    )
    const count = Number(row?.['n'] ?? 0)
    const example = JSON.stringify(row?.['example'] ?? '')
    if (count > 0)
      items.push({
        check: 'status',
        count,
        text: `${column} is ${example} or the like, yet ${won} is 1`,
        rows: numbersIn(row?.['first']),
      })
  }
  for (const column of shaped.columns.filter((each) => FIRST_SUCCESS.test(each))) {
    const [row] = await database.query(
      `select count(*) as n, min(m.${name(NUMBER)}, 3) as first from mapped m join kept k using (${name(NUMBER)}) where k.${name(won)} = 0 and ${present(`m.${name(column)}`)} is not null`,
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

/** Columns that say when success came: they have a value only where it did. */
const FIRST_SUCCESS = /_to_(jailbreak|success|breach|solve|solution)$|^first_(success|jailbreak|solve)/i

/** Columns in which a sample of about 5,000 rows, evenly spread, holds nothing but numbers. */
async function numericColumns({ database, shaped }: ReportInput): Promise<readonly NumericColumn[]> {
  const asked = shaped.columns.map(
    (_, i) =>
      `coalesce(bool_and(x${i} is not null or c${i} is null) and count(x${i}) > 0, false) as n${i}, coalesce(bool_and(x${i} = floor(x${i})), false) as w${i}, count(distinct x${i}) as d${i}`,
  )
  const cells = shaped.columns.map((each, i) => `${present(name(each))} as c${i}, try_cast(c${i} as double) as x${i}`)
  const every = Math.max(1, Math.floor(shaped.rows / 5_000))
  const [row] = await database.query(
    `select ${asked.join(', ')} from (select ${cells.join(', ')} from (from mapped where ${name(NUMBER)} % ${every} = 0))`,
  )
  return shaped.columns.flatMap((column, i) =>
    row?.[`n${i}`] === true ? [{ column, whole: row[`w${i}`] === true, values: Number(row[`d${i}`]) }] : [],
  )
}
