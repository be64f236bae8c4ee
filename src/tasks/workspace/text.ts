/** A text as it is quoted in an instruction: four spaces before each line. */
export function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')
}

/** An amount in cents as units with two decimals. */
export function money(cents: number): string {
  return (cents / 100).toFixed(2)
}

/** A number of at least two digits. */
export function two(number: number): string {
  return String(number).padStart(2, '0')
}
