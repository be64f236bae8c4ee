import type { Product } from '../products.ts'
import { foldAmounts, UNSIZED, VAGUE } from './amounts.ts'
import type { Item } from './letter.ts'
import { NAME, type Names } from './names.ts'

/** What a clause says of one product or kind of products. */
export interface Wanted {
  readonly what: Product | string
  /** Undefined where the clause names it without a number. */
  readonly units: number | undefined
  /** The number cannot be acted on: it is a guess, a range, or counts cases of a size that nobody said, or things nobody sells. */
  readonly doubt?: 'vague' | 'unsized' | 'unknown'
}

const AMOUNT = `(\\d{1,6})([${VAGUE}${UNSIZED}]?)`
const LIST = `${NAME}(?:(?: ?, ?(?:and )?| and | \\+ | / )(?:the |of )?${NAME})*`
// "40 each of cola and water"; "cola, water and tea: 30 each"; "24 of both: cola and tea"; "the same of tea".
const EACH_BEFORE = new RegExp(
  `${AMOUNT} (?:units )?(?:of )?(?:each|both|either|apiece)(?: of)?(?: the)?(?: following)?(?: products)?(?:[^.;\\n]{0,40}?:)?[ ,:.]*(?:of )?(${LIST})`,
  'g',
)
const EACH_AFTER = new RegExp(`(${LIST})[ ,:–—-]*${AMOUNT}(?: units)?(?: of)? (?:each|apiece)`, 'g')
const SAME = new RegExp(
  `\\b(?:the )?(?:same(?: number| amount| quantity)?(?: again)?|as many|as much|ditto|likewise) (?:of |for )?(?:the )?(${NAME})`,
  'g',
)
const TWICE = new RegExp(
  `\\b(twice|double|half) (?:as many|as much|that(?: number| amount)?|the amount|the number)(?: of)?(?: the)? (${NAME})(?: ?\\(?(\\d{1,6})\\)?)?`,
  'g',
)
// Numbers that the same breath takes back.
const NOT_THIS = /\b(?:not|instead of|rather than|and not|in place of) (?:the )?\d{1,6}\b/g
const WITHOUT = new RegExp(
  `\\b(?:no|not|without|except|minus|excluding|but not|not the|skip|leave out|nothing of|omit|hold) (?:any |the |more |regular |of |\\d{1,6} )*(${LIST})`,
  'g',
)

/** Everything that a prepared clause says about products, in order; products taken back are in `without`. */
export function wantedIn(
  clause: string,
  names: Names,
  caseSize: number | undefined,
): { readonly wanted: readonly Wanted[]; readonly without: readonly Product[]; readonly loose: readonly Wanted[] } {
  const wanted: Wanted[] = []
  const without: Product[] = []
  const add = (mark: string, units: number | undefined, sure = ''): void => {
    const what = names.named(mark)
    const doubt = sure === VAGUE ? 'vague' : sure === UNSIZED ? 'unsized' : undefined
    if (what !== undefined) wanted.push({ what, units, ...(doubt !== undefined && { doubt }) })
  }
  const rest = foldAmounts(clause, caseSize)
    .replace(WITHOUT, (_, list: string) => {
      for (const what of marks(list).map(names.named)) if (typeof what === 'object') without.push(what)
      return ' ; '
    })
    .replace(NOT_THIS, ' ')
    .replace(EACH_BEFORE, (_, units: string, sure: string, list: string) => {
      for (const mark of marks(list)) add(mark, Number(units), sure)
      return ' ; '
    })
    .replace(EACH_AFTER, (_, list: string, units: string, sure: string) => {
      for (const mark of marks(list)) add(mark, Number(units), sure)
      return ' ; '
    })
    .replace(TWICE, (all: string, factor: string, mark: string, said: string | undefined, at: number, text: string) => {
      const last = /(\d{1,6})[^\d]*$/.exec(text.slice(0, at))?.[1]
      if (said === undefined && last === undefined) return all
      return `, ${said ?? Number(last) * (factor === 'half' ? 0.5 : 2)} ${mark}`
    })
    .replace(SAME, (all: string, mark: string, at: number, text: string) => {
      const last = /(\d{1,6})[^\d]*$/.exec(text.slice(0, at))?.[1]
      return last === undefined ? all : `, ${last} ${mark}`
    })
  for (const segment of clause.split(/[,;\n]|\band\b/)) {
    const stranger = STRANGER.exec(segment.slice(0, 200))
    if (stranger !== null && !MARK.test(segment) && wanted.length < 50)
      wanted.push({
        what: (stranger[2] ?? stranger[4] ?? '').trim(),
        units: Number(stranger[1] ?? stranger[3]),
        doubt: 'unknown',
      })
  }
  const loose: Wanted[] = []
  for (const segment of rest.split(/[,;\n]|\band\b|\+/)) {
    const last = wanted.at(-1)
    const alone = ALONE.exec(segment)
    // "pretzel sticks, 36" and "15 for each row, 45 in all".
    if (
      alone !== null &&
      last !== undefined &&
      (last.units === undefined || (alone[2] !== undefined && wanted.length === 1))
    )
      wanted[wanted.length - 1] = { what: last.what, units: Number(alone[1]) }
    else readSegment(segment, add, loose)
  }
  return { wanted, without, loose }
}

