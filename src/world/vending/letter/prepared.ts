import { withoutPlaces } from './address.ts'
import { NAME, type Names } from './names.ts'
import { withFigures } from './numerals.ts'

// Brings a letter into a form in which the patterns of the other files can be short: lower case, products as one
// character each, amounts of money as ¤, shares as %, number words as figures, dates and other numbers gone.

/** Stands for an amount of money. */
export const MONEY = '¤'

const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)'
const TIME = "(?:days?|weeks?|months?|years?|hours?|minutes?|nights?|fortnights?|o'?clock|am|pm|a\\.m\\.?|p\\.m\\.?)"

const STEPS: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019]/g, "'"],
  [/[\u201c\u201d\u00ab\u00bb]/g, '"'],
  [/[*_#`]+|^[ \t]*\[[ x]?\]/gm, ' '],
  [/^[ \t]*[-•–—+·▪◦][ \t]+(?:\[[ x]?\])?/gm, '\u2022 '],
  [/^[ \t]*\d{1,2}[.)][ \t]+/gm, '\u2022 '],
  [/"(?=\s*[:,}\]])|(?<=[{[:,]\s{0,8})"|[{}[\]]/g, ' '],
  [/\.{3,}|…/g, ' : '],
  [/&/g, ' and '],
  [/ ?@ ?/g, ' at '],
  [/(\d),(?=\d{3}\b)/g, '$1'],
  // Money: with a sign, in words, or as a decimal fraction.
  [/[$€£]\s?\d[\d.,]*\d|[$€£]\s?\d|\b(?:a|one|half a) (?:dollar|buck|nickel|dime|quarter)(?: (?:and )?\d{1,2}\b)?(?! ?%)|(?<=\bpay (?:you )?)\d+\b|\b\d+(?:[.,]\d{1,2})?\s*(?:cents?|dollars?|usd|bucks|quid|c|p)\b|(?<![\d.,])\d{0,4}[.,]\d{1,2}(?![\d.,]*\d)/g, ` ${MONEY} `],
  [/(?<![\d.])\d{1,6}(?:\.\d{1,4})?\s{0,3}(?:%|per ?cent\b|percent\b)/g, ' % '],
  [/¤\s*(?:each|apiece|per \w+|a piece|a unit|\/ ?\w+)/g, `${MONEY} `],
  // Sums written out beside the order repeat its quantities.
  [new RegExp(`\\([^()\\n]{0,200}=\\s*${MONEY}[^()\\n]{0,40}\\)`, 'g'), ' '],
  [new RegExp(`=\\s*${MONEY}`, 'g'), MONEY],
] // prettier-ignore

