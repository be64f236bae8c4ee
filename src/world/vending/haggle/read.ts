import { reckonedPrice, rowOf } from './sums.ts'
import { figured, packIn, pricesIn, unitsIn, type Priced } from './terms.ts'

export const MOVES = [
  'accept',
  'condition',
  'counter',
  'final-offer',
  'ask-discount',
  'ask-price',
  'reject',
  'threaten-to-leave',
  'withdraw',
  'commit-volume',
  'other',
] as const
export type Move = (typeof MOVES)[number]

/** What a letter that negotiates comes to. */
export interface Haggled {
  readonly move: Move
  /** What is offered, asked for by a figure or accepted; null where nothing is named. */
  readonly unitPriceCents: number | null
  readonly units: number | null
  /** Whether it binds the shop to buy. */
  readonly binding: boolean
}

const has = (text: string, pattern: RegExp): boolean => pattern.test(text)

const ACCEPT =
  /\b(?:(?:i|we|i'll|we'll|gladly|happily|hereby)(?: \w+)? (?:accept|agree|take (?:it|them|that|the|your|\d+)|confirm)|accept(?:ed|ing)?\b|agreed\b|deal\b(?! in\b)|done\b|you(?:'ve| have) got (?:a deal|yourself)|it's a deal|go ahead|works for (?:us|me)|that(?:'s| is) (?:fine|good|fair|ok|okay|acceptable)|fine by (?:us|me)|sold\b|ship (?:it|them)|send (?:it|them|the|\d+)|put (?:us|me) down|count (?:us|me) in|ok(?:ay)?[,.!]|yes(?:[,.!]| to the price)|einverstanden|d'accord|va bene|de acuerdo|de acordo|combinado|akkoord|zgoda)/
const CONDITION =
  /\b(?:(?:only )?if\b|depends on|strike the|provided|providing|on (?:the )?condition|as long as|so long as|subject to|assuming|in case|conditional|with the proviso|once\b|unless|when you|falls?\b|wenn|mits|à condition)/
const FINAL =
  /\b(?:final (?:offer|price|word|figure|position|proposal|bid)|final[.!]|(?:not|never|won't) (?:be )?(?:go|going|pay|paying|offer|offering) (?:a cent |any )?(?:above|over|beyond|higher|more than)|(?:not|won't) (?:write|offer|ask|move|bid) (?:again|further|up)|last (?:offer|word|price|proposal)|not be making another|dying breath|best and final|take it or leave it|not (?:a|one) (?:cent|penny) (?:more|over|above)|my limit|our limit|no higher|that is all (?:i|we) (?:can|will))/
const WITHDRAW =
  /\b(?:withdraw\w*|(?:disregard|ignore|cancel|drop|void) (?:my|our) (?:\w+ )?(?:bid|offer|proposal|letter|request)|let (?:me|us) off|please stop\b|off my list|(?:won't|not) be making you any more|take back|(?:no longer|not) (?:stand(?:s|ing)? by|valid|interested|on the table)|off the table|retract\w*|forget (?:my|our|the|about)|(?:my|our) (?:offer|bid)(?: of [^.]{0,20})? (?:is|has) (?:lapsed|expired|void|gone)|cancel (?:my|our) (?:offer|bid)|call(?:ing)? (?:it|this) off)/
const LEAVE =
  /\b(?:(?:take|taking) (?:my|our) [^.]{0,20}(?:money|custom|business) to|lost (?:me|us)\b|(?:go|buy|shop|look|order|going|turn|walk|move|switch|take (?:my|our) (?:business|custom|orders?))[^.]{0,24}(?:elsewhere|away|(?:to|from|at) (?:another|some(?:one|body) else|a competitor|your competitor|them))|los(?:e|t|ing) (?:an?|your|this) (?:\w+ ){0,2}(?:customer|client|account)|another supplier|leave you|lose (?:us|me|our|this)|find someone else|other wholesalers?)/
const REJECT =
  /\b(?:caro\b|trop cher|zu (?:hoch|teuer)|za dużo|kallis\w*|δεν\b)|δεν |дорого|(?:^\W*(?:no|nah|nope)\b)|\b(?:no(?:,| thank)|too many|don't like|cannot continue|reject\w*|declin\w+|do without|rather not|refuse|can(?:'|no)t (?:accept|do|agree|pay|take)|cannot (?:accept|agree|pay|take)|won't (?:pay|accept|do|take)|will not (?:pay|accept)|not (?:accept\w*|interested|at that price|for us|going to)|too (?:high|much|expensive|dear|steep)|pass on|out of (?:the question|reach)|we(?:'ll| will) pass)/
const DISCOUNT =
  /\b(?:scope\b|allowance|beat (?:it|that|them)|desconto|discount\w*|better (?:price|rate|deal|terms)|(?:do|done) (?:about|on|with) the price|(?:come|go) (?:down|lower)|lower (?:price|it|that|the)|cheaper|do (?:any )?better|room (?:to|in|for)|knock (?:something|a bit|some)|rebate|price break|sharpen|reduc\w+|wiggle|special price|bulk (?:price|rate)|volume (?:price|rate|terms)|something off|(?:a (?:bit|little)|something|somewhat) less|movement|flexib\w+|rabatt?|remise|sconto|descuento)/
const ASK_PRICE =
  /\b(?:at what price|(?:best )?price for \d|fiyat|what(?:'s| is| are| would| do| does| will)[^.?]{0,40}(?:price|prices|cost|charge|rate|per unit|each)|how much|price list|send (?:me |us )?(?:a |your )?(?:quote|prices|price list)|quote (?:me|us)|your (?:best )?price|was kostet|combien|quanto cost)/
const HEDGED =
  /\b(?:probably|perhaps|maybe|let me (?:think|check|ask|sleep)|get back to you|leaning|sounds (?:good|fair|promising)|i think so|in principle|tempted|consider\w*(?! (?:this|it|that) (?:an?|our|my|the|done|settled))|not decided|will let you know)/

/**
 * Reads a letter that negotiates with a wholesaler: its move, the price it offers, asks for or accepts, its units, and whether it binds. Pure.
 *
 * @param before what went before: a short acceptance takes its terms from there
 */
export function readHaggle({
  subject,
  body,
  before,
}: {
  readonly subject: string
  readonly body: string
  readonly before: string
}): Haggled {
  const text = figured(body.replaceAll(/^\s*>.*$/gm, ' '))
  const offer = figured(before)
  const pack = packIn(text) ?? packIn(offer)
  const all = pricesIn(offer)
  const open = all.filter(({ start }) => !NOT_OFFERED.test(offer.slice(Math.max(0, start - 28), start)))
  const [offered] = (
    /\blist\b/.test(text) ? open.filter(({ start }) => /\blist\s*$/.test(offer.slice(0, start))) : []
  ).concat(open.toReversed())
  const offeredUnits = unitsIn(offer).at(-1) ?? null
  const offers = open.map(({ cents }) => cents)
  const base = { offered: offered?.cents, own: lastSaid(all, offer, OWN_SAID), rival: lastSaid(all, offer, RIVAL_SAID) }
  const row = rowOf(text)
  const reckoned = row?.cents ?? reckonedPrice(text, base)
  const named =
    reckoned ??
    ownPrice(text, offered?.cents, pack) ??
    (has(text, ASK_PRICE) ? undefined : bareCents(text, offered?.cents, offeredUnits))
  const units = row?.units ?? unitsWith(text, pack, named) ?? null
  const onOffer = new Set(offers)
  const repeated = pricesIn(text, pack)
    .map(({ cents }) => cents)
    .findLast((cents) => onOffer.has(cents))
  const isYes = (has(text, ACCEPT) || has(text, ORDERS)) && !has(text, DENIED)
  const price =
    isYes && repeated !== undefined && reckoned === undefined && !has(text, FINAL) && !asksFor(named, text, pack)
      ? repeated
      : perUnit(named, units ?? offeredUnits, offered?.cents)
  const taken =
    price !== undefined && (onOffer.has(price) || (isYes && /%|per ?cent/.test(offer) && /%|per ?cent/.test(text)))
  const first = moveOf(`${text}\n${subject.toLowerCase()}`, text, price, taken, offered !== undefined)
  const isOther = first === 'accept' || (first === 'other' && taken)
  const move = isOther && isFewer(units, offeredUnits, `${text} ${offer}`) ? 'counter' : first
  const takes = first === 'accept' || move === 'condition' || move === 'commit-volume'
  return {
    move,
    unitPriceCents: ['withdraw', 'reject', 'other', 'ask-price', 'ask-discount', 'threaten-to-leave'].includes(move)
      ? null
      : (price ?? (takes ? (offered?.cents ?? null) : null)),
    units: move === 'reject' ? null : (units ?? (takes ? offeredUnits : null)),
    binding: move === 'accept' || move === 'commit-volume',
  }
}

/** @param taken the price named is one that was on offer */
function moveOf(all: string, text: string, named: number | undefined, taken: boolean, isPriced: boolean): Move {
  if (has(all, WITHDRAW)) return 'withdraw'
  if (has(all, FINAL)) return 'final-offer'
  if (has(text, OPEN)) return 'other'
  const refuses = has(text, DENIED)
  if (
    /\b(?:i|we|i'll|we'll|offer|price|bid|counter|must|will) (?:remain|stand|stay|stick|hold)(?:s|ing)? at\b/.test(
      text,
    ) &&
    named !== undefined
  )
    return 'counter'
  const yes = has(text, ACCEPT) || has(text, ORDERS)
  const other = named !== undefined && !taken
  if (yes && !refuses && has(text, HEDGED) && !other) return has(text, CONDITION) ? 'condition' : 'other'
  if (
    !other &&
    !refuses &&
    (yes ||
      (taken &&
        /\b(?:the|you|please|at|for|we|i|of|is)\b/.test(text) &&
        !has(text, REJECT) &&
        !asksFor(named, text, undefined) &&
        !/\?\s*$/.test(text.trim())))
  ) {
    if (has(text, CONDITION) && (!has(text, WISH) || isTiedTo(text))) return 'condition'
    if (
      /\b(?:monthly|a month|per month|every (?:week|month)|each (?:week|month)|weekly)\b/.test(text) &&
      has(
        text,
        /\b(?:commit|framework|enter us|standing order|sign us up|through|until|till|january|(?:\d+|six|next \w+) months|year)\b/,
      )
    )
      return 'commit-volume'
    return /\b(?:in place of|instead of|rather than) \d/.test(text) ? 'counter' : 'accept'
  }
  if (has(all, LEAVE) && named === undefined) return 'threaten-to-leave'
  if (other) return 'counter'
  if (has(text, REJECT) && !has(text, DISCOUNT)) return 'reject'
  if (!isPriced && has(text, ASK_PRICE)) return 'ask-price'
  if (has(text, DISCOUNT)) return 'ask-discount'
  if (has(text, ASK_PRICE)) return 'ask-price'
  return has(text, REJECT) ? 'reject' : 'other'
}

const OPEN =
  /\b(?:no order|not (?:an order|a confirmation)|collecting prices|does the [^?]{0,60}include|before i (?:write|say|sign|decide))\b/
const DENIED =
  /\b(?:can(?:'|no)t|cannot|won't|not|never|don't|reject\w*) (?:\w+ )?(?:accept|agree|take|like|a deal|done)\b|\brejected\b|^\W*(?:no|nah|nope)\b/
const ORDERS =
  /\b(?:please (?:send|ship|deliver|enter|book)|hereby order|purchase order|ship\b|i'm in\b|we'd like to proceed|acceptable to us|our acceptance|content to pay|suits? us|it's a yes|go (?:on|for)\b|perfect\b|bags please|one\W*$|then\W+at\b|c'est entendu|ja tak|vi tar|согласны|confermo|bestellen|nehmen wir)|согласны/
const WISH =
  /\b(?:if you(?:'ll| will) allow|if you (?:could|can|like|have)|should there be|could you (?:also )?(?:put|add)|if the driver)\b/

/** The units of the sentence that names the price and asks for so many; else the first that the letter names. */
function unitsWith(text: string, pack: number | undefined, named: number | undefined): number | undefined {
  const fits = (each: number): boolean => each !== named && 100 * each !== named
  const asking = text
    .split(/(?<=[.!?])\s/)
    .filter((sentence) => /\b(?:let|have|take|send|ship|order|want|need)\b/.test(sentence))
    .filter((sentence) => named === undefined || pricesIn(sentence, pack).some(({ cents }) => cents === named))
    .flatMap((sentence) => unitsIn(sentence, pack).filter(fits).slice(0, 1))
  return asking[0] ?? unitsIn(text, pack).find(fits)
}

/** The yes hangs on its own sentence's condition: "if you can bring it by Friday, it is a yes". */
function isTiedTo(text: string): boolean {
  return text
    .split(/[.!?\n]+\s/)
    .some(
      (sentence) =>
        /\b(?:if|provided|unless|as long as)\b/.test(sentence) &&
        /\b(?:yes|deal|agreed|accept|done|order|take)\b/.test(sentence) &&
        !/\bif you(?:'ll| will) allow\b|\bif you (?:like|have)\b/.test(sentence),
    )
}

/** Another price than the one on offer, asked for in a question: whatever else is said, it is no acceptance. */
function asksFor(cents: number | undefined, text: string, pack: number | undefined): boolean {
  return text
    .split(/(?<=[.!?])\s/)
    .some((sentence) => /\?[!?]*\s*$/.test(sentence) && pricesIn(sentence, pack).some((price) => price.cents === cents))
}

/** Fewer than the least that is sold, or than what was offered, and said to be so. */
function isFewer(units: number | null, offeredUnits: number | null, text: string): boolean {
  return (
    units !== null &&
    offeredUnits !== null &&
    units < offeredUnits &&
    /\bminimum\b|\b(?:only|just) \d|\bno more than\b|\btoo many\b/.test(text)
  )
}

/** "55?" "At 49": a whole number near the price on offer is in cents. */
function bareCents(text: string, offered: number | undefined, offeredUnits: number | null): number | undefined {
  if (offered === undefined) return undefined
  // "3 flat", for what costs dollars.
  const dollars = 100 * Number(/^\W*(\d{1,2}) (?:flat|even|then|tops|and (?:done|we))\b/.exec(text)?.[1] ?? 0)
  if (dollars >= 0.6 * offered && dollars <= 1.4 * offered && offered >= 100) return dollars
  const candidates = [
    ...text.matchAll(
      /(?<![\d.,$#:/-])(\d{2,3})(?![\d%]|[.,:]\d|\s*(?:days?|weeks?|units?|packs?|bags?|cans?|bottles?|pieces?|o'clock|per ?cent))/g,
    ),
  ]
    .map(({ 1: number, index }) => ({ cents: Number(number), before: text.slice(Math.max(0, index - 14), index) }))
    .filter(({ cents }) => cents !== offeredUnits && cents >= 0.6 * offered && cents <= 1.4 * offered)
  const priced = candidates.findLast(({ before }) => /\b(?:to|at|say|pay|for|do|it|is|write|make it)\s*$/.test(before))
  return (
    priced ?? candidates.findLast(({ before }) => !/\b(?:of|the|all|need|want|just|only|take|order)\s*$/.test(before))
  )?.cents
}

/** A sum for all of the units is a price of one. */
function perUnit(cents: number | undefined, units: number | null, offered: number | undefined): number | undefined {
  if (cents === undefined || units === null || units < 2 || offered === undefined || cents < 4 * offered) return cents
  return Math.round(cents / units)
}

/** Prices before a letter that were not the wholesaler's. */
const NOT_OFFERED =
  /\b(?:buyer|shopkeeper|counter|asked for|last said|wanted|competitor at|rival at|from)[^.;$]{0,16}[$]?$/

const OWN_SAID = /\b(?:buyer|shopkeeper|shop|counter|asked for|last said|wanted)[^.;$]{0,16}[$]?$/
const RIVAL_SAID = /\b(?:competitor|rival)\b[^.;$]{0,16}[$]?$/

function lastSaid(prices: readonly Priced[], text: string, who: RegExp): number | undefined {
  return prices.findLast(({ start }) => who.test(text.slice(Math.max(0, start - 30), start)))?.cents
}

/** Not what is offered now: what it cost once, or what somebody would have said. */
const PAST =
  /\b(?:cost|was|were|when|would have|'d have|had been|began|started|bills?|calculator|year|winter|once)\b[^.;$]{0,40}[$]?$/
const RIVAL =
  /\b(?:competitor|rival|elsewhere|other (?:supplier|wholesaler|place|shop)s?|another (?:supplier|wholesaler)|they (?:charge|offer|quote|sell|ask|want)|(?:my|our|a|his|her) \w+ (?:gets?|pays?|buys?|bought|found|paid) |across town|down the road|online|last (?:year|month|week|time)|used to|retail|i sell|we sell|sells? (?:for|at))\b[^.;]{0,60}$/
const ASKED = /\b(?:your|you|list|quoted|asking|from|instead of|not|rather than|than|at)\b[^.;$\d]{0,16}$/

const SHARE =
  /\b(?:minus|less) (\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)|(\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)[^.]{0,30}\b(?:off|below|under|less|lower|discount|reduction|cheaper)|\b(?:discount|reduction|cut|take|knock|down by|off by)[^.\d]{0,12}(\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)/g

/** The price that the writer stands for: the last that is neither a rival's nor the one quoted back; a share off the offer. */
function ownPrice(text: string, offered: number | undefined, pack: number | undefined): number | undefined {
  const share = [...text.matchAll(SHARE)].at(-1)
  const prices = pricesIn(text, pack).filter(
    ({ start, end }) =>
      (!RIVAL.test(text.slice(Math.max(0, start - 90), start)) || /\bmatch\b/.test(text)) &&
      !/^[^.;!?\d]{0,20}\b(?:elsewhere|down the road)\b/.test(text.slice(end)),
  )
  const mine = prices.filter(
    (each) =>
      !isQuotedBack(each, text, offered) &&
      !(prices.length > 1 && PAST.test(text.slice(Math.max(0, each.start - 60), each.start))),
  )
  // Several lines or ways: the first stands for the letter.
  const chosen = /\beither\b|\||\{|\n\s*\d\)|\bor \S{1,8} for \d/.test(text) ? mine[0] : mine.at(-1)
  if (chosen !== undefined) return chosen.cents
  const off = share?.slice(1).find((each) => each !== undefined)
  if (off !== undefined && offered !== undefined) return Math.round(offered * (1 - Number(off) / 100))
  return prices.at(-1)?.cents
}

function isQuotedBack({ cents, start }: Priced, text: string, offered: number | undefined): boolean {
  return cents === offered && ASKED.test(text.slice(Math.max(0, start - 30), start))
}