function marks(list: string): readonly string[] {
  return [...list.matchAll(new RegExp(NAME, 'g'))].map(([mark]) => mark)
}

const MARK = new RegExp(NAME)
// Things asked for by quantity that are no product: "5 x dragon rolls", or a line of a list with nothing else in it.
const STRANGER =
  /^[^a-z0-9]*(\d{1,6})\s*(?:x|×|units? of|packs? of|boxes of|bottles of|cans of|bags of)\s*([a-z][a-z' -]{2,40})[^a-z0-9]*$|^[^a-z0-9]*(\d{1,6}) (?!(?:of|in|each|all|please|units?|time|date|phone|more|left|to|at|on|for|the|per|from|or|of|pieces?|pcs|cans?|tins?|bottles?|bags?|packs?|packets?|boxes|bars?|altogether|total|cases?|and|is|was|were|instead|after|pls|will|a)\b)([a-z]{3,20}(?: [a-z]{3,20})?)[^a-z0-9]*$/
const ALONE =
  /^\s*(?:so |that's |making |which makes )?(\d{1,6})(?: units)?( (?:in total|in all|altogether|all told))?[\s.!]*$/
const NUMBER = new RegExp(`(?<![\\d.])${AMOUNT}(?![\\d.]*\\d)`, 'g')

/** Pairs products with the number in front, or else with the one behind. Numbers alone go to `loose`. */
function readSegment(
  segment: string,
  add: (mark: string, units: number | undefined, sure?: string) => void,
  loose: Wanted[],
): void {
  const found = [...segment.matchAll(new RegExp(NAME, 'g'))]
  if (found.length === 0) {
    for (const [, units, sure] of segment.matchAll(NUMBER))
      loose.push({ what: '', units: Number(units), ...(sure === VAGUE && { doubt: 'vague' }) })
    return
  }
  let from = 0
  for (const [place, { 0: mark, index }] of found.entries()) {
    const next = found[place + 1]?.index ?? segment.length
    const before = [...segment.slice(from, index).matchAll(NUMBER)].at(-1)
    const after = [...segment.slice(index + 1, next).matchAll(NUMBER)][0]
    const chosen = before ?? after
    add(mark, chosen === undefined ? undefined : Number(chosen[1]), chosen?.[2])
    // The number behind a name belongs to it when none stood in front: it must not count for the next name too.
    from = before === undefined && after !== undefined ? next : index + 1
  }
}

/** Items with a sure number; one product in several places is summed. */
export function itemsOf(wanted: readonly Wanted[]): readonly Item[] {
  const sums = new Map<Product, number>()
  for (const { what, units, doubt } of wanted) {
    if (typeof what === 'string' || units === undefined || units === 0 || doubt !== undefined) continue
    sums.set(what, (sums.get(what) ?? 0) + units)
  }
  return [...sums].map(([product, units]) => ({ product, units }))
}
