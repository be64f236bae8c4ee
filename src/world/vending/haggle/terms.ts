import { withFigures } from '../letter/numerals.ts'

/** A price that a letter names, and where. */
export interface Priced {
  readonly cents: number
  readonly start: number
  readonly end: number
}

const PRICE =
  /[$€£]\s?(\d{1,6}(?:[.,]\d{1,3})?)(?!\d)|(?<![\d.,$])(\d{0,4}\.\d{1,3}|\d{1,2},\d{2})(?![\d.]*\d|\s*%)|\b(\d{1,4}(?:\.\d+)?) ?(?:cents?|c|ct|¢)(?![a-z])|\b(\d{1,4}(?:[.,]\d{1,2})?) ?(?:dollars?|usd|bucks|euros?|€)(?![a-z])/g

/** Text in which numbers in words are figures, and "a dollar fifteen" is $1.15. */
export function figured(text: string): string {
  return withFigures(
    text
      .toLowerCase()
      .replaceAll(/[\u2018\u2019]/g, "'")
      .replaceAll(/[\u2013\u2014]/g, ' - '),
  )
    .replaceAll(
      /\b(?:a|1|one) (?:dollar|buck) (?:and )?(\d{1,2})(?: cents?)?\b/g,
      (_, cents: string) => `$1.${cents.padStart(2, '0')}`,
    )
    .replaceAll(
      /\b(\d) dollars? (?:and )?(\d{1,2})(?: cents?)?\b/g,
      (_, dollars: string, cents: string) => `$${dollars}.${cents.padStart(2, '0')}`,
    )
    .replaceAll(/\ba (?:dollar|buck)\b/g, '$1.00')
}

/** Prices in a figured text, in order; fractions of a cent are rounded. */
export function pricesIn(text: string): readonly Priced[] {
  const sizes = /\b(?:cases?|box(?:es)?|cartons?|trays?|display box)[^.\d]{0,16}\b(?:of|à)? ?(\d{2,3})\b/.exec(text)
  return [...text.matchAll(PRICE)].map((match) => {
    const [whole, signed, bare, cents, dollars] = match
    const money = Number((signed ?? bare ?? dollars ?? '').replace(',', '.'))
    // A price of a case of 24 is that of 24 units.
    const isCase = /^\s*(?:a|per|for a|the)?\s*(?:display )?(?:case|box|carton|tray)\b/.test(
      text.slice(match.index + whole.length),
    )
    const size = isCase && sizes?.[1] !== undefined ? Number(sizes[1]) : 1
    const value = Math.round((cents === undefined ? 100 * money : Number(cents)) / size)
    return { cents: value, start: match.index, end: match.index + whole.length }
  })
}

const PIECE =
  '(?:units?|pieces?|pcs|bottles?|cans?|tins?|bars?|bags?|packs?|packets?|boxes|cups?|tubes?|rolls?|items?|of (?:them|those|these|each|the)|[a-z]+ ?(?:[a-z]+ )?)'

/** Units that a text names: a whole number that is no price, percentage, date or time. */
export function unitsIn(text: string): readonly number[] {
  const cases = [
    ...text.matchAll(
      /\b(\d{1,4})\s*(?:cases?|cartons?|boxes|crates?|trays?)[^.\d]{0,24}\b(?:of|à|x|each|with)\s*(\d{1,3})\b/g,
    ),
  ]
  const [first] = cases
  if (first !== undefined) return [Number(first[1]) * Number(first[2])]
  const dozens = /\b(\d{1,3}|a) dozen\b/.exec(text)?.[1]
  if (dozens !== undefined) return [12 * (dozens === 'a' ? 1 : Number(dozens))]
  const free = pricesIn(text).reduce(
    (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    text,
  )
  const pattern = new RegExp(
    `(?<![\\d.,$#:/-])\\b(\\d{2,4}|[2-9])\\b(?!\\s*(?:%|per ?cent|days?|weeks?|months?|years?|hours?|o'clock|am\\b|pm\\b|th\\b|st\\b|nd\\b|rd\\b|cents?|january|february|march|april|may|june|july|august|september|october|november|december)|[.,]\\d|:\\d)(?=\\s*${PIECE}|[\\s.,;!?)]|$)`,
    'g',
  )
  return [...free.matchAll(pattern)].flatMap((match) => {
    const before = free.slice(Math.max(0, match.index - 24), match.index)
    return /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|within|the|invoice|order|no\.?|nr|number|room|po)\s*#?$/.test(
      before,
    )
      ? []
      : [Number(match[1])]
  })
}
