import type { Product } from '../products.ts'
import { wantedIn, type Wanted } from './items.ts'
import { NAME, type Names } from './names.ts'
import type { Sentence } from './prepared.ts'
import { SIGNS, type Sign } from './signs.ts'

/** What a sentence does with the goods that it names. */
export type Stance = 'wants' | 'bare' | 'asks' | 'maybe' | 'depends' | 'past' | 'refuses' | 'acts'

/** A sentence with its signs. */
export interface Said extends Sentence {
  readonly signs: ReadonlySet<Sign>
}

export function signsOf(sentence: Sentence): Said {
  const harmless: Readonly<Partial<Record<Sign, RegExp>>> = { priceAsk: AT_PRICE, past: TO_BE_DONE }
  const names = KINDS.filter((name) => {
    const without = harmless[name]
    return SIGNS[name].test(without === undefined ? sentence.text : sentence.text.replace(without, ' '))
  })
  return { ...sentence, signs: new Set(names) }
}

const KINDS = Object.keys(SIGNS).filter((name): name is Sign => name in SIGNS)
// "to be delivered here and charged there" is no tale of the past.
const TO_BE_DONE =
  /\bto be \w+ed\b(?:[^.]{0,40}?\band(?: to be)? \w+ed\b)?|\b(?:delivered|shipped|charged|billed|sent)(?: to| at| on)? ,/g
// "at the list price" names a price and asks for none.
const AT_PRICE =
  /\b(?:at|for|per|by|to|as per)(?: the| your| our)?(?: \w+)? (?:prices?|list|quot(?:e|ation))\b(?: of)?|\bprices? as per\b|\btotal cost\b/g

/** Everything a letter says about goods, by what it does with them. */
export interface Goods {
  /** Asked for in so many words. */
  readonly wanted: readonly Wanted[]
  /** Named with a quantity and nothing more, as in a list without a heading. */
  readonly bare: readonly Wanted[]
  /** Named in questions, conditions, tales and refusals. */
  readonly named: readonly Wanted[]
  /** Those of `named` that are cancelled or sent back. */
  readonly refused: readonly Wanted[]
  readonly without: readonly Product[]
  /** Numbers next to nothing. */
  readonly loose: readonly Wanted[]
}

const GOODS = new RegExp(NAME)
const ASIDE = /\(([^()\n]{0,200})\)/g
const CLAUSES =
  /,?\s+(?:but|so(?! (?:good|kind|much|many|far|long|that|as|nice)\b)|however|although|though|because|since|as we|as i|whereas|while)\s+|,\s*(?:and )?(?=(?:please|kindly|we|i|you|could|can|this time)\b)|,\s*(?=not \d)|\s+and (?=(?:please|kindly|we|i|charge|bill|could|would)\b)|\s+[-–—]+\s+|:\s+(?=(?:please|we|i|could|would|send|ship|supply|deliver)\b)/
