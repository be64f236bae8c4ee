import { marketOn, unitsWanted, type Appeal } from '../demand.ts'
import { openLedger, pay, sell, type Ledger } from '../ledger.ts'
import { SIZES } from '../sizes.ts'

// The corner shop: one product, one machine, one act a day. The rules of money and demand are those of the large sizes.

/** A box of juice as the wholesaler sells it, in cents. */
const CORNER_COST = 100
/** Boxes in a crate, the unit of ordering. */
const CORNER_CRATE = 10
/** Boxes the machine holds: about three days of demand, so that somebody has to come back. */
const CORNER_CAPACITY = 30
/** Nights from order to the back room. Two, so that on one morning the truck is on its way. */
const CORNER_LEAD = 2
/** Price in cents at which nobody buys; the shop is taken over with it, so that no single act, repeated, earns. */
const CORNER_OPENING_PRICE = 400
/** Juice: at 2 dollars about ten boxes a day leave, at 4 none, at 1 many but for nothing. */
export const JUICE: Appeal = { base: 10, elasticity: -1.4, reference: 200 }

export interface Shop {
  readonly seed: string
  readonly day: number
  readonly ledger: Ledger
  /** Cents. */
  readonly price: number
  readonly machine: number
  readonly room: number
  /** Boxes on their way, by the day on whose morning they arrive. */
  readonly coming: readonly { readonly day: number; readonly boxes: number }[]
  readonly unpaid: number
  readonly sold: number
  readonly lastSaleDay?: number
}

export function openShop(seed: string): Shop {
  return {
    seed,
    day: 0,
    ledger: openLedger(SIZES.corner.start),
    price: CORNER_OPENING_PRICE,
    machine: 0,
    room: 0,
    coming: [],
    unpaid: 0,
    sold: 0,
  }
}

/** Orders as many boxes of the crates asked for as the cash pays. */
export function order(shop: Shop, crates: number): Shop {
  const bought = Math.min(crates * CORNER_CRATE, Math.floor(shop.ledger.bank / CORNER_COST))
  const ledger = bought > 0 ? pay(shop.ledger, shop.day, 'order', bought * CORNER_COST, `${bought} boxes`) : undefined
  if (ledger === undefined) return shop
  return { ...shop, ledger, coming: [...shop.coming, { day: shop.day + CORNER_LEAD, boxes: bought }] }
}

/** Carries boxes from the back room into the machine, as many as are there and fit. */
export function refill(shop: Shop): Shop {
  const carried = Math.min(shop.room, CORNER_CAPACITY - shop.machine)
  return { ...shop, machine: shop.machine + carried, room: shop.room - carried }
}

/** Customers buy, the fee falls due, the truck unloads: one day goes by. */
export function passDay(shop: Shop): Shop {
  const wanted = unitsWanted(JUICE, shop.price, marketOn(shop.seed, shop.day), 1, 0)
  const sold = Math.min(wanted, shop.machine)
  const taken = sell(shop.ledger, sold * shop.price, 'bank')
  const paid = pay(taken, shop.day, 'fee', SIZES.corner.fee, 'daily fee')
  const day = shop.day + 1
  return {
    ...shop,
    day,
    ledger: paid ?? taken,
    unpaid: paid === undefined ? shop.unpaid + 1 : 0,
    machine: shop.machine - sold,
    room: shop.room + boxesDue(shop, day),
    coming: shop.coming.filter((truck) => truck.day > day),
    sold: shop.sold + sold,
    ...(sold > 0 && { lastSaleDay: shop.day }),
  }
}

/** Cents: cash and unsold boxes at cost. Boxes on the way count nothing until they are there. */
export function shopWorth(shop: Shop): number {
  return shop.ledger.bank + shop.ledger.machine + (shop.machine + shop.room) * CORNER_COST
}

function boxesDue(shop: Shop, day: number): number {
  return shop.coming.reduce((sum, truck) => (truck.day <= day ? sum + truck.boxes : sum), 0)
}
