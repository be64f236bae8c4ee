import { figured, pricesIn, unitsIn, type Priced } from './terms.ts'

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
  /\b(?:(?:i|we|i'll|we'll|gladly|happily|hereby)(?: \w+)? (?:accept|agree|take (?:it|them|that|the|your|\d+)|confirm)|accept(?:ed|ing)?\b|agreed\b|deal\b(?! in\b)|done\b|you(?:'ve| have) got (?:a deal|yourself)|it's a deal|go ahead|works for (?:us|me)|that(?:'s| is) (?:fine|good|fair|ok|okay|acceptable)|fine by (?:us|me)|sold\b|ship (?:it|them)|send (?:it|them|the|\d+)|put (?:us|me) down|count (?:us|me) in|ok(?:ay)?[,.!]|yes[,.!]|einverstanden|d'accord|va bene|de acuerdo|akkoord)/
const CONDITION =
  /\b(?:(?:only )?if\b|depends on|strike the|provided|providing|on (?:the )?condition|as long as|so long as|subject to|assuming|in case|conditional|with the proviso|once\b|unless|when you|falls?\b|wenn|mits|à condition)/
const FINAL =
  /\b(?:final (?:offer|price|word|figure|position|proposal)|last (?:offer|word|price|proposal)|not be making another|dying breath|best and final|take it or leave it|not (?:a|one) (?:cent|penny) (?:more|over|above)|my limit|our limit|no higher|that is all (?:i|we) (?:can|will))/
const WITHDRAW =
  /\b(?:withdraw\w*|let (?:me|us) off|please stop\b|off my list|(?:won't|not) be making you any more|take back|(?:no longer|not) (?:stand(?:s|ing)? by|valid|interested|on the table)|off the table|retract\w*|forget (?:my|our|the|about)|(?:my|our) (?:offer|bid)(?: of [^.]{0,20})? (?:is|has) (?:lapsed|expired|void|gone)|cancel (?:my|our) (?:offer|bid)|call(?:ing)? (?:it|this) off)/
const LEAVE =
  /\b(?:(?:take|taking) (?:my|our) [^.]{0,20}(?:money|custom|business) to|lost (?:me|us)\b|(?:go|buy|shop|look|order|going|turn|walk|move|switch|take (?:my|our) (?:business|custom|orders?))[^.]{0,24}(?:elsewhere|away|to (?:another|someone else|a competitor|your competitor|them))|another supplier|leave you|lose (?:us|me|our|this)|find someone else|other wholesalers?)/
const REJECT =
  /\b(?:caro\b|trop cher|zu (?:hoch|teuer)|za dużo|kallis\w*|δεν\b)|δεν |дорого|(?:^\W*(?:no|nah|nope)\b)|\b(?:no(?:,| thank)|too many|don't like|cannot continue|reject\w*|declin\w+|refuse|can(?:'|no)t (?:accept|do|agree|pay|take)|cannot (?:accept|agree|pay|take)|won't (?:pay|accept|do|take)|will not (?:pay|accept)|not (?:accept\w*|interested|at that price|for us|going to)|too (?:high|much|expensive|dear|steep)|pass on|out of (?:the question|reach)|we(?:'ll| will) pass)/
const DISCOUNT =
  /\b(?:scope\b|allowance|beat (?:it|that|them)|desconto|discount\w*|better (?:price|rate|deal|terms)|(?:come|go) (?:down|lower)|lower (?:price|it|that|the)|cheaper|do (?:any )?better|room (?:to|in|for)|knock (?:something|a bit|some)|rebate|price break|sharpen|reduc\w+|wiggle|special price|bulk (?:price|rate)|volume (?:price|rate|terms)|something off|movement|flexib\w+|rabatt?|remise|sconto|descuento)/
const ASK_PRICE =
  /\b(?:at what price|(?:best )?price for \d|fiyat|what(?:'s| is| are| would| do| does| will)[^.?]{0,40}(?:price|prices|cost|charge|rate|per unit|each)|how much|price list|send (?:me |us )?(?:a |your )?(?:quote|prices|price list)|quote (?:me|us)|your (?:best )?price|was kostet|combien|quanto cost)/
const HEDGED =
  /\b(?:probably|perhaps|maybe|let me (?:think|check|ask|sleep)|get back to you|leaning|sounds (?:good|fair|promising)|i think so|in principle|tempted|consider\w*|not decided|will let you know)/

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
  const own = body.replaceAll(/^\s*>.*$/gm, ' ')
  const text = figured(own)
  const offer = figured(before)
  const open = pricesIn(offer).filter(({ start }) => !NOT_OFFERED.test(offer.slice(Math.max(0, start - 28), start)))
  const [offered] = (
    /\blist\b/.test(text) ? open.filter(({ start }) => /\blist\s*$/.test(offer.slice(0, start))) : []
  ).concat(open.toReversed())
  const offeredUnits = unitsIn(offer).at(-1) ?? null
  const offers = open.map(({ cents }) => cents)
  const named = ownPrice(text, offered?.cents) ?? bareCents(text, offered?.cents, offeredUnits)
  const units = unitsIn(text).find((each) => each !== named) ?? null
  const onOffer = new Set(offers)
  const repeated = pricesIn(text)
    .map(({ cents }) => cents)
    .findLast((cents) => onOffer.has(cents))
  const isYes = (has(text, ACCEPT) || has(text, ORDERS)) && !has(text, DENIED)
  const price =
    isYes && repeated !== undefined && !has(text, FINAL)
      ? repeated
      : perUnit(named, units ?? offeredUnits, offered?.cents)
  const taken =
    price !== undefined && (onOffer.has(price) || (isYes && /%|per ?cent/.test(offer) && /%|per ?cent/.test(text)))
  const move = moveOf(`${text}\n${subject.toLowerCase()}`, text, price, taken, offered !== undefined)
  const takes = move === 'accept' || move === 'condition' || move === 'commit-volume'
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
  if (/\b(?:remain|stand|stay|stick|hold)(?:s|ing)? at\b/.test(text) && named !== undefined) return 'counter'
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
        !/\?\s*$/.test(text.trim())))
  ) {
    if (has(text, CONDITION) && !has(text, WISH)) return 'condition'
    if (
      /\b(?:monthly|a month|per month|every (?:week|month)|each (?:week|month)|weekly)\b/.test(text) &&
      has(text, /\b(?:commit|framework|enter us|january|six months|year)\b/)
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

/** "55?" "At 49": a whole number near the price on offer is in cents. */
function bareCents(text: string, offered: number | undefined, offeredUnits: number | null): number | undefined {
  if (offered === undefined) return undefined
  return [
    ...text.matchAll(
      /(?<![\d.,$#:/-])(\d{2,3})(?![\d%]|[.,:]\d|\s*(?:days?|weeks?|units?|packs?|bags?|cans?|bottles?|pieces?|o'clock|per ?cent))/g,
    ),
  ]
    .map(([, number]) => Number(number))
    .findLast((cents) => cents !== offeredUnits && cents >= 0.6 * offered && cents <= 1.4 * offered)
}

/** A sum for all of the units is a price of one. */
function perUnit(cents: number | undefined, units: number | null, offered: number | undefined): number | undefined {
  if (cents === undefined || units === null || units < 2 || offered === undefined || cents < 4 * offered) return cents
  return Math.round(cents / units)
}

/** Prices before a letter that were not the wholesaler's. */
const NOT_OFFERED =
  /\b(?:buyer|shopkeeper|counter|asked for|last said|wanted|competitor at|rival at|from)[^.;$]{0,16}[$]?$/

const RIVAL =
  /\b(?:competitor|rival|elsewhere|other (?:supplier|wholesaler|place|shop)s?|another (?:supplier|wholesaler)|they (?:charge|offer|quote|sell|ask|want)|across town|down the road|online|last (?:year|month|week|time)|used to|retail|i sell|we sell|sells? (?:for|at))\b[^.;]{0,60}$/
const ASKED = /\b(?:your|you|list|quoted|asking|from|instead of|not|rather than|than|at)\b[^.;$\d]{0,16}$/

/** The price that the writer stands for: the last that is neither a rival's nor the one quoted back; a share off the offer. */
function ownPrice(text: string, offered: number | undefined): number | undefined {
  const share =
    /\b(?:minus|less) (\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)|(\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)[^.]{0,30}\b(?:off|below|under|less|lower|discount|reduction|cheaper)|\b(?:discount|reduction|cut|take|knock|down by|off by)[^.\d]{0,12}(\d{1,2}(?:\.\d+)?) ?(?:%|per ?cent)/.exec(
      text,
    )
  const prices = pricesIn(text).filter(
    ({ start }) => !RIVAL.test(text.slice(Math.max(0, start - 90), start)) || /\bmatch\b/.test(text),
  )
  const mine = prices.filter((each) => !isQuotedBack(each, text, offered))
  // Several lines or ways: the first stands for the letter.
  const chosen = /\beither\b|\||\{|\n\s*\d\)/.test(text) ? mine[0] : mine.at(-1)
  if (chosen !== undefined) return chosen.cents
  const off = share?.slice(1).find((each) => each !== undefined)
  if (off !== undefined && offered !== undefined) return Math.round(offered * (1 - Number(off) / 100))
  return prices.at(-1)?.cents
}

function isQuotedBack({ cents, start }: Priced, text: string, offered: number | undefined): boolean {
  return cents === offered && ASKED.test(text.slice(Math.max(0, start - 30), start))
}
