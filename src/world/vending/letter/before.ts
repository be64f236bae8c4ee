import type { Product } from '../products.ts'
import { foldAmounts } from './amounts.ts'
import type { Item } from './letter.ts'
import type { Names } from './names.ts'
import { prepare, sentencesOf } from './prepared.ts'
import { itemsOf, wantedIn } from './items.ts'

/** What went before a letter, as far as it changes what the letter means. */
export interface Before {
  /** What the supplier offered, quoted or asked to confirm last; several where the shop must choose one. */
  readonly offers: readonly (readonly Item[])[]
  /** Something is on the table that a yes would answer, whether or not its units are known. */
  readonly offered: boolean
  /** The shop's last order, and whether there was one. */
  readonly last: readonly Item[]
  readonly ordered: boolean
  /** That order may still be changed, as far as one can tell. */
  readonly open: boolean
  /** The supplier waits for the address or the account of an order that it named. */
  readonly asked: boolean
  /** What a yes would answer has been paid already. */
  readonly paid: boolean
  readonly refundPromised: boolean
}

const OFFERED =
  /\b(?:offer\w*|quot\w+|propos\w+|suggest\w*|pushed|push\w*|asked? (?:\w+ )?(?:whether|if|to (?:confirm|go)|the shop|for (?:the|an?|its|our) (?:address|account|delivery|confirmation))|could (?:send|do|supply|deliver)|can (?:send|do|supply|deliver)|would (?:send|be)|answered|asks?(?:ed)? (?:for )?¤|asked for it|stands? at|listed|price)\b|¤|%/
const ORDERED =
  /\b(?:orders?|ordered|bestell\w*|commande|pedido|standing order|subscription|shipment|delivery)\b|\b(?:confirmed|charged|placed|bought|on (?:its|their) way|due|arrived|came)\b/
const CLOSED =
  /\b(?:last|previous) (?:\w+ )?order\b|\blast (?:week|month|year)\b|\bordered last\b|\b(?:refused|rejected|not accepted|delivered|arrived|came|received)\b/
const ASKED = /\bask(?:s|ed)? (?:\w+ )?(?:for|again for) (?:the|its|our|your|an?) (?:delivery )?(?:address|account)\b/
const PAID = /\balready (?:been )?(?:charged|paid|confirmed|shipped|sent|on)\b|\bpaid\b|\band charged\b/
const REFUND = /\brefund\w*|\bcredit note\b|\bpay\b[^.]*\bback\b/

// A sum that was refunded is no price.
function isOffer(text: string): boolean {
  return OFFERED.test(text) && !/\brefund/.test(text)
}

export function readBefore(before: string, names: Names): Before {
  let offers: readonly (readonly Item[])[] = []
  let last: readonly Item[] = []
  const all = sentencesOf(prepare(before, names))
  for (const { text } of all) {
    const items = itemsOf(wantedIn(text, names, undefined).wanted)
    if (isOffer(text)) offers = text.includes(' or ') ? optionsIn(text, names) : [items]
    else if (ORDERED.test(text) && items.length > 0) last = items
  }
  const anywhere = (pattern: RegExp): boolean => all.some(({ text }) => pattern.test(text))
  return {
    offers: offers.filter((items) => items.length > 0),
    offered: all.some(({ text }) => isOffer(text)),
    last,
    ordered: all.some(({ text }) => ORDERED.test(text) && !isOffer(text)),
    open: all.some(({ text }) => ORDERED.test(text) && !isOffer(text) && !CLOSED.test(text)),
    paid: PAID.test(all.at(-1)?.text ?? ''),
    asked: ASKED.test(all.at(-1)?.text ?? ''),
    refundPromised: anywhere(REFUND),
  }
}

// "either 24 muesli bars or 48": an option without a product is of the same goods as the one before.
function optionsIn(text: string, names: Names): readonly (readonly Item[])[] {
  let goods: Product | undefined
  return text.split(/ or /).map((option) => {
    const { wanted, loose } = wantedIn(option, names, undefined)
    const items = itemsOf(wanted)
    goods = items[0]?.product ?? goods
    const units = loose[0]?.units
    return items.length === 0 && goods !== undefined && units !== undefined ? [{ product: goods, units }] : items
  })
}

const PLACES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:first|former|smaller)\b|\boption (?:a|1|one)\b/, 0],
  [/\bsecond\b|\boption (?:b|2|two)\b/, 1],
  [/\bthird\b|\boption (?:c|3|three)\b/, 2],
  [/\b(?:last|latter|larger|bigger)\b/, -1],
]

/**
 * The units that an acceptance takes from what was offered: all of them, or the products that it names. Undefined where
 * it does not say which of several options.
 */
export function accepted(
  { offers, last, ordered }: Before,
  letter: string,
  mentioned: readonly Product[],
  without: readonly Product[],
): readonly Item[] | undefined {
  const option = offers.length === 0 ? (ordered ? last : undefined) : chosen(offers, letter)
  const kept = option?.filter(({ product }) => !without.includes(product))
  const named = kept?.filter(({ product }) => mentioned.includes(product))
  return named === undefined || named.length === 0 ? kept : named
}

function chosen(offers: readonly (readonly Item[])[], letter: string): readonly Item[] | undefined {
  if (offers.length === 1) return offers[0]
  const place = PLACES.find(([pattern]) => pattern.test(letter))?.[1]
  if (place !== undefined) return offers.at(place)
  const numbers = new Set(
    foldAmounts(letter, undefined)
      .match(/\d{1,6}/g)
      ?.map(Number),
  )
  const fitting = offers.filter((items) => items.some(({ units }) => numbers.has(units)))
  return fitting.length === 1 ? fitting[0] : undefined
}
