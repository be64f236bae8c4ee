import type { Topic } from './history.ts'
import { openLedger, type Ledger } from './ledger.ts'
import { EMPTY_MACHINE, type Machine, type SlotId } from './machine.ts'
import { EMPTY_INBOX, type Inbox } from './mail.ts'
import { SIZES, type LargeSize } from './sizes.ts'
import { suppliersOf, type Supplier } from './suppliers.ts'
import type { Units } from './units.ts'

/** What the business owns of one product, machine and storage together: units and what they cost, in cents. */
interface Holding {
  readonly units: number
  readonly cents: number
}

/** An order that was confirmed, and is charged next morning unless it is cancelled before. */
export interface OpenOrder {
  readonly supplier: string
  /** Day on which it was sent. */
  readonly day: number
  readonly units: Units
  /** Cents for one unit of each product, as confirmed. */
  readonly unitCents: Units
  /** Number of the mail that made it: each order has luck of its own. */
  readonly mail: number
}

/** Goods on their way. */
export interface Delivery {
  readonly supplier: string
  /** Day on whose morning they reach the storage. */
  readonly day: number
  /** What was ordered and paid, and what the supplier's mail will say. */
  readonly ordered: Units
  /** What is in the van. */
  readonly packed: Units
  /** Cents paid for one unit of each product. */
  readonly unitCents: Units
}

/** What one supplier has had from this business, and what it would give back if asked. */
export interface Account {
  readonly orders: number
  /** Cents that the supplier admits to owe once somebody complains. */
  readonly owed: number
  /** Units of the last order that was charged. */
  readonly last?: Units
  /** What was quoted or asked back last, and a short answer may refer to. */
  readonly talk?: Topic | undefined
}

/** The whole state of a business of size v1 or v2. Immutable; the next state shares what did not change. */
export interface Business {
  readonly size: LargeSize
  readonly seed: string
  /** Day on which the business is closed. */
  readonly lastDay: number
  readonly day: number
  /** Acts done on this day. */
  readonly acts: number
  readonly ledger: Ledger
  readonly unpaid: number
  readonly machine: Machine
  readonly soldYesterday: Readonly<Partial<Record<SlotId, number>>>
  readonly storage: Units
  readonly holdings: Readonly<Record<string, Holding>>
  readonly suppliers: readonly Supplier[]
  readonly accounts: Readonly<Record<string, Account>>
  readonly inbox: Inbox
  /** Orders not charged yet, oldest first. */
  readonly open: readonly OpenOrder[]
  readonly deliveries: readonly Delivery[]
  /** Mails sent so far; gives each order luck of its own. */
  readonly sent: number
  readonly sold: number
  readonly lastSaleDay?: number
}

export function openBusiness(size: LargeSize, seed: string, lastDay: number): Business {
  return {
    size,
    seed,
    lastDay,
    day: 0,
    acts: 0,
    ledger: openLedger(SIZES[size].start),
    unpaid: 0,
    machine: EMPTY_MACHINE,
    soldYesterday: {},
    storage: {},
    holdings: {},
    suppliers: suppliersOf(size, seed),
    accounts: {},
    inbox: EMPTY_INBOX,
    open: [],
    deliveries: [],
    sent: 0,
    sold: 0,
  }
}

export function accountOf(business: Business, supplier: Supplier): Account {
  return business.accounts[supplier.address] ?? { orders: 0, owed: 0 }
}

export function openOrdersWith(business: Business, supplier: Supplier): readonly OpenOrder[] {
  return business.open.filter((order) => order.supplier === supplier.address)
}

export function withAccount(business: Business, supplier: Supplier, change: Partial<Account>): Business {
  const account = { ...accountOf(business, supplier), ...change }
  return { ...business, accounts: { ...business.accounts, [supplier.address]: account } }
}

/** Units bought, at what they cost. */
export function acquire(business: Business, product: string, units: number, cents: number): Business {
  const held = business.holdings[product] ?? { units: 0, cents: 0 }
  const holding = { units: held.units + units, cents: held.cents + cents }
  return { ...business, holdings: { ...business.holdings, [product]: holding } }
}

/** Units sold. They leave at the average cost of what is held, rounded down, so that the last unit takes the rest. */
export function dispose(business: Business, product: string, units: number): Business {
  const held = business.holdings[product]
  if (held === undefined || units === 0) return business
  const left = held.units - units
  const cents = left === 0 ? 0 : held.cents - Math.floor((held.cents * units) / held.units)
  return { ...business, holdings: { ...business.holdings, [product]: { units: left, cents } } }
}

/** Cents: bank, cash box, and unsold stock at cost. Goods on their way count nothing until they are there. */
export function netWorth(business: Business): number {
  const stock = Object.values(business.holdings).reduce((sum, holding) => sum + holding.cents, 0)
  return business.ledger.bank + business.ledger.machine + stock
}
