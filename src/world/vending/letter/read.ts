import type { Product } from '../products.ts'
import { lacksOf } from './address.ts'
import { caseSizeIn } from './amounts.ts'
import { accepted, readBefore } from './before.ts'
import { intentOf } from './intent.ts'
import { itemsOf, wantedIn, type Wanted } from './items.ts'
import { isEnglish } from './language.ts'
import type { Commitment, Item, Letter, Talk } from './letter.ts'
import { namesOf } from './names.ts'
import { prepare, sentencesOf } from './prepared.ts'
import { namesOwnPrice } from './prices.ts'
import { ownWords, withoutSpeech } from './quoted.ts'
import { goodsOf, signsOf } from './wants.ts'

export interface LetterContext {
  /** The subject line. It helps to tell what a letter is about; its quantities count where the letter has none. */
  readonly subject?: string
  /** What passed between the shop and this supplier before, in sentences. */
  readonly before: string
  readonly products: readonly Product[]
}

/**
 * What a supplier's office understands of a mail: its intent, and what it binds the shop to buy. No model, only rules,
 * read sentence by sentence; the same text always gives the same reading. Linear in the text, which the caller bounds.
 *
 * @param text the body of the mail
 */
export function readLetter(text: string, { subject = '', before, products }: LetterContext): Letter {
  const names = namesOf(products)
  const own = ownWords(text)
  const prepared = prepare(withoutSpeech(own), names)
  const title = prepare(subject, names)
  const earlier = readBefore(before, names)
  const said = sentencesOf(prepared).map(signsOf)
  const titled = sentencesOf(title).map(signsOf)
  const size = caseSizeIn(prepared) ?? caseSizeIn(prepare(before, names))
  const body = goodsOf(said, names, size)
  // An order in the subject line alone, over a body that holds the address.
  const goods =
    body.wanted.length + body.bare.length + body.named.length + body.loose.length > 0
      ? body
      : goodsOf([...titled, ...said], names, size)
  const all = [...goods.wanted, ...goods.bare, ...goods.named]
  const talk = {
    named: itemsOf(all),
    mentioned: [...new Set(all.flatMap(({ what }) => (typeof what === 'object' ? [what] : [])))],
  }
  if (!isEnglish(prepared)) return silent('unclear', talk, ['Please write to us in English.'])
  const lacks = lacksOf(`${subject}\n${own}`.toLowerCase())
  const kept = (wanted: readonly Wanted[]): readonly Wanted[] =>
    wanted.filter(({ what }) => typeof what === 'string' || !goods.without.includes(what))
  const wanted = kept(goods.wanted)
  const bare = kept(goods.bare)
  const intent = intentOf({
    said: said.length > 0 ? said : titled,
    wants: wanted.length,
    bare: bare.length,
    loose: goods.loose.length,
    goods: all.length,
    before: earlier,
    title: new Set(titled.flatMap(({ signs }) => [...signs])),
    lacks: lacks.length,
    text: prepared,
    ordered: earlier.open && wanted.some(({ what }) => earlier.last.some(({ product }) => product === what)),
  })
  const buys = [...wanted, ...bare]
  const commit = (kind: Commitment['intent'], items: readonly Item[]): Letter => ({
    ...talk,
    intent: kind,
    commits: true,
    items,
    lacks,
  })
  const hesitates = HESITATES.test(`${title}\n${prepared}`) || said.some(({ signs }) => signs.has('notYet'))
  const hesitations = hesitates ? [SURE] : []
  switch (intent) {
    case 'order': {
      // "We take the cola" of what was offered.
      const taken = buys.every(({ units }) => units === undefined)
        ? accepted(earlier, prepared, talk.mentioned, goods.without)
        : undefined
      if (
        taken !== undefined &&
        taken.length > 0 &&
        buys.every(({ what }) => taken.some(({ product }) => product === what))
      )
        return commit('confirm', taken)
      const questions = [...doubts(buys), ...hesitations]
      return questions.length > 0 ? silent('unclear', talk, questions) : commit('order', itemsOf(buys))
    }
    case 'confirm': {
      if (earlier.paid) return silent('confirm', talk)
      const questions = doubts(buys.filter(({ units }) => units !== undefined))
      const items =
        itemsOf(buys).length > 0
          ? itemsOf(buys)
          : withNumber(accepted(earlier, prepared, talk.mentioned, goods.without), goods.loose)
      if (items === undefined || items.length === 0 || questions.length > 0)
        return silent('unclear', talk, questions.length > 0 ? questions : [WHICH])
      return namesOwnPrice(own, before, items) ? silent('negotiate', talk) : commit('confirm', items)
    }
    case 'again': {
      const items = times(
        earlier.last.filter(({ product }) => !goods.without.includes(product)),
        prepared,
      )
      return items.length === 0 || hesitates
        ? silent('unclear', talk, items.length === 0 ? [WHICH] : hesitations)
        : commit('order', merged([...items, ...itemsOf(buys)]))
    }
    case 'change': {
      const added = itemsOf(said.flatMap(({ text: one }) => wantedIn(ADDED.exec(one)?.[1] ?? '', names, size).wanted))
      return added.length > 0 ? commit('change', added) : silent('change', talk)
    }
    case 'unclear':
      return silent('unclear', talk, doubts(buys).length > 0 ? doubts(buys) : [WHICH])
    case 'cancel': {
      const refused = [
        ...goods.refused.flatMap(({ what }) => (typeof what === 'object' ? [what] : [])),
        ...goods.without,
      ]
      return silent('cancel', { named: itemsOf(goods.refused), mentioned: [...new Set(refused)] })
    }
    case 'inquiry':
    case 'negotiate':
    case 'complaint':
    case 'refund':
    case 'decline':
    case 'other':
      return silent(intent, talk)
  }
}

