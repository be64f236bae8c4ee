import { randomFrom } from '../../record/index.ts'
import { accountOf, openOrdersWith, withAccount, type Business, type Delivery, type OpenOrder } from './business.ts'
import { dateOf } from './calendar.ts'
import { pay, refund } from './ledger.ts'
import type { Commitment, Item } from './letter/index.ts'
import { post } from './mail.ts'
import { dollars } from './money.ts'
import { answersMail, unitPrice, type Supplier } from './suppliers.ts'
import { sumUnits, valueOf, type Units } from './units.ts'

/** The next business, and what the supplier answers. */
export interface Answer {
  readonly business: Business
  readonly subject: string
  readonly body: string
  /** True for an answer that does not wait for the morning. */
  readonly atOnce?: boolean
}

/** Takes an order: confirms it with what will be charged, or says everything that is missing or wrong. */
export function takeOrder(business: Business, supplier: Supplier, letter: Commitment): Answer {
  const refused = (problem: string, next = business): Answer => ({
    business: next,
    subject: 'Your order: not accepted',
    body: `${problem}\nNothing was charged.`,
  })
  const units = unitsOf(letter.items)
  const problems = problemsWith(supplier, letter)
  if (problems.length > 0) {
    const asked = letter.lacks.length === problems.length
    return refused(
      problems.join('\n'),
      withAccount(business, supplier, { talk: asked ? { type: 'asked', units } : undefined }),
    )
  }
  const open = openOrdersWith(business, supplier)
  const orders = accountOf(business, supplier).orders + open.length
  const unitCents = Object.fromEntries(
    letter.items.map(({ product }) => [product.name, unitPrice(supplier, product, orders)]),
  )
  const total = valueOf(units, unitCents)
  const due = business.open.reduce((sum, order) => sum + costOf(order), 0)
  if (total + due > business.ledger.bank)
    return refused(`The order comes to ${dollars(total)}, and your account does not cover it.`)
  const order: OpenOrder = { supplier: supplier.address, day: business.day, units, unitCents, mail: business.sent }
  const promised = business.day + supplier.lead
  const list = Object.entries(units).map(([name, count]) => {
    const cents = unitCents[name] ?? 0
    return `- ${count} ${name} at ${dollars(cents)}: ${dollars(count * cents)}`
  })
  return {
    business: withAccount({ ...business, open: [...business.open, order] }, supplier, { talk: undefined }),
    subject: 'Your order: confirmed',
    body: `Thank you for your order:\n${list.join('\n')}\nWe will charge ${dollars(total)} to your account tomorrow morning. Until then you can cancel it by mail. Your goods will reach your storage on day ${promised} (${dateOf(promised)}).`,
    atOnce: true,
  }
}

export function unitsOf(items: readonly Item[]): Units {
  return Object.fromEntries(items.map(({ product, units }) => [product.name, units]))
}

function costOf(order: OpenOrder): number {
  return valueOf(order.units, order.unitCents)
}

/** Everything that is missing or wrong, at once, so that one more mail is enough. */
function problemsWith(supplier: Supplier, { items, lacks }: Commitment): readonly string[] {
  const absent = items.filter(({ product }) => !supplier.carries.has(product.name)).map(({ product }) => product.name)
  return [
    ...(absent.length > 0 ? [`Not in our range: ${absent.join(', ')}.`] : []),
    ...(lacks.includes('address') ? ['Please name your delivery address.'] : []),
    ...(lacks.includes('account') ? ['Please name the account to charge.'] : []),
  ]
}

/** Takes goods off the orders with a supplier that are not charged yet: those products, or all. */
export function dropOpen(
  business: Business,
  supplier: Supplier,
  products: readonly string[],
): { readonly business: Business; readonly dropped: readonly string[] } {
  const dropped: string[] = []
  const open = business.open.flatMap((order) => {
    if (order.supplier !== supplier.address) return [order]
    const kept = Object.entries(order.units).filter(([name]) => products.length > 0 && !products.includes(name))
    for (const [name, count] of Object.entries(order.units))
      if (!kept.some(([other]) => other === name)) dropped.push(`${count} ${name}`)
    return kept.length === 0 ? [] : [{ ...order, units: Object.fromEntries(kept) }]
  })
  return { business: { ...business, open }, dropped }
}

