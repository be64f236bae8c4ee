/** Numbers and times as people read them. */
export function number(value: number): string {
  return (Number.isInteger(value) ? WHOLE : BROKEN).format(value)
}

// Made once: to make one takes longer than to format a hundred numbers.
const WHOLE = new Intl.NumberFormat('en')
const BROKEN = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })

export function dollars(value: number | undefined): string {
  if (value === undefined) return 'unknown'
  return value !== 0 && Math.abs(value) < 0.01 ? `$${value.toPrecision(2)}` : `$${value.toFixed(2)}`
}

export function day(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

/**
 * What a model wrote, as text that shows what is in it: control characters, and marks that turn the reading direction
 * or hide, stand as a visible sign. React escapes the rest.
 */
export function visible(text: string): string {
  return text
    .replaceAll(ESCAPES, '␛')
    .replaceAll(HIDDEN, (letter) => (letter === '\n' || letter === '\t' ? letter : '\ufffd'))
}

const ESCAPES = /\p{Cc}\[[0-9;?]*[ -/]*[@-~]/gu
const HIDDEN = /[\p{Cc}\p{Cf}]/gu

/** A value of a world or a grade, in the unit of the measure of that name where there is one. */
export function inUnit(value: number, unit: string | undefined): string {
  if (unit === 'cents') return `${value < 0 ? '−' : ''}$${MONEY.format(Math.abs(value) / 100)}`
  if (unit === 'proportion') return `${number(100 * value)}%`
  return number(value)
}

const MONEY = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** `netWorth` as `net worth`. */
export function labelOf(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
