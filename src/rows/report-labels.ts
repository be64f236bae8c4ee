import { byColumn } from './check.ts'
import { NUMBER } from './load.ts'
import { numbersIn, type ReportInput, type ReportItem } from './report-item.ts'
import { literal, name } from './sql.ts'

/** What programs write where there is nothing. `none` is not among them: people call things so. */
const WORDS = ['NA', 'N/A', 'n/a', 'NaN', 'nan', 'NULL', 'null', 'None', '-'].map(literal).join(', ')

/** What they begin with: -, N, n. */
const INITIALS = [45, 78, 110].join(', ')

/** Labels that are perhaps none: they are read as they stand, and this is where a reader learns of it. */
export async function wordsForNothing({ database, checked, kind, by }: ReportInput): Promise<readonly ReportItem[]> {
  const labels = [
    ...kind.columns
      .filter((column) => column.type === 'text' && checked.columns.has(column.name))
      .map((column) => ({ shown: column.name, stored: column.name })),
    ...by.map((shown, index) => ({ shown, stored: byColumn(index) })),
  ]
  if (labels.length === 0) return []
  const asked = labels.map(({ stored }, i) => {
    // Most labels are told at their first letter, which costs a tenth of comparing them.
    const hit = `case when ascii(${name(stored)}) in (${INITIALS}) then ${name(stored)} in (${WORDS}) else false end`
    return `count(*) filter (where ${hit}) as n${i}, min(${name(NUMBER)}, 3) filter (where ${hit}) as first${i}, min(${name(stored)}) filter (where ${hit}) as word${i}`
  })
  const [row] = await database.query(`select ${asked.join(', ')} from kept`)
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
