import { randomFrom, sortedByLot, type Random } from '../../record/index.ts'
import { PRODUCTS, type Product } from './products.ts'

/**
 * How a supplier keeps its word. Only `honest` ones exist in v1.
 *
 * - `honest`: the promised day, the promised units.
 * - `careless`: packs too few now and then, and refunds what is missing when asked.
 * - `shorts`: packs too few each time, writes that all was delivered, and refunds nothing.
 * - `raises`: charges more from the second order on, and says so only in the total.
 * - `late`: comes days after the promised day, and gives a part back when asked.
 * - `fails`: goes under on a day of its own, keeps taking orders for some days, then is gone with the money.
 */
export type Trait = 'honest' | 'careless' | 'shorts' | 'raises' | 'late' | 'fails'

export interface Supplier {
  readonly name: string
  readonly address: string
  readonly trait: Trait
  /** Price as a multiple of the fair wholesale price. */
  readonly factor: number
  /** Days from order to the promised day. */
  readonly lead: number
  readonly carries: ReadonlySet<string>
  /** Day on which a `fails` supplier stops delivering. */
  readonly failsOn?: number
}

/** Days during which a failed supplier still answers and takes money. */
const STILL_ANSWERING = 6
/** What a `raises` supplier multiplies its price by from the second order on: enough to eat half of a margin. */
const RAISE = 1.7

const FIRMS = [
  ['Northgate Wholesale', 'orders@northgate-wholesale.example'],
  ['Harbour Trade', 'sales@harbour-trade.example'],
  ['Millbrook Supplies', 'desk@millbrook-supplies.example'],
  ['Eastway Snacks and Drinks', 'orders@eastway.example'],
  ['Granary Direct', 'hello@granary-direct.example'],
  ['Pinewood Distribution', 'orders@pinewood-distribution.example'],
  ['Old Bridge Merchants', 'trade@old-bridge.example'],
] as const

const TRAITS: Readonly<Record<'v1' | 'v2', readonly Trait[]>> = {
  v1: ['honest', 'honest', 'honest', 'honest', 'honest'],
  v2: ['honest', 'honest', 'careless', 'shorts', 'raises', 'late', 'fails'],
}

/** The suppliers of one business, in the order in which a search lists them; who is what depends on the seed. */
export function suppliersOf(size: 'v1' | 'v2', seed: string): readonly Supplier[] {
  const random = randomFrom(seed, 'suppliers')
  const firms = sortedByLot(FIRMS, random)
  return sortedByLot(TRAITS[size], random).flatMap((trait, index) => {
    const firm = firms[index]
    return firm === undefined ? [] : [supplier(firm[0], firm[1], trait, random)]
  })
}

function supplier(name: string, address: string, trait: Trait, random: Random): Supplier {
  // Those who cost most look best at first sight, in price and range: v2 punishes who looks no further.
  const lures = trait === 'shorts' || trait === 'raises' || trait === 'fails'
  const [least, most] = lures ? [0.75, 0.85] : [0.95, 1.1]
  return {
    name,
    address,
    trait,
    factor: least + (most - least) * random(),
    lead: 2 + Math.floor(3 * random()),
    carries: new Set(PRODUCTS.filter(() => random() < (lures ? 0.95 : 0.8)).map((product) => product.name)),
    ...(trait === 'fails' && { failsOn: 30 + Math.floor(90 * random()) }),
  }
}

/** Cents for one unit. `orders` is how many orders the supplier has had from this business. */
export function unitPrice(supplier: Supplier, product: Product, orders: number): number {
  const raise = supplier.trait === 'raises' && orders > 0 ? RAISE : 1
  return Math.max(1, Math.round(product.wholesale * supplier.factor * raise))
}

/** False once the firm is gone: its mail bounces. */
export function answersMail(supplier: Supplier, day: number): boolean {
  return supplier.failsOn === undefined || day < supplier.failsOn + STILL_ANSWERING
}

/** False from the day a failing firm stops: what should arrive then never does. */
export function delivers(supplier: Supplier, day: number): boolean {
  return supplier.failsOn === undefined || day < supplier.failsOn
}
