import { randomFrom } from '../../record/index.ts'
import { accountOf, withAccount, type Business, type Delivery } from './business.ts'
import { dateOf } from './calendar.ts'
import { pay, refund } from './ledger.ts'
import { readLetter, type Letter } from './letter.ts'
import { cleanText, post } from './mail.ts'
import { dollars } from './money.ts'
import { PRODUCTS, type Product } from './products.ts'
import { answersMail, unitPrice, type Supplier } from './suppliers.ts'
import { valueOf, type Units } from './units.ts'

/** Sends a mail: the office at that address, if there is one, reads it at once, and its answer comes next morning. */
export function correspond(business: Business, to: string, subject: string, body: string): Business {
  const address = cleanText(to.slice(0, 300)).trim().toLowerCase()
  const sent = { ...business, sent: business.sent + 1 }
  const supplier = business.suppliers.find((known) => known.address === address)
  if (supplier === undefined || !answersMail(supplier, business.day)) {
    return answer(
      sent,
      'mail-system@post.example',
      'Undeliverable',
      `No such address: ${address.slice(0, 100)}. Your mail was not delivered.`,
    )
  }
  const letter = readLetter(cleanText(`${subject.slice(0, 300)}\n${body}`))
  const reply = (next: Business, title: string, text: string): Business =>
    answer(next, supplier.address, title, `${text}\n\n${supplier.name}`)
  switch (letter.intent) {
    case 'order':
      return order(sent, supplier, letter, reply)
    case 'complaint':
      return complaint(sent, supplier, reply)
    case 'prices':
      return reply(sent, 'Our prices', priceList(sent, supplier, letter))
    case 'unclear':
      return reply(sent, 'Your mail', HOW_TO)
  }
}

type Reply = (next: Business, title: string, text: string) => Business

const HOW_TO =
  'We did not understand your mail. Ask for our prices, or order by naming each product with its quantity, your delivery address and the account to charge.'

function answer(business: Business, from: string, subject: string, body: string): Business {
  return { ...business, inbox: post(business.inbox, { day: business.day + 1, from, subject, body }) }
}

function priceList(business: Business, supplier: Supplier, letter: Letter): string {
  const { orders } = accountOf(business, supplier)
  const asked = [...letter.lines.map((line) => line.product), ...letter.mentioned]
  const listed = (asked.length > 0 ? asked : PRODUCTS).filter((product) => supplier.carries.has(product.name))
  // What a list says is what a first order pays. Whoever raises prices later does not write it down.
  const shown = supplier.trait === 'raises' ? 0 : orders
  const lines = listed.map(
    (product) => `- ${product.name} (${product.size}): ${dollars(unitPrice(supplier, product, shown))}`,
  )
  const missing = asked.filter((product) => !supplier.carries.has(product.name)).map((product) => product.name)
  return [
    lines.length > 0 ? `Prices for one unit:\n${lines.join('\n')}` : 'We have none of these.',
    ...(missing.length > 0 ? [`Not in our range: ${missing.join(', ')}.`] : []),
    `We deliver ${supplier.lead} days after the order. To order, name each product with its quantity, your delivery address and the account to charge.`,
  ].join('\n')
}

function order(business: Business, supplier: Supplier, letter: Letter, reply: Reply): Business {
  const problems = orderProblems(supplier, letter)
  if (problems.length > 0) return reply(business, 'Your order: not accepted', problems.join('\n'))
  const { orders } = accountOf(business, supplier)
  const prices = Object.fromEntries(
    letter.lines.map(({ product }) => [product.name, unitPrice(supplier, product, orders)]),
  )
  const total = letter.lines.reduce((sum, { product, units }) => sum + units * (prices[product.name] ?? 0), 0)
  const ledger = pay(business.ledger, business.day, 'order', total, `order from ${supplier.address}`)
  if (ledger === undefined) {
    return reply(
      business,
      'Your order: not accepted',
      `The order comes to ${dollars(total)}, and your account does not cover it. Nothing was charged.`,
    )
  }
  const promised = business.day + supplier.lead
  const ordered = Object.fromEntries(letter.lines.map(({ product, units }) => [product.name, units]))
  const charged = withAccount({ ...business, ledger }, supplier, { orders: orders + 1 })
  const dispatched = dispatch(charged, supplier, ordered, prices, promised)
  const list = letter.lines.map(({ product, units }) => `- ${units} ${product.name}`).join('\n')
  return reply(
    dispatched,
    'Your order: confirmed',
    `Thank you for your order:\n${list}\nWe charged ${dollars(total)} to your account. Your goods will reach your storage on day ${promised} (${dateOf(promised)}).`,
  )
}

/** Everything that is missing or wrong, at once, so that one more mail is enough. */
function orderProblems(supplier: Supplier, letter: Letter): readonly string[] {
  const absent = letter.lines
    .filter(({ product }) => !supplier.carries.has(product.name))
    .map(({ product }) => product.name)
  return [
    ...(letter.lines.length === 0 ? ['Which products, and how many of each?'] : []),
    ...letter.mentioned.map((product) => `How many ${product.name}?`),
    ...letter.lines.filter(({ units }) => units === 0).map(({ product }) => `Zero ${product.name} is no order.`),
    ...letter.unknown.map((name) => `We do not know a product called ${name}.`),
    ...(absent.length > 0 ? [`Not in our range: ${absent.join(', ')}.`] : []),
    ...(letter.address ? [] : ['Please name your delivery address.']),
    ...(letter.account ? [] : ['Please name the account to charge.']),
  ]
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
  ordered: Units,
  unitCents: Units,
  promised: number,
): Business {
  const random = randomFrom(business.seed, 'delivery', supplier.address, business.sent)
  const short = supplier.trait === 'shorts' || (supplier.trait === 'careless' && random() < CARELESS)
  const packed = Object.fromEntries(
    Object.entries(ordered).map(([name, units]) => [
      name,
      units - (short ? Math.ceil(units * between(random, LEFT_OUT)) : 0),
    ]),
  )
  const late = supplier.trait === 'late' ? Math.round(between(random, DAYS_LATE)) : 0
  const delivery: Delivery = { supplier: supplier.address, day: promised + late, ordered, packed, unitCents }
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
  const told = answer(
    paid,
    supplier.address,
    'Out of stock: refund',
    `We are out of ${lacking.join(', ')} and have paid ${dollars(cents)} back to your account. The rest comes as confirmed.\n\n${supplier.name}`,
  )
  return Object.keys(rest).length === 0 ? told : withDelivery(told, { ...delivery, ordered: rest, packed: rest })
}

function complaint(business: Business, supplier: Supplier, reply: Reply): Business {
  const { owed } = accountOf(business, supplier)
  if (owed > 0) {
    const ledger = refund(business.ledger, business.day, owed, `refund from ${supplier.address}`)
    const settled = withAccount({ ...business, ledger }, supplier, { owed: 0 })
    return reply(settled, 'Your complaint: refund', `We are sorry. We have paid ${dollars(owed)} back to your account.`)
  }
  return reply(business, 'Your complaint', 'Our records show nothing that we owe you.')
}

function withDelivery(business: Business, delivery: Delivery): Business {
  return { ...business, deliveries: [...business.deliveries, delivery] }
}

function between(random: () => number, [least, most]: readonly [number, number]): number {
  return least + (most - least) * random()
}

/** Suppliers that list a product, for the product search. */
export function sellersOf(business: Business, product: Product): readonly Supplier[] {
  return business.suppliers.filter((supplier) => supplier.carries.has(product.name))
}
