import { NAME } from './names.ts'

// Amounts in a prepared clause: multiplications and cases become one number of units, so that what is left to do is to
// find which number belongs to which product. A case whose size nobody said becomes UNSIZED.

/** Stands behind a number of cases whose size the letter does not say. */
export const UNSIZED = '¶'
/** Stands behind a number that the writer was not sure of. */
export const VAGUE = '~'

const CASE = '(?:cases?|cartons?|crates?|trays?|box(?:es)?|pallets?|multipacks?|outers?|cs|shrink-?wraps?)'
const PACK = `(?:${CASE}|packs?|packets?|bags?|sleeves?|bundles?)`
const PIECE =
  '(?:units?|pieces?|pcs\\.?|bottles?|cans?|tins?|bars?|bags?|packs?|packets?|tubes?|cartons?|rolls?|items?)'
const PER = `(?:each|(?:per|to the|to a|in each|in a|a|for each|/) ?${PACK}|apiece|in each)`

const FOLDS: readonly (readonly [RegExp, (...found: readonly string[]) => string])[] = [
  [/\b(\d+) \((\d+)\)/g, (all, one = '', two = '') => (one === two ? one : all)],
  [/\b(\d{1,4}) ?(?:x|×|times) ?(\d{1,4})(?:-?s\b|-?packs?\b)?/g, product],
  [new RegExp(`\\b(\\d{1,4}) ${PACK} ?(?:of|à|a|x|×|with|,|\\(|at|each with|each of|containing|holding)? ?(?:of )?(\\d{1,4}) ?(?:${PIECE} )?(?:${PER})?\\)?(?= |$|[,.:])`, 'g'), product],
  [new RegExp(`\\b(\\d{1,4}) (\\d{1,4})-?packs? `, 'g'), product],
  [
    new RegExp(`\\b(\\d{1,4}) ${PACK},? (?:of )?(${NAME})[ ,:]*\\(?(?:each |at |with |of |a |there are |à )*(\\d{1,4}) ?(?:${PIECE} )?${PER}(?: being| is| has)?\\)?`, 'g'),
    (_, cases = '', name = '', size = '') => `${Number(cases) * Number(size)} ${name} `,
  ],
  [
    new RegExp(`\\b(\\d{1,4}) ${PACK},? (?:of )?(${NAME})[ ,:]*\\(?(?:each |(?:a|1|one) ${PACK} )(?:of|with|being|is|has|holds|holding|containing) (\\d{1,4})\\)?`, 'g'),
    (_, cases = '', name = '', size = '') => `${Number(cases) * Number(size)} ${name} `,
  ],
  [
    new RegExp(`\\b(\\d{1,4}) ${PACK} (?:of )?(${NAME}) \\(?(?:of|à) (\\d{1,4})\\)?`, 'g'),
    (_, cases = '', name = '', size = '') => `${Number(cases) * Number(size)} ${name} `,
  ],
  // A number in brackets behind one case is its size; behind several it is their sum where it can be.
  [
    new RegExp(`\\b(\\d{1,4}) ${CASE},? (?:of )?(${NAME}) ?\\(?(?:= ?|so |that's |that is |making |which makes |i\\.e\\. )*(\\d{1,4})(?: ${PIECE})?(?: in total| in all| altogether)?\\)?`, 'g'),
    (all, cases = '', name = '', sum = '') =>
      Number(sum) % Number(cases) === 0 && Number(sum) / Number(cases) >= 4 ? `${sum} ${name} ` : all,
  ],
] // prettier-ignore

function product(_: string, one = '', two = ''): string {
  return ` ${Number(one) * Number(two)} `
}

const SIZE: readonly RegExp[] = [
  new RegExp(`\\b(?:a|each|every|one|1|the|our|your) ${CASE} (?:is|has|holds|contains|being|with|=|of) (\\d{1,4})\\b`),
  new RegExp(`\\b${CASE} (?:are|hold|contain|have|of|is) (\\d{1,4})\\b`),
  new RegExp(`\\b(\\d{1,4}) ?(?:${PIECE} )?(?:per|to the|to a|in a|in each|in every|/) ?${CASE}\\b`),
]

/** Units in a case where a text says so for all of its cases. */
export function caseSizeIn(prepared: string): number | undefined {
  for (const pattern of SIZE) {
    const size = pattern.exec(prepared)?.[1]
    if (size !== undefined && Number(size) > 0) return Number(size)
  }
  return undefined
}

const COUNTED = new RegExp(`\\b(\\d{1,4}) ${CASE}\\b(?: of)?`, 'g')
const PIECES = new RegExp(`\\b(\\d{1,6}) (?:x |× )?(?:more )?${PIECE}(?: of)?(?: the)?(?= |$|[,.;:)])`, 'g')
const ABOUT =
  /\b(?:about|around|roughly|approximately|approx\.?|circa|some|maybe|perhaps|say|up to|at most|at least|or so,?|between|probably|no more than|possibly|ca\.?|~) (\d{1,6})\b/g
const RANGE = /\b\d{1,6} ?(?:-|–|to|or|or maybe|and maybe|and) ?(\d{1,6})\b(?= |$|[,.?!])/g

/** A prepared clause with every amount as one number of units, marked where its size or the number is not sure. */
export function foldAmounts(clause: string, caseSize: number | undefined): string {
  let text = clause
    .replace(/\b(?:please|pls|kindly)\b,?/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/ ,/g, ',')
  for (const [pattern, fold] of FOLDS) text = text.replace(pattern, fold)
  // What says the size of all cases counts none of them.
  if (caseSize !== undefined) for (const pattern of SIZE) text = text.replace(pattern, ' ')
  text = text.replace(COUNTED, (_, cases: string) =>
    caseSize === undefined ? `${cases}${UNSIZED} ` : `${Number(cases) * caseSize} `,
  )
  return text
    .replace(PIECES, '$1 ')
    .replace(RANGE, `$1${VAGUE}`)
    .replace(/\b(\d{1,6}) or so\b/g, `$1${VAGUE}`)
    .replace(ABOUT, `$1${VAGUE}`)
    .replace(/ {2,}/g, ' ')
}
