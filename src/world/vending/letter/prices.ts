import type { Item } from './letter.ts'
import { withFigures } from './numerals.ts'

const PRICE =
  /[$€£]\s?(\d{1,6}(?:\.\d{1,2})?)|(?<![\d.,])(\d{0,4}\.\d{1,2})(?![\d.]*\d|\s*%)|\b(\d{1,4}) ?(?:cents?|c)\b|\b(\d{1,4}) ?(?:dollars?|usd|bucks)\b/g

/** Amounts of money in a text, in cents, in order. */
function centsIn(text: string): readonly number[] {
  return [...withFigures(text.toLowerCase()).matchAll(PRICE)].map(([, signed, bare, cents, dollars]) =>
    Math.round(cents === undefined ? 100 * Number(signed ?? bare ?? dollars) : Number(cents)),
  )
}

/**
 * True where a letter that accepts names a sum that was not on offer: "deal, at $0.55" is an offer of its own. What the
 * offer comes to, for one product or in all, was on offer too.
 */
export function namesOwnPrice(letter: string, before: string, items: readonly Item[]): boolean {
  const offered = centsIn(before)
  if (offered.length === 0) return false
  const sums = offered.flatMap((cents) => [cents, ...items.map(({ units }) => cents * units)])
  const total = items.reduce((sum, { units }, place) => sum + units * (offered[place] ?? 0), 0)
  return centsIn(letter).some((cents) => ![...sums, total].some((sum) => Math.abs(sum - cents) <= 1))
}
