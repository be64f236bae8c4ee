/**
 * A grammar for the whole numbers from `low` to `high`, written in decimal without leading zeros.
 *
 * @param low whole number
 * @param high whole number, at least `low`
 * @returns a GBNF expression in parentheses that matches these numbers and no others
 */
export function wholeNumbers(low: number, high: number): string {
  const alternatives: string[] = []
  if (low < 0) alternatives.push(`"-" ${natural(Math.max(1, -high), -low)}`)
  if (high >= 0) alternatives.push(natural(Math.max(0, low), high))
  return `(${alternatives.join(' | ')})`
}

/** Splits the range where the number of digits changes: within one length, digits compare as text. */
function natural(low: number, high: number): string {
  const alternatives: string[] = []
  for (let from = low; from <= high;) {
    const last = Math.min(high, 10 ** String(from).length - 1)
    alternatives.push(sameLength(String(from), String(last)))
    from = last + 1
  }
  return alternatives.length === 1 ? (alternatives[0] ?? '') : `(${alternatives.join(' | ')})`
}

function sameLength(low: string, high: string): string {
  const [first = '', last = ''] = [low[0], high[0]]
  const rest = low.length - 1
  if (rest === 0) return digit(first, last)
  if (/^0*$/.test(low.slice(1)) && /^9*$/.test(high.slice(1))) return `${digit(first, last)} [0-9]{${rest}}`
  if (first === last) return `${digit(first, last)} ${sameLength(low.slice(1), high.slice(1))}`
  const middle = [Number(first) + 1, Number(last) - 1] as const
  const alternatives = [
    `"${first}" ${sameLength(low.slice(1), '9'.repeat(rest))}`,
    ...(middle[0] <= middle[1] ? [`${digit(String(middle[0]), String(middle[1]))} [0-9]{${rest}}`] : []),
    `"${last}" ${sameLength('0'.repeat(rest), high.slice(1))}`,
  ]
  return `(${alternatives.join(' | ')})`
}

function digit(low: string, high: string): string {
  return low === high ? `"${low}"` : `[${low}-${high}]`
}
