/** A name as SQL quotes it. */
export function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** A text as SQL quotes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Words that stand for nothing in a cell. */
const MISSING = ['NA', 'na', 'N/A', 'n/a', 'NaN', 'nan', 'NULL', 'null', 'None', 'none', '-'].map(literal).join(', ')

/** The cell as text without blanks round it; NULL where it holds nothing. */
export function present(expression: string): string {
  const text = `trim(cast(${expression} as varchar))`
  return `case when ${text} in ('', ${MISSING}) then null else ${text} end`
}
