import { pricesIn } from './terms.ts'

/** What a letter's price is reckoned from. */
export interface Base {
  /** The wholesaler's price, in cents. */
  readonly offered: number | undefined
  /** What the shopkeeper said last. */
  readonly own: number | undefined
  /** What another supplier asks. */
  readonly rival: number | undefined
}

const MIDDLE =
  /\b(?:meet (?:me |us )?(?:in the middle|half ?way)|(?:split|halve) the difference|half ?way between|exactly in the middle)\b/
const BELOW =
  /\b(\d{1,2}|an?|one) (?:cents?|penny|pennies|pence) (?:off|under|below|less|lower|cheaper|down)\b|\b(?:off|down|drop|lower)[^.\d]{0,12} (\d{1,2}) cents? (?:each|apiece|a \w+)/

/**
 * A price that is reckoned and not named: the middle of two, so many cents below another. Nothing where the letter has none such.
 *
 * @param text figured
 */
export function reckonedPrice(text: string, { offered, own, rival }: Base): number | undefined {
  if (MIDDLE.test(text) && offered !== undefined) {
    const mine =
      own ??
      pricesIn(text)
        .map(({ cents }) => cents)
        .find((cents) => cents < offered)
    return mine === undefined ? undefined : Math.round((offered + mine) / 2)
  }
  const match = BELOW.exec(text)
  if (match === null) return undefined
  const cents = /^\d/.test(match[1] ?? match[2] ?? '') ? Number(match[1] ?? match[2]) : 1
  const from = rival !== undefined && /\b(?:under|below|less|lower|cheaper)\b/.test(match[0]) ? rival : offered
  return from === undefined ? undefined : from - cents
}

const MINE = /\b(?:ours?|we|us|mine|me|counter\w*|proposed|proposal|our price|bid|target|offer from us)\b/
const UNITS = /\b(?:qty|quantity|units?|pieces|number|count)\b/

/** The first row of a table with a column of the writer's own: its price and units. */
export function rowOf(
  text: string,
): { readonly cents: number | undefined; readonly units: number | undefined } | undefined {
  const rows = text
    .split('\n')
    .filter((line) => (line.match(/\|/g) ?? []).length > 2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => cells.some((cell) => /[a-z\d]/.test(cell)))
  const [head, first] = rows
  const at = head?.findIndex((cell) => MINE.test(cell)) ?? -1
  if (head === undefined || first === undefined || at === -1) return undefined
  const units = Number(first[head.findIndex((cell) => UNITS.test(cell))] ?? Number.NaN)
  return { cents: pricesIn(first[at] ?? '')[0]?.cents, units: Number.isInteger(units) ? units : undefined }
}
