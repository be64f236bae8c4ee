/** A name as SQL quotes it. */
export function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** A text as SQL quotes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A file as SQL names it: its letters are letters, and no pattern of many files. */
export function fileName(file: string): string {
  return literal(file.replaceAll(/[*?[]/g, '[$&]'))
}

/** Words that stand for nothing where a number or a verdict is asked for, and blanks. */
const MISSING = literal('[ \\t]*(NA|na|N/A|n/a|NaN|nan|NULL|null|None|none|-)?[ \\t]*')

/** What such a word, an empty cell or one with blanks before it begins with: nothing, tab, blank, -, N, n. */
const SUSPECTS = [0, 9, 32, 45, 78, 110].join(', ')

/**
 * A label: the cell as text without blanks round it; NULL only where it is blank. Words such as `none` and `NA` stay: an
 * attack may be called so.
 */
export function filled(expression: string): string {
  const raw = `cast(${expression} as varchar)`
  return `case when ascii(${raw}) in (0, 9, 32) or suffix(${raw}, ' ') then nullif(trim(${raw}, ' \t'), '') else ${raw} end`
}

/**
 * The cell as text without blanks round it; NULL where it holds nothing, or a word for that. Most cells are seen to be neither at their first
 * letter. The rest is written so that no function stands twice: the database computes what stands twice for every row.
 */
export function present(expression: string): string {
  const raw = `cast(${expression} as varchar)`
  const looked = `case when regexp_full_match(${raw}, ${MISSING}) then null else trim(${raw}) end`
  return `case when ascii(${raw}) in (${SUSPECTS}) or suffix(${raw}, ' ') then ${looked} else ${raw} end`
}