const TOTAL = /\b(?:in total|in all|altogether|all told)\b/
const SENDS = /\b(?:let's go for|let's have|i'll have|we'll have|send|ship|supply|deliver|order|need|dispatch|take)\b/
const OVERRIDE =
  /^(?:so|no|sorry|wait|hmm+|actually|rather|i mean|make|correction|scratch|or rather|oops|better|in fact|just|that is|well|to be exact|let's say|let's go for|let's make it|please send|send|this time|no wait|ok)\b/

const LASTING: ReadonlySet<Stance> = new Set(['asks', 'maybe', 'acts', 'depends'])

/** Reads the goods out of a letter sentence by sentence, each clause by what it does. */
export function goodsOf(said: readonly Said[], names: Names, caseSize: number | undefined): Goods {
  const [wanted, bare, named, loose]: [Wanted[], Wanted[], Wanted[], Wanted[]] = [[], [], [], []]
  const refused: Wanted[] = []
  const without: Product[] = []
  let heading: Stance = 'bare'
  for (const sentence of said) {
    const whole = stanceOf(sentence)
    let before: Stance = heading
    for (const clause of clausesOf(sentence, whole)) {
      const stance = clause.stance === 'bare' ? before : clause.stance
      before = stance
      const found = wantedIn(clause.text, names, caseSize)
      without.push(...found.without)
      if (stance === 'acts' || stance === 'refuses') refused.push(...found.wanted)
      const into = stance === 'wants' ? wanted : stance === 'bare' ? bare : named
      // A name without a number is half an order next to other amounts, and a mere mention elsewhere.
      const counts = stance === 'wants' || found.wanted.some(({ units }) => units !== undefined)
      ;(counts ? into : named).push(...found.wanted)
      if (stance !== 'wants' && stance !== 'bare') continue
      if (found.wanted.length === 0 && found.loose.length > 0)
        override(clause.text, found.loose, [wanted, bare, named], loose)
    }
    // A heading speaks for the list below it, until something else is said.
    if (sentence.text.endsWith(':')) heading = whole
    else if (!sentence.listed && !GOODS.test(sentence.text)) heading = LASTING.has(whole) ? whole : 'bare'
    else if (!sentence.listed && whole !== 'bare') heading = 'bare'
  }
  return { wanted, bare, named, refused, without, loose }
}

/** "no, make that 30": a number alone replaces the last one said, or belongs to the only product spoken of. */
function override(
  text: string,
  numbers: readonly Wanted[],
  [wanted, bare, named]: readonly [Wanted[], Wanted[], Wanted[]],
  loose: Wanted[],
): void {
  const number = numbers.at(-1)
  const list = wanted.length > 0 ? wanted : bare
  const last = list.at(-1)
  if (number === undefined) return
  if (
    last !== undefined &&
    (OVERRIDE.test(text.trim()) || TOTAL.test(text) || last.units === undefined || last.doubt !== undefined)
  ) {
    if (last.units === undefined || OVERRIDE.test(text.trim()) || TOTAL.test(text))
      list[list.length - 1] = { what: last.what, units: number.units, ...(number.doubt && { doubt: number.doubt }) }
    return
  }
  const spoken = new Set(named.map(({ what }) => what))
  const [only] = spoken
  if (last === undefined && spoken.size === 1 && only !== undefined && SENDS.test(text))
    wanted.push({ ...number, what: only })
  else loose.push(number)
}

interface Clause {
  readonly text: string
  readonly stance: Stance
}

function clausesOf({ text, signs, question, listed }: Said, whole: Stance): readonly Clause[] {
  // A condition, a question and a "perhaps" hold for all of their sentence.
  if (whole === 'depends' || (whole === 'asks' && question) || whole === 'maybe') return [{ text, stance: whole }]
  const asides: string[] = []
  const main = text.replace(ASIDE, (all, inner: string) => {
    if (!SIGNS.past.test(inner) && !SIGNS.maybe.test(inner) && !SIGNS.refuses.test(inner)) return all
    asides.push(inner)
    return ' '
  })
  const parts = [...main.split(CLAUSES), ...asides].filter((part) => part.trim() !== '')
  if (parts.length === 1) return [{ text: main, stance: whole }]
  return parts.map((part) => ({
    text: part,
    stance: stanceOf(signsOf({ text: part.trim(), question: question && signs.has('politely'), listed })),
  }))
}

const UNSURE =
  /\b(?:whether|quotations?|quotes?|estimates?|information|wonder\w*|possibl[ey]|consider\w*|perhaps|maybe|feasible|indicat\w+|prices?|costs?)\b/
const POSSIBLE =
  /\b(?:if|as \w+ as|where|whenever|when|earliest|fastest) possible\b|\b(?:at|for|per|by|as per)(?: the| your| our)?(?: \w+)? (?:prices?|list|quot(?:e|ation)|cost)\b|\b(?:total|the) costs?\b|\bprices? as per\b/g

// What stands in an order or on an invoice is told, not asked for.
const PAPERS =
  /\b(?:my|our|your|the) (?:order|confirmation|delivery|invoice|statement|list)\b[^.]{0,30}\b(?:says?|names?|lists?|shows?|reads?|of)\b/

/** What one sentence, or one clause of it, does with the goods in it. */
export function stanceOf({ signs, question, text }: Said): Stance {
  const has = (...any: readonly Sign[]): boolean => any.some((sign) => signs.has(sign))
  if (has('condition')) return 'depends'
  if (has('notYet')) return 'maybe'
  if (has('priceAsk')) return 'asks'
  if (question && !(has('politely') && !has('haggles', 'maybe'))) return 'asks'
  if (has('maybe') && !/^(?:order|we need)/.test(text)) return 'maybe'
  if (has('haggles') && !has('accepts')) return 'asks'
  if (has('refuses', 'unwants')) return 'refuses'
  if (has('cancels', 'refunds')) return 'acts'
  if (has('complains')) return 'past'
  if (UNSURE.test(text.replace(POSSIBLE, ' ')) && !has('accepts', 'politely')) return 'asks'
  if (has('request', 'politely')) return 'wants'
  if (has('past', 'pleased') || PAPERS.test(text)) return 'past'
  return 'bare'
}
