import { PRODUCTS, type Product } from './products.ts'

// What a supplier's office reads out of a mail. No understanding, only patterns, and the same text always gives the
// same reading. Every pattern is linear in the text, whose length `cleanText` has bounded.

/** The shop's delivery address and account number, which an order must contain. */
export const SHOP_ADDRESS = '12 Quay Road, Harbour Arcade'
export const SHOP_ACCOUNT = 'VB-204417'

export interface Letter {
  readonly intent: 'order' | 'complaint' | 'prices' | 'unclear'
  /** Products with the quantity asked for, in order of appearance; a product named twice is summed. */
  readonly lines: readonly { readonly product: Product; readonly units: number }[]
  /** Products named without a quantity. */
  readonly mentioned: readonly Product[]
  /** Things asked for by quantity that nobody sells. */
  readonly unknown: readonly string[]
  readonly address: boolean
  readonly account: boolean
}

const ADDRESS = /12\s+quay\s+r(?:oa)?d\b\.?,?(?:\s+harbour\s+arcade\b)?/g
const ACCOUNT = /\bvb[\s-]?204417\b|\b204417\b/g

const ORDER = /\b(?:orders?|ordering|purchase|buy|deliver|ship|send us|we need|i need)\b/
const PRICES =
  /\b(?:quotes?|quotation|prices?|pricing|price list|costs?|how much|catalogue|catalog|range|products|offer)\b/
const COMPLAINT =
  /\b(?:refunds?|complain(?:t|ing)?|missing|short|incomplete|(?:not|never) (?:yet )?arrived|overdue|late|where is)\b/

export function readLetter(text: string): Letter {
  const lower = text.toLowerCase().replace(/(\d),(?=\d{3}\b)/g, '$1')
  const bare = lower.replace(ADDRESS, ' ').replace(ACCOUNT, ' ')
  const address = ADDRESS_ONCE.test(lower)
  const account = ACCOUNT_ONCE.test(lower)
  const wanted = new Map<Product, number>()
  const mentioned = new Set<Product>()
  const unknown: string[] = []
  for (const clause of bare.split(/[\n;,]|\.(?=\s|$)|\band\b|&/)) readClause(clause, wanted, mentioned, unknown)
  return {
    intent: intentOf(lower, wanted.size + unknown.length > 0, address && account, address || account),
    lines: [...wanted].map(([product, units]) => ({ product, units })),
    mentioned: [...mentioned].filter((product) => !wanted.has(product)),
    unknown,
    address,
    account,
  }
}

const ADDRESS_ONCE = new RegExp(ADDRESS.source)
const ACCOUNT_ONCE = new RegExp(ACCOUNT.source)

// A question for prices may name quantities too. It is an order once it says where to deliver and whom to charge.
function intentOf(lower: string, quantities: boolean, complete: boolean, started: boolean): Letter['intent'] {
  if (quantities && complete) return 'order'
  if (COMPLAINT.test(lower)) return 'complaint'
  if (PRICES.test(lower) && !(quantities && started)) return 'prices'
  if (ORDER.test(lower) || (quantities && started)) return 'order'
  return quantities ? 'prices' : 'unclear'
}

function readClause(clause: string, wanted: Map<Product, number>, mentioned: Set<Product>, unknown: string[]): void {
  const names = [...clause.matchAll(NAMES)]
  if (names.length === 0) {
    const stranger = strangerIn(clause)
    if (stranger !== undefined && unknown.length < 20) unknown.push(stranger)
    return
  }
  let from = 0
  for (const [place, name] of names.entries()) {
    const product = productSpelled(name[0])
    const end = name.index + name[0].length
    const before = quantities(clause.slice(from, name.index)).at(-1)
    const after = quantities(clause.slice(end, names[place + 1]?.index))[0]
    from = end
    if (product === undefined) continue
    mentioned.add(product)
    const units = before ?? after
    if (units !== undefined) wanted.set(product, (wanted.get(product) ?? 0) + units)
    // The number behind a name belongs to it when none stood in front: it must not count for the next name too.
    if (before === undefined && after !== undefined) from = names[place + 1]?.index ?? clause.length
  }
}

// Whole numbers that are no prices, shares or parts of a longer number: not $2, 1.20, 5%, 2 dollars, "at 2".
const QUANTITY =
  /(?<![\d.$€£])(?<!\bat\s)(?<!\bday\s)\d{1,6}(?![\d.]*\d)(?!\s*(?:%|cents?\b|dollars?\b|usd\b|days?\b|ml\b|g\b))/g

function quantities(text: string): readonly number[] {
  return [...text.matchAll(QUANTITY)].map((match) => Number(match[0]))
}

const STRANGER =
  /^[^a-z0-9]*(\d{1,6})\s*(?:x|×|units? of|packs? of|boxes of|bottles of|cans of|bags of)\s*([a-z][a-z' -]{2,40})[^a-z0-9]*$/

/** A thing asked for by quantity in a clause that names no product we know. */
function strangerIn(clause: string): string | undefined {
  return STRANGER.exec(clause.slice(0, 200))?.[2]?.trim()
}

const SPELLINGS: readonly (readonly [RegExp, Product])[] = PRODUCTS.map((product) => [
  new RegExp(`^${spelling(product.name)}$`),
  product,
])

// Longest first: 'sugar-free cola' is no cola.
const NAMES = new RegExp(
  `\\b(?:${PRODUCTS.map((product) => product.name)
    .toSorted((a, b) => b.length - a.length)
    .map(spelling)
    .join('|')})\\b`,
  'g',
)

function productSpelled(text: string): Product | undefined {
  return SPELLINGS.find(([pattern]) => pattern.test(text))?.[1]
}

/** A name in singular or plural, with blanks or hyphens between its words. */
function spelling(name: string): string {
  const stem = name.replace(/[ -]/g, '[\\s-]{1,3}')
  if (stem.endsWith('ies')) return `${stem.slice(0, -3)}(?:ies|y)`
  return stem.endsWith('s') && !stem.endsWith('ss') ? `${stem}?` : `${stem}s?`
}
