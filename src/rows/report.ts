import { NUMBER } from './loaded.ts'
import { profile } from './profile.ts'
import { cellsIn } from './report-cells.ts'
import { crossedIn } from './report-crossed.ts'
import { duplicates } from './report-duplicates.ts'
import { judgesIn } from './report-judges.ts'
import { labelTwins, wordsForNothing } from './report-labels.ts'
import { capsIn, totalRowsIn, totalsIn } from './report-numbers.ts'
import { onlySuccesses, statuses } from './report-status.ts'
import { statedIn } from './report-stated.ts'
import { numbersIn, type ReportInput, type ReportItem } from './report-item.ts'
import { name } from './sql.ts'

/** Everything odd that is looked for, in every table. */
export async function report(input: ReportInput): Promise<readonly ReportItem[]> {
  const profiled = await profile(input)
  const found = [
    brokenCells(input),
    await missingCells(input),
    await wordsForNothing(input),
    await labelTwins(input),
    await duplicates(input),
    await cellsIn(input),
    await crossedIn(profiled),
    await totalsIn(profiled),
    await totalRowsIn(input),
    await statedIn(profiled),
    await statuses(profiled),
    await onlySuccesses(input),
    await judgesIn(profiled),
    await capsIn(profiled),
    notLoaded(input),
  ]
  return found.flat()
}

function brokenCells({ checked: { broken }, loaded: { unreadable, columns } }: ReportInput): readonly ReportItem[] {
  const [ragged] = unreadable.first
  const items: ReportItem[] = broken.map(({ column, means, count, first, leavesOut, hint }) => ({
    check: column === 'verdict' ? 'no-verdict' : 'impossible',
    count,
    text: `${column} is not ${means}: ${first.map(({ value }) => (value === null ? 'blank' : JSON.stringify(value))).join(', ')}${leavesOut ? '; left out of the findings' : '; read as missing'}${hint === undefined ? '' : `. ${hint}`}`,
    rows: first.map(({ row }) => row),
  }))
  if (ragged === undefined) return items
  const where = unreadable.first.map(({ line, fields }) => `line ${line} has ${fields}`).join(', ')
  const text = `lines that do not have the ${columns.length} fields of the header (${where}); left out of the findings`
  return [{ check: 'unreadable', count: unreadable.count, text, rows: [] }, ...items]
}

function notLoaded({ loaded: { columns, kept } }: ReportInput): readonly ReportItem[] {
  const count = columns.length - kept.length
  if (count === 0) return []
  const text = `of ${columns.length} columns were not looked at: no option names them, and audits look at the first few dozen others`
  return [{ check: 'limit', count, text, rows: [] }]
}

async function missingCells({ database, shaped, checked, kind }: ReportInput): Promise<readonly ReportItem[]> {
  const there = kind.columns.filter((column) => checked.columns.has(column.name) && column.need !== 'id')
  const asked = there.map(({ name: column }) => {
    const none = `${name(column)} is null and not ${name(`bad:${column}`)}`
    return `count(*) filter (where ${none}) as ${name(column)}, min(${name(NUMBER)}, 3) filter (where ${none}) as ${name(`rows:${column}`)}`
  })
  const blank = `trim(concat(${shaped.columns.map((each) => name(each)).join(', ')}), ' \t') = ''`
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
    const what = need === 'outcome' ? `${column} is missing` : `${column}, which is optional, is missing`
    if (count > 0) items.push({ check: 'missing', count, text: what, rows: numbersIn(row?.[`rows:${column}`]) })
  }
  return items
}
