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

const PACK = String.raw`(?:display )?(?:cases?|box(?:es)?|cartons?|trays?|crates?)`

/** How many units a case holds, where a text says so: "per case of 24", "6 boxes of 25", "at $14.40 (24 bottles)". */
export function packIn(text: string): number | undefined {
  const size =
    new RegExp(`\\b${PACK} (?:of|à|with|x) ?(\\d{2,3})\\b`).exec(text)?.[1] ??
    (/\b(?:case|box|carton|tray|crate)/.test(text) ? /\((\d{2,3}) [a-z]+\)/.exec(text)?.[1] : undefined)
  return size === undefined ? undefined : Number(size)
}

const A_PACK =
  /^\s*(?:,? ?(?:a|per|for an?|each) |\/ ?)?(?:display )?(?:case|box|carton|tray|crate)\b|^\s*\(\d{2,3} [a-z]+\)/
const FOR_ALL = /^\s*(?:even |flat )?for (?:the |all |all the )?(\d{2,4})\b/

/**
 * Prices in a figured text, in order, each of one unit; fractions of a cent are rounded.
 *
 * @param pack units in a case, where the text does not say
 */
export function pricesIn(text: string, pack?: number): readonly Priced[] {
  const size = packIn(text) ?? pack
  return [...text.matchAll(PRICE)].map((match) => {
    const [whole, signed, bare, cents, dollars] = match
    const money = Number((signed ?? bare ?? dollars ?? '').replace(',', '.'))
    const sum = cents === undefined ? 100 * money : Number(cents)
    const behind = text.slice(match.index + whole.length)
    const all = Number(FOR_ALL.exec(behind)?.[1] ?? 0)
    // A price of a case of 24 is that of 24 units; "$64.80 for 60" is a sum, "$0.90 for 50" is not.
    const isSum = all > 0 && sum >= 2000 && sum / all >= 15
    const units = size !== undefined && A_PACK.test(behind) ? size : isSum ? all : 1
    return { cents: Math.round(sum / units), start: match.index, end: match.index + whole.length }
  })
}

const PIECE =
  '(?:units?|pieces?|pcs|bottles?|cans?|tins?|bars?|bags?|packs?|packets?|boxes|cups?|tubes?|rolls?|items?|of (?:them|those|these|each|the)|[a-z]+ ?(?:[a-z]+ )?)'

/**
 * Units that a text names: a whole number that is no price, percentage, date or time.
 *
 * @param pack units in a case, where the text does not say
 */
export function unitsIn(text: string, pack?: number): readonly number[] {
  const cases = [
    ...text.matchAll(
      /\b(\d{1,4})\s*(?:cases?|cartons?|boxes|crates?|trays?)[^.\d]{0,24}\b(?:of|à|x|each|with)\s*(\d{1,3})\b/g,
    ),
  ]
  const [first] = cases
  if (first !== undefined) return [Number(first[1]) * Number(first[2])]
  const size = packIn(text) ?? pack
  const packs = new RegExp(`\\b(\\d{1,3})\\s*(?:such |more )?${PACK}\\b`).exec(text)?.[1]
  if (size !== undefined && packs !== undefined) return [Number(packs) * size]
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