const NUMBERS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?\\b|\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b|\\b\\d{1,2}(?:st|nd|rd|th)\\b`, 'g'), ' date '],
  [/\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}:\d\d\b|\b\d{1,2}h\d{0,2}\b/g, ' date '],
  [/\b(?:20[2-3]\d)\b/g, ' date '],
  [/\b(?:\+?\d[\d ]{1,5}[- ])?\d{3}[- ]\d{4}\b/g, ' phone '],
  [/\b(?:no|nr)\. ?\d{1,8}\b/g, ' '],
  [/\b(day|week|weeks|year|slots?|po|p\.o\.|invoice|reference|ref\.?|rfq|tel\.?|phone) ?[-#:]? ?#?\d{1,8}\b/g, '$1 '],
  [/(?<!\b(?:would|will|to|please|we|i|can|could|shall|must|'d|'ll) )\b(no\.?|number|order|row|line|room|page|version|option|item|mail|e-mail) ?[-#:]? ?#?\d{1,8}\b(?=\s*(?:[).,:!?(\n]|$|(?:and|from|is|was|to|has|at)\b))/g, '$1 '],
  [/#\s?\d+/g, ' '],
  [/\b[a-d][1-3]\b\s*:?/g, ' '],
  [new RegExp(`\\b\\d{1,4}(?:\\s*(?:-|–|to|or|and)\\s*\\d{1,4})?[\\s-]*(?:business |working |full |more )?${TIME}\\b`, 'g'), ' time '],
  [/\b(?:before|by|at|from|after|until|till|past) \d{1,2}(?=\s*(?:[.,;!?)\n]|and\b|on\b|$))/g, ' time '],
  [/\b2 times\b/g, ' twice '],
  [/\b\d+ times?\b(?! \d)/g, ' time '],
  [/\b\d+ ?(?:ml|cl|l|g|kg|litres?|grams?)\b/g, ' '],
  [/\b\d+ of (?:which|us|our customers)\b|\b\d+ of (?:them|these|those)(?= (?:was|were|are|is|had|have|came|arrived|broke\w*|went)\b)/g, ' '],
  [/\b(\d+) of (?:them|these|those)\b/g, '$1 '],
  [/\b(?:open|hours)\b[^.\n\d]{0,20}\d{1,2}(?: ?(?:to|-|–) ?\d{1,2})?/g, ' time '],
  [/\b\d{1,2} *(?:and|to|-|–|or) *(?=date\b)/g, ' '],
] // prettier-ignore

const DOZENS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/\bhalf a dozen\b|\bhalf-dozen\b/g, () => ' 6 '],
  [/\bhalf a gross\b/g, () => ' 72 '],
  [/\b(?:a |one )?couple (?:of )?dozen\b/g, () => ' 24 '],
  [/\b(\d{1,4}) dozens?\b/g, (found) => ` ${12 * Number.parseInt(found, 10)} `],
  [/\b(?:(?:a|one|1) )?dozens?\b/g, () => ' 12 '],
  [/\b(\d{1,3}) (?:gross|score)\b/g, (found) => ` ${(found.endsWith('s') ? 144 : 20) * Number.parseInt(found, 10)} `],
  [/\b(?:a|one) gross\b/g, () => ' 144 '],
]

// A product and its quantity in neighbouring cells, or in neighbouring lines of a form.
const CELLS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(${NAME})\\s*(?:[;:=|\\t]|\\s[-–—]+\\s|->|→)+\\s*(?:(?:qty|quantity)[.:]?\\s*)?(?=\\d)`, 'g'), '$1 '],
  [new RegExp(`(${NAME})[ \\t,]*\\b(?:qty|quantity|units|amount|count)\\b[ \\t]*[:=]?[ \\t]*(?=\\d)`, 'g'), '$1 '],
  [new RegExp(`^([^\\d\\n]{0,20}${NAME}),[ \\t]*(\\d+)[ \\t]*$`, 'gm'), '$1 $2'],
  [new RegExp(`(${NAME})[ \\t.,]*\\n\\s*(?:qty|quantity|units|amount|number|how many)\\.?[ \\t]*[:=]?[ \\t]*(?=\\d)`, 'g'), '$1 '],
  [new RegExp(`\\b(?:qty|quantity|units|amount)\\.?[ \\t]*[:=]?[ \\t]*(\\d+)[ \\t]*\\n\\s*(?:item|product|article|description)\\.?[ \\t]*[:=]?[ \\t]*(?=${NAME})`, 'g'), '$1 '],
] // prettier-ignore

/** A letter's own words in that form. `raw` is bounded text as it was written. */
export function prepare(raw: string, names: Names): string {
  let text = withFigures(raw.toLowerCase())
  for (const [pattern, by] of STEPS) text = text.replace(pattern, by)
  text = names.mark(withoutPlaces(text))
  for (const [pattern, by] of DOZENS) text = text.replace(pattern, by)
  for (const [pattern, by] of CELLS) text = text.replace(pattern, by)
  for (const [pattern, by] of NUMBERS) text = text.replace(pattern, by)
  return text.replace(ONE, '1 ').replace(/[ \t]+/g, ' ')
}

// "one" is a quantity before goods and what they come in, and a pronoun elsewhere.
const ONE = new RegExp(`(?<=^|[\\s(])(?<!\\b(?:to|per|in|by) )(?:one|a|an) (?=${NAME}|(?:case|carton|crate|tray|box|pallet|pack|unit|bottle|bag|can)\\b)`, 'g') // prettier-ignore

/** One sentence or list line. */
export interface Sentence {
  readonly text: string
  readonly question: boolean
  /** Written as a line of a list or a table. */
  readonly listed: boolean
}

// The patterns look some way ahead, so a sentence without an end is read in pieces: time stays linear in the text.
const LONGEST = 1_000

function pieces(sentence: string): readonly string[] {
  return Array.from({ length: Math.ceil(sentence.length / LONGEST) }, (_, place) =>
    sentence.slice(place * LONGEST, (place + 1) * LONGEST),
  )
}

/** Sentences of a prepared text, in order. */
export function sentencesOf(prepared: string): readonly Sentence[] {
  return prepared.split('\n').flatMap((line) => {
    const listed = /^\s*[\u2022|]/.test(line)
    return line
      .replace(/[\u2022|]/g, ' ')
      .split(/(?<=[.!?])(?=\s|$)|;/)
      .flatMap(pieces)
      .map((text) => ({ text: text.trim(), question: text.includes('?'), listed }))
      .filter(({ text }) => /[a-z0-9¤%\ue000-\uf0ff]/.test(text))
  })
}
