// Pure and without imports: the viewer's page writes its tables with this code too.

/** Comma-separated values. Texts that a spreadsheet would take for a formula get an apostrophe in front. */
export function csv(
  head: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  const lines = [head, ...rows.map((row) => row.map((value) => String(value ?? '')))]
  return `${lines.map((line) => line.map(field).join(',')).join('\n')}\n`
}

/** What a spreadsheet takes for the beginning of a formula, in full width too, and behind blanks that it may drop. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/
const PLAIN_NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i

function field(text: string): string {
  const safe = FORMULA.test(text) && !PLAIN_NUMBER.test(text.trim()) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
