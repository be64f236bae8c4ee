import { name } from './sql.ts'
import type { RowOptions } from './options.ts'
import type { Column, ColumnType } from './row-kind.ts'

/** Cells that people write for something else, of some types, and what to type so that a column of them is read. */
interface Meant {
  readonly types: readonly ColumnType[]
  readonly cell: RegExp
  readonly said: string
  readonly sql: (column: string) => string
}

const NUMBERS: readonly ColumnType[] = ['share', 'number', 'amount', 'positive', 'money']

const MEANT: readonly Meant[] = [
  {
    types: ['share'],
    cell: /^\s*\d{1,3}(\.\d+)?\s*%$/,
    said: 'in percent',
    sql: (column) => `trim(${column}, '% ')::double / 100`,
  },
  { types: ['share'], cell: /^\s*\d{1,3}(\.\d+)?$/, said: 'in percent', sql: (column) => `${column} / 100` },
  {
    types: NUMBERS,
    cell: /^\s*[$€£]?\s*\d{1,3}(,\d{3})*(\.\d+)?\s*$/,
    said: 'written with signs and commas',
    sql: (column) => `try_cast(regexp_replace(${column}, '[^0-9.]', '', 'g') as double)`,
  },
  {
    types: NUMBERS,
    cell: /^\s*[$€£]?\s*\d{1,3}(\.?\d{3})*,\d+\s*[$€£]?\s*$/,
    said: 'written with a decimal comma',
    sql: (column) => `try_cast(replace(regexp_replace(${column}, '[^0-9,]', '', 'g'), ',', '.') as double)`,
  },
  {
    types: NUMBERS,
    cell: /^\s*(?:[A-Z]{3}\s*)?\d{1,3}(,?\d{3})*(\.\d+)?\s*(?:[A-Z]{3})?\s*$/,
    said: 'written with its currency',
    sql: (column) => `try_cast(regexp_replace(${column}, '[^0-9.]', '', 'g') as double)`,
  },
  {
    types: ['date'],
    cell: /^\s*\d{1,2}([-/.])\d{1,2}\1\d{4}\s*$/,
    said: 'a date with the month first',
    sql: (column) => `strptime(${column}, '%m-%d-%Y')`,
  },
]

/** Words for success and failure that people write in the place of 1 and 0. */
const SUCCESS = /^(?:pass(?:ed)?|success(?:ful)?|succeeded|correct|right|ok|solved|resolved|win|won|y|t)$/i
const FAILURE = /^(?:fail(?:ed|ure)?|incorrect|wrong|error|unsolved|unresolved|loss|lost|n|f)$/i

/** What to type so that cells which are not what their column asks for are read; undefined where it cannot be said. */
export function readingHint(
  column: Column,
  cells: readonly string[],
  { map = {}, sql }: RowOptions,
): string | undefined {
  if (column.type === 'share' || column.type === 'flag') {
    const words = [...new Set(cells.map((each) => each.trim()))]
    if (words.length > 0 && words.every((each) => SUCCESS.test(each) || FAILURE.test(each)))
      return `If those are successes and failures, give all of its words a number: --recode ${column.name}:${words.map((each) => `${each}=${SUCCESS.test(each) ? 1 : 0}`).join(',')}`
  }
  const meant = MEANT.find(({ types, cell }) => types.includes(column.type) && cells.every((each) => cell.test(each)))
  if (meant === undefined) return undefined
  const theirs = map[column.name] ?? column.name
  const quoted = /^[a-z_]\w*$/i.test(theirs) ? theirs : name(theirs)
  const separator = /\d([-/.])/.exec(cells[0] ?? '')?.[1] ?? '-'
  const reading = meant.sql(quoted).replaceAll('%m-%d-%Y', `%m${separator}%d${separator}%Y`)
  return sql === undefined
    ? `If that is ${meant.said}: --sql "select * replace (${reading} as ${quoted}) from rows"`
    : `If that is ${meant.said}, write in --sql: ${reading}`
}

/** Names that people give to what a kind calls otherwise. */
const SYNONYMS: Readonly<Record<string, RegExp>> = {
  score: /^(?:correct|success|passed|pass|reward|accuracy|acc|solved|resolved|is_correct|grade)$/i,
  task: /^(?:id|case|case_id|question|question_id|item|item_id|problem|problem_id|prompt|sample|sample_id|instance_id)$/i,
  agent: /^(?:model|system|model_name)$/i,
}

/** Of the columns of a table, the one that somebody may have meant by a name of ours. */
export function synonym(ours: string, columns: readonly string[]): string | undefined {
  return columns.find((column) => SYNONYMS[ours]?.test(column))
}
