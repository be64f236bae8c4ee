import { AssayError, nearest } from '../assay-error.ts'
import { listed } from './column-names.ts'

/** @param columns what the statement may name */
type Words = (found: readonly string[], columns: readonly string[]) => string

const noColumn: Words = ([, column = ''], columns) => {
  const meant = nearest(column, columns)
  return `no column "${column}". ${meant === undefined ? `Columns: ${listed(columns)}.` : `Did you mean "${meant}"?`}`
}

/** What the database says of a statement, and how a person is told: none of its own words are passed on. */
const SAID: readonly (readonly [RegExp, Words])[] = [
  [/Referenced column "?([^"\n]+?)"? not found/, noColumn],
  [/does not have a column named "([^"]+)"/, noColumn],
  [/Column "([^"]+)" in (?:EXCLUDE|REPLACE|RENAME) list/, noColumn],
  [
    /(?:Table with name|Referenced table) "?([^"\s]+)"? (?:does not exist|not found)/,
    ([, table]) => `no table "${table}". The only table is rows: select … from rows.`,
  ],
  [
    /Function with name "?([^"\s]+)"? does not exist/,
    ([, called]) => `no function "${called}". Functions are those of DuckDB's SQL.`,
  ],
  [/Macro.* with name "?([^"\s]+)"? does not exist/, ([, called]) => `no function "${called}".`],
  [
    /syntax error at or near "([^]*?)"\n*(?:\n|$)/,
    ([, near]) => `the SQL cannot be read at "${near}". Names that are words of SQL need double quotes: "case".`,
  ],
  [
    /syntax error at end of input/,
    () => 'the SQL ends too early: close its brackets and quotes, finish its last part.',
  ],
  [/unterminated quoted/, () => 'the SQL ends inside quotes. Close them.'],
  [
    /column "([^"]+)" must appear in the GROUP BY/,
    ([, column]) => `column "${column}" is neither grouped nor summed up. Add: group by ${column}`,
  ],
  [
    /No function matches the given name and argument types '([^']+)'/,
    ([, called]) => `${called} cannot be computed: that column is text. Cast it: try_cast(column as double).`,
  ],
  [
    /Cannot (?:compare|mix) values of type (\w+) and (?:type )?(\w+)/,
    () => 'text is compared with a number. Quote the value ("a" = \'2\'), or cast: try_cast(column as double).',
  ],
  [
    /Could not convert string '([^']*)' to (\w+)/,
    ([, value, type]) => `"${value}" cannot be cast to ${type}. Use try_cast, which leaves such a cell empty.`,
  ],
  [
    /invalid (?:date|timestamp) field format: "([^"]*)"/,
    ([, value]) => `"${value}" is not a date as 2026-01-31. Use try_cast, which leaves such a cell empty.`,
  ],
  [
    /Ambiguous reference to column name "([^"]+)"/,
    ([, column]) => `"${column}" may be of either table. Write whose it is: a.${column}`,
  ],
  [/cannot contain aggregates/, () => 'a condition cannot hold count, sum and the like. Use --sql with having.'],
  [/disabled|Permission Error/, () => 'it may read nothing but the table rows: files and networks are disabled.'],
]

/** Memory ran out: what to do about it does not depend on who asked. */
export function memoryError(cause: unknown): AssayError | undefined {
  if (!/Out of Memory|failed to (?:allocate|pin)|could not allocate/i.test(textOf(cause))) return undefined
  return new AssayError(
    'rows/memory',
    'The table needs more memory than an audit may take. Keep fewer columns or rows: --sql "select task, score from rows", or a smaller file.',
    { cause },
  )
}

/** What is wrong with a user's SQL, in our words. */
export function sqlError(cause: unknown, option: string, columns: readonly string[]): AssayError {
  if (cause instanceof AssayError) return cause
  const said = textOf(cause)
  for (const [pattern, words] of SAID) {
    const found = pattern.exec(said)
    if (found !== null) return new AssayError('rows/sql', `${option}: ${words([...found], columns)}`, { cause })
  }
  const hint = `Try a simpler one. Columns: ${listed(columns)}.`
  return new AssayError('rows/sql', `${option}: the SQL cannot be carried out. ${hint}`, { cause })
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