/** Charges what was ordered yesterday and not cancelled, and sends it on its way. */
export function chargeOrders(business: Business): Business {
  return business.open.reduce(charge, { ...business, open: [] })
}

function charge(business: Business, order: OpenOrder): Business {
  const supplier = business.suppliers.find(({ address }) => address === order.supplier)
  if (supplier === undefined || !answersMail(supplier, business.day)) return business
  const ledger = pay(business.ledger, business.day, 'order', costOf(order), `order from ${supplier.address}`)
  if (ledger === undefined)
    return told(
      business,
      supplier,
      'Your order: not accepted',
      `The order of ${sumUnits(order.units)} units came to ${dollars(costOf(order))}, and your account did not cover it. Nothing was charged.`,
    )
  const { orders } = accountOf(business, supplier)
  const paid = withAccount({ ...business, ledger }, supplier, { orders: orders + 1, last: order.units })
  return dispatch(paid, supplier, order)
}

function told(business: Business, { address, name }: Supplier, subject: string, body: string): Business {
  const mail = { day: business.day, from: address, subject, body: `${body}\n\n${name}` }
  return { ...business, inbox: post(business.inbox, mail) }
}

// The share of an order that a careless or cheating packer leaves out, and the days by which a late one is late.
const LEFT_OUT = [0.2, 0.45] as const
const DAYS_LATE = [6, 18] as const
/** How often a careless supplier is careless, and how often an honest one of v2 lacks one of the products. */
const CARELESS = 0.35
const OUT_OF_STOCK = 0.04

function dispatch(
  business: Business,
  supplier: Supplier,
  { units: ordered, unitCents, day, mail }: OpenOrder,
): Business {
  const random = randomFrom(business.seed, 'delivery', supplier.address, mail)
  const short = supplier.trait === 'shorts' || (supplier.trait === 'careless' && random() < CARELESS)
  const packed = Object.fromEntries(
    Object.entries(ordered).map(([name, units]) => [
      name,
      units - (short ? Math.ceil(units * between(random, LEFT_OUT)) : 0),
    ]),
  )
  const late = supplier.trait === 'late' ? Math.round(between(random, DAYS_LATE)) : 0
  const delivery: Delivery = { supplier: supplier.address, day: day + supplier.lead + late, ordered, packed, unitCents }
  const lacking =
    business.size === 'v2' && supplier.trait === 'honest'
      ? Object.keys(ordered).filter(() => random() < OUT_OF_STOCK)
      : []
  if (lacking.length > 0) return apologise(business, supplier, delivery, lacking)
  return withDelivery(business, delivery)
}

/** An honest supplier that lacks something says so and pays it back unasked. */
function apologise(business: Business, supplier: Supplier, delivery: Delivery, lacking: readonly string[]): Business {
  const rest = Object.fromEntries(Object.entries(delivery.ordered).filter(([name]) => !lacking.includes(name)))
  const cents = valueOf(delivery.ordered, delivery.unitCents) - valueOf(rest, delivery.unitCents)
  const paid = { ...business, ledger: refund(business.ledger, business.day, cents, `refund from ${supplier.address}`) }
  const sorry = told(
    paid,
    supplier,
    'Out of stock: refund',
    `We are out of ${lacking.join(', ')} and have paid ${dollars(cents)} back to your account. The rest comes as confirmed.`,
  )
  return Object.keys(rest).length === 0 ? sorry : withDelivery(sorry, { ...delivery, ordered: rest, packed: rest })
}

function withDelivery(business: Business, delivery: Delivery): Business {
  return { ...business, deliveries: [...business.deliveries, delivery] }
}

function between(random: () => number, [least, most]: readonly [number, number]): number {
  return least + (most - least) * random()
}
