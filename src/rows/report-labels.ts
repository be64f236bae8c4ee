import { byColumn } from './check.ts'
import { NUMBER } from './loaded.ts'
import { numbersIn, type ReportInput, type ReportItem } from './report-item.ts'
import { literal, name } from './sql.ts'

/** What programs write where there is nothing. `none` is not among them: people call things so. */
const WORDS = ['NA', 'N/A', 'n/a', 'NaN', 'nan', 'NULL', 'null', 'None', '-'].map(literal).join(', ')

/** What they begin with: -, N, n. */
const INITIALS = [45, 78, 110].join(', ')

interface Label {
  readonly shown: string
  readonly stored: string
}

/** Columns of `kept` that hold names of things. */
function labelsOf({ checked, kind, by }: ReportInput): readonly Label[] {
  return [
    ...kind.columns
      .filter((column) => column.type === 'text' && checked.columns.has(column.name))
      .map((column) => ({ shown: column.name, stored: column.name })),
    ...by.map((shown, index) => ({ shown, stored: byColumn(index) })),
  ]
}

/** Beyond this many different labels of a column they are ids, and are not compared. */
const MANY = 20_000

/** Labels that differ in case, blanks, hyphens or underscores alone: perhaps one thing that is counted as two. */
export async function labelTwins(input: ReportInput): Promise<readonly ReportItem[]> {
  const items: ReportItem[] = []
  for (const { shown, stored } of labelsOf(input)) {
    const label = name(stored)
    const [size] = await input.database.query(`select approx_count_distinct(${label}) as n from kept`)
    if (Number(size?.['n'] ?? 0) > MANY) continue
    const found = await input.database.query(
      `select list(l order by l)[1:2] as twins from (select distinct ${label} as l from kept where ${label} is not null) group by regexp_replace(lower(l), '[\\s_-]+', ' ', 'g') having count(*) > 1 order by 1 limit 100`,
    )
    const [first] = found
    const twins = Array.isArray(first?.['twins']) ? first['twins'].map((each) => JSON.stringify(String(each))) : []
    if (found.length === 0) continue
    const text = `names of ${shown} are written in several ways, as ${twins.join(' and ')}: read as different; if they are one: --recode`
    items.push({ check: 'labels', count: found.length, text, rows: [] })
  }
  return items
}

/** Labels that are perhaps none: they are read as they stand, and this is where a reader learns of it. */
export async function wordsForNothing(input: ReportInput): Promise<readonly ReportItem[]> {
  const labels = labelsOf(input)
  if (labels.length === 0) return []
  const asked = labels.map(({ stored }, i) => {
    // Most labels are told at their first letter, which costs a tenth of comparing them.
    const hit = `case when ascii(${name(stored)}) in (${INITIALS}) then ${name(stored)} in (${WORDS}) else false end`
    return `count(*) filter (where ${hit}) as n${i}, min(${name(NUMBER)}, 3) filter (where ${hit}) as first${i}, min(${name(stored)}) filter (where ${hit}) as word${i}`
  })
  const [row] = await input.database.query(`select ${asked.join(', ')} from kept`)
  const told = new Set<string>()
  return labels.flatMap(({ shown }, i): readonly ReportItem[] => {
    const count = Number(row?.[`n${i}`] ?? 0)
    if (count === 0 || told.has(shown)) return []
    told.add(shown)
    const word = String(row?.[`word${i}`])
    const text = `cells of ${shown} say ${JSON.stringify(word)} or the like, which is read as a label; if it means nothing: --recode ${shown}:${word}=`
    return [{ check: 'missing', count, text, rows: numbersIn(row?.[`first${i}`]) }]
  })
}
