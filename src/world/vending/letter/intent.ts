import type { Before } from './before.ts'
import { NAME } from './names.ts'
import { MONEY } from './prepared.ts'
import type { Intent } from './letter.ts'
import type { Said } from './wants.ts'
import type { Sign } from './signs.ts'

/** What the sentences of a letter come to. */
export interface Reading {
  readonly said: readonly Said[]
  /** Goods asked for in so many words, goods only named, numbers next to nothing: how many of each. */
  readonly wants: number
  readonly bare: number
  readonly loose: number
  /** All of them together, wherever they stand. */
  readonly goods: number
  readonly before: Before
  /** Signs of the subject line. */
  readonly title: ReadonlySet<Sign>
  readonly lacks: number
  /** Goods asked for are among those of an open order. */
  readonly ordered: boolean
  /** The whole prepared text. */
  readonly text: string
}

/** Something that a rule looks for, and the intent of the letters that have it. The first rule that holds decides. */
type Rule = readonly [intent: Intent | 'again', holds: (reading: Reading, any: Any) => boolean]
type Any = (sign: Sign, but?: (said: Said) => boolean) => boolean

const OURS =
  /\b(?:my|our|yesterday's|today's|this morning's|\w+day's|tomorrow's|the|that|previous|earlier)\b[^.?!]{0,30}\b(?:order|delivery|standing order)\b|\bour order\b|\bordered\b|\b(?:on|in|to|of) order\b/
const OTHER_THING = /\b(?:discount|quot\w+|quote|question|price|inquiry|enquiry|offer|what i (?:said|asked|wrote))\b/
const REPLACED =
  /\b(?:missing|rest|remaining|remainder|replacements?|resend|re-send|outstanding|owed|paid for|have been paid|as ordered|mine|proper|right ones|correct ones)\b/
const YOURS =
  /\b(?:you(?:r)? (?:offer|quote|quotation|proposal|price)|the (?:offer|quote|quotation|proposal|subscription))\b/

const isQuestion = ({ question, signs }: Said): boolean => question && !signs.has('politely')
const isSure = (said: Said): boolean => !isQuestion(said) && !said.signs.has('condition')

const BUYS =
  /\b(?:i|we)(?:'d|'ll| would| will| can| could| am ready to)?(?: then| gladly| be)? (?:take|order|buy|have|commit|go for|want)\b|\bcount (?:me|us) in\b|\bdeal\b|\border\b/
// What a condition must touch to bear on a deal: "if you come early, ring twice" does not.
const STAKES = new RegExp(
  `${NAME}|${MONEY}|%|\\d|\\b(?:orders?|take|buy|price|prices|none|nothing|deal|them|it|any|agree|proceed|go ahead)\\b`,
)
const TRADE = new RegExp(
  `${NAME}|${MONEY}|%|\\b(?:order\\w*|deliver\\w*|price\\w*|stock|minimum|cheap\\w*|snacks?|drinks?|goods|products?|conditions|costs?|discount\\w*|invoice|pay\\w*|terms|charged?|cases?|return\\w*|take back|sell|range|catalog\\w*|lead|ship\\w*|offer\\w*|carry|supply|status|arrive|reach|quantit\\w+|units?|account)\\b`,
)
const CHAT = /\b(?:wasn't|weren't|remember|can you imagine|isn't (?:it|that)|did you see|how's|how is|how are you)\b/

// Of the rules that hold, the first decides. Those that buy nothing come first where a letter could mean either.
const RULES: readonly Rule[] = [
  ['negotiate', (_, any) => any('condition', ({ question, text, signs }) => !question && /\bunless\b/.test(text) && (signs.has('refuses') || signs.has('unwants') || signs.has('request')))],
  ['cancel', ({ wants }, any) => any('cancels', (one) => isCancel(one) && (wants === 0 || /\bcancel/.test(one.text))) && !any('again', ({ signs }) => signs.has('request') && !signs.has('cancels'))],
  ['change', ({ before }, any) => (before.ordered || before.offered) && any('cancels', isCancel)],
  ['cancel', ({ wants, before, bare, text }, any) => wants + bare === 0 && before.ordered && before.offers.length === 0 && any('unwants', isSure) && !(PRICES.test(text) && (!before.open || any('notYet'))) && (before.open || !any('notYet')) && !any('changes', ({ text, signs }) => OURS.test(text) && !signs.has('unwants'))],
  ['refund', ({ before, wants }, any) => wants === 0 && (any('refunds', (one) => !isQuestion(one) && (!one.signs.has('pleased') || /\b(?:but|prefer|please|rather|want|still|not)\b/.test(one.text)) && !one.signs.has('condition')) || (before.refundPromised && !any('pleased')))],
  ['again', ({ before }, any) => (before.last.length > 0 || before.ordered) && any('again', (one) => isSure(one) && REPEATS.test(one.text) && (one.signs.has('request') || !one.signs.has('past'))) && !any('complains')],
  ['change', ({ before, wants, bare, text }, any) => !(before.offered && !before.ordered) && !any('haggles') && (before.open || ((OURS.test(text) || before.ordered) && wants + bare === 0)) && !any('complains', isMixUp) && any('changes', (one) => !one.signs.has('priceAsk'))],
  ['change', ({ ordered, text, lacks }, any) => ordered && lacks > 0 && !MORE.test(text) && !any('accepts')],
  ['change', ({ before, goods, lacks, said }) => before.open && (goods === 0 || lacks > 0) && said.some(({ text }) => ERRAND.test(text))],
  ['complaint', ({ wants, said, before }, any) => any('complains', (one) => !one.signs.has('condition') && !one.signs.has('maybe') && !one.signs.has('priceAsk')) && (wants === 0 || said.some(({ text, signs }) => signs.has('request') && REPLACED.test(text))) && !any('haggles', ({ text }) => /\bnext order\b|\border of\b/.test(text)) && !any('accepts', () => before.offered)],
  ['decline', ({ wants, before, text }, any) => wants === 0 && any('declines', (one) => !isQuestion(one) && !one.signs.has('condition')) && (before.offered || YOURS.test(text)) && !any('haggles', ({ question, text: one }) => question || /\b(?:if|otherwise)\b/.test(one)) && !any('condition')],
  ['negotiate', (_, any) => any('haggles', ({ signs, question }) => (question || signs.has('condition') || !signs.has('accepts')) && !isTale(signs))],
  ['negotiate', ({ said }, any) => any('condition', ({ question, signs, text }) => !question && !follows(said, text) && STAKES.test(text) && (BUYS.test(text) || (signs.has('request') && !signs.has('maybe')) || signs.has('accepts') || signs.has('refuses') || (/\d/.test(text) && !signs.has('maybe'))))],
  ['confirm', ({ before }, any) => (before.offered || before.paid) && any('accepts', (one) => isSure(one) || /\byes\b/.test(one.text)) && !any('notYet', ({ signs }) => !signs.has('accepts'))],
  ['confirm', ({ before, lacks, goods, said }, any) => before.asked && lacks === 0 && goods === 0 && !said.some(({ question }) => question) && !any('notYet') && !any('declines')],
  ['inquiry', ({ said, title }, any) => any('notYet') && (any('priceAsk') || any('maybe') || title.has('priceAsk') || said.some((one) => isQuestion(one) && isTrade(one)) || !any('past'))],
  ['other', (_, any) => any('notYet')],
  ['order', ({ wants }) => wants > 0],
  ['again', ({ before }, any) => (before.last.length > 0 || before.ordered) && any('again', isSure) && !any('complains')],
  ['order', ({ bare, title, said }, any) => bare > 0 && !title.has('priceAsk') && !title.has('maybe') && !any('priceAsk') && !any('maybe') && !said.some(isQuestion)],
  // A price named against an offer, which is no acceptance, haggles.
  ['negotiate', ({ before, text }, any) => before.offered && /[¤%]/.test(text) && !any('priceAsk')],
  ['unclear', ({ loose, goods, lacks, text, said }, any) => any('again', (one) => isSure(one) && REPEATS.test(one.text)) && !any('priceAsk') || (loose > 0 && !any('past') && !any('priceAsk') && !said.some((one) => one.question && (isTrade(one) || goods > 0))) || (goods === 0 && lacks === 0 && /\d/.test(text) && !said.some((one) => isTrade(one)) && !any('priceAsk'))],
  ['unclear', ({ text, lacks }) => lacks === 0 && /\b(?:leave it to you|up to you|you (?:choose|decide|know)|whichever)\b/.test(text)],
  ['inquiry', ({ said, title }, any) => any('priceAsk') || title.has('priceAsk') || (said.some((one) => (one.question || WONDERS.test(one.text)) && isTrade(one)) && !any('pleased'))],
  ['unclear', ({ bare, text }, any) => bare > 0 || (VAGUE.test(text) && !any('past', ({ signs }) => !signs.has('request'))) || (any('accepts', ({ text: one }) => one.length < 40) && !any('past') && !any('pleased'))],
  ['unclear', (_, any) => any('request', ({ text }) => WISHES.test(text) && !WONDERS.test(text) && !/\bno need|not\b/.test(text))],
  ['inquiry', ({ said, goods }) => said.some((one) => one.question && !CHAT.test(one.text)) && (goods > 0 || said.length < 4)],
  ['inquiry', (_, any) => any('maybe', ({ text }) => /\d/.test(text))],
  ['unclear', ({ goods, said }, any) => goods > 0 && !said.some(({ question }) => question) && !any('past') && !any('pleased') && said.length < 4],
  ['decline', ({ before, said }) => before.offered && !said.some(({ question }) => question) && said.some(({ text }) => /\b(?:no|not|never|nothing|sorry|unfortunately|afraid|regret\w*)\b|n't\b/.test(text))],
  ['unclear', ({ lacks }, any) => lacks === 0 && any('request') && !any('pleased')],
] // prettier-ignore

// What a driver is asked to do with goods that are on their way.
const ERRAND =
  /\b(?:could|can|would|please|kindly|might)\b[^.?!]{0,30}\b(?:come|bring|ring|leave|wait|knock|call|use|drop)\b/
const MORE = /\b(?:more|another|extra|additional|further|again|also|new order|second order|separate)\b/
const WONDERS =
  /\b(?:whether|(?:let (?:me|us) know|tell (?:me|us)|need to know|like to know|wonder\w*|learn) (?:if|what|when|which|how|whether|by))\b/
const REPEATS =
  /\bsame\b|\busual\b|\brepeat\b|\bas (?:last|always|usual)\b|\blast (?:week|month|time)'s\b|\b(?:our|my|the) (?:last|previous|usual) (?:order|quantity)\b|\bre-?order\b|\blike last\b|\bagain\b/
// Whoever asks for prices and wants nothing sent yet cancels nothing, unless something is on its way.
const PRICES = /\b(?:prices?|priced|pricing|costs?|quot\w+|how much)\b/
const VAGUE =
  /\b(?:some|few|attached|attachment|enclosed|spreadsheet|pdf|phone|discussed|the usual|something|couple|several|lots|bits|whatever|whichever|leave it to you|up to you|you (?:choose|decide))\b/
const WISHES = /\b(?:order|need|requirements?|send|want|goods|stock|supply)\b/

function isCancel(one: Said): boolean {
  return (
    isSure(one) && !one.signs.has('haggles') && !OTHER_THING.test(one.text) && !/\byou (?:have )?cancel/.test(one.text)
  )
}

// "We got tea instead of cola" tells of a change that the supplier made.
function isMixUp({ text }: Said): boolean {
  return /\b(?:wrong|instead|but)\b/.test(text) && /\b(?:received|got|sent|delivered|charged)\b/.test(text)
}

// "Are they vegan? I'd take 20 if they are" asks first, and tells why.
function follows(said: readonly Said[], condition: string): boolean {
  const asked = said.findIndex((one) => isQuestion(one) && !one.signs.has('haggles'))
  return (
    asked >= 0 &&
    asked < said.findIndex(({ text }) => text === condition) &&
    !/¤|%|\bsend\b|\border\b(?! by)/.test(condition)
  )
}

function isTrade({ text }: Said): boolean {
  return TRADE.test(text) && !CHAT.test(text)
}

function isTale(signs: ReadonlySet<Sign>): boolean {
  return signs.has('pleased') || (signs.has('past') && !signs.has('request') && signs.size <= 2)
}

/** What a letter is about: the first rule that holds; `other` where none does. */
export function intentOf(reading: Reading): Intent | 'again' {
  const any: Any = (sign, but = () => true) => reading.said.some((one) => one.signs.has(sign) && but(one))
  return RULES.find(([, holds]) => holds(reading, any))?.[0] ?? 'other'
}