// What is added to an order: up to the words that name the order.
const ADDED =
  /\b(?:add(?:ing)?|put(?: in)?|include|pop)\b(.*?)(?:\b(?:to|onto|with)\b[^.]*\b(?:order|delivery|it|that)\b|$)/

// Words that orders hardly ever hold. A rule that missed what they said must not cost the shop money: it is asked.
const HESITATES =
  /\b(?:yet|hold off|hold on|wait|for now|for the moment|at this stage|at this point|in principle|tentativ\w+|draft|provisional\w*|approval|comparing|decision|thinking|consider\w*|quotations?|quote|estimates?|availability|feasib\w+|hypothetical\w*|planning|ponder\w*|not sure|hesitat\w*|negotia\w*|cheaper|lower|reduced?|provided|conditions?|unless|only if|once you|depending|whether|pro ?forma|rfq|samples?)\b|%/
const SURE = 'Do you want to order these goods now? Then please send the order alone, without conditions or questions.'
const WHICH = 'Which products, and how many of each?'

function silent(
  intent: Talk['intent'],
  talk: Pick<Talk, 'named' | 'mentioned'>,
  questions: readonly string[] = [],
): Talk {
  return { ...talk, intent, commits: false, items: [], lacks: [], questions }
}

/** What must be asked before these wishes are an order. */
function doubts(wanted: readonly Wanted[]): readonly string[] {
  return wanted.flatMap(({ what, units, doubt }) => {
    if (doubt === 'unknown') return [`We do not know a product called ${typeof what === 'string' ? what : what.name}.`]
    if (typeof what === 'string') return [`Which ${what}?`]
    if (units === undefined) return [`How many ${what.name}?`]
    if (units === 0) return [`Zero ${what.name} is no order.`]
    if (doubt === 'vague') return [`How many ${what.name} exactly?`]
    return doubt === 'unsized' ? [`How many ${what.name} are in a case?`] : []
  })
}

/** "ok, 30 it is": a number alone is the number of the only product on offer. */
function withNumber(items: readonly Item[] | undefined, loose: readonly Wanted[]): readonly Item[] | undefined {
  const [item, ...others] = items ?? []
  const [number, ...more] = loose
  if (item === undefined || others.length > 0 || number?.units === undefined || more.length > 0) return items
  return [{ product: item.product, units: number.units }]
}

function merged(items: readonly Item[]): readonly Item[] {
  return itemsOf(items.map(({ product, units }) => ({ what: product, units })))
}

const FACTORS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:double|twice)\b/, 2],
  [/\b(?:triple|three times)\b/, 3],
  [/\bhalf\b/, 0.5],
]

/** The last order again, doubled or halved where the letter says so. */
function times(items: readonly Item[], letter: string): readonly Item[] {
  const factor = FACTORS.find(([pattern]) => pattern.test(letter))?.[1] ?? 1
  return items.map(({ product, units }) => ({ product, units: Math.ceil(units * factor) }))
}
