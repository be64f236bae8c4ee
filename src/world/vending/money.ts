/** `1234` → `$12.34`. Money is whole cents everywhere; this is the only place where it becomes text. */
export function dollars(cents: number): string {
  const size = Math.abs(cents)
  return `${cents < 0 ? '-' : ''}$${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`
}

/** Dollars as an agent writes them (1.5) to whole cents, rounded to the nearest. */
export function cents(dollarsWritten: number): number {
  return Math.round(dollarsWritten * 100)
}
