import { accountOf, openOrdersWith, withAccount, type Business } from './business.ts'
import { historyWith, unitsText } from './history.ts'
import { refund } from './ledger.ts'
import { readLetter, type Letter } from './letter/index.ts'
import { cleanText, deliverMail, post } from './mail.ts'
import { dollars } from './money.ts'
import { dropOpen, takeOrder, unitsOf, type Answer } from './orders.ts'
import { PRODUCTS, type Product } from './products.ts'
import { answersMail, unitPrice, type Supplier } from './suppliers.ts'
import { valueOf } from './units.ts'

/**
 * Sends a mail: the office at that address, if there is one, reads it at once. It confirms an order the same day, before
 * it is charged; every other answer comes next morning.
 */
export function correspond(business: Business, to: string, subject: string, body: string): Business {
  const address = cleanText(to.slice(0, 300)).trim().toLowerCase()
  const sent = { ...business, sent: business.sent + 1 }
  const supplier = business.suppliers.find((known) => known.address === address)
  if (supplier === undefined || !answersMail(supplier, business.day)) {
    const text = `No such address: ${address.slice(0, 100)}. Your mail was not delivered.`
    return answer(sent, 'mail-system@post.example', { business: sent, subject: 'Undeliverable', body: text })
  }
  const letter = readLetter(cleanText(body), {
    subject: cleanText(subject.slice(0, 300)),
    before: historyWith(sent, supplier),
    products: PRODUCTS,
  })
  const reply = replyTo(sent, supplier, letter)
  return answer(reply.business, supplier.address, { ...reply, body: `${reply.body}\n\n${supplier.name}` })
}

function answer(business: Business, from: string, { subject, body, atOnce = false }: Answer): Business {
  const day = business.day + (atOnce ? 0 : 1)
  const inbox = post(business.inbox, { day, from, subject, body })
  return { ...business, inbox: atOnce ? deliverMail(inbox, business.day) : inbox }
}

function replyTo(business: Business, supplier: Supplier, letter: Letter): Answer {
  if (letter.commits) return takeOrder(business, supplier, letter)
  const plain = (subject: string, body: string): Answer => ({ business, subject, body })
  switch (letter.intent) {
    case 'inquiry':
      return priceList(business, supplier, letter, '')
    case 'negotiate':
      return priceList(
        business,
        supplier,
        letter,
        'Our prices are fixed, and we take no order that depends on conditions.\n',
      )
    case 'cancel':
      return cancel(business, supplier, letter)
    case 'change':
      return change(business, supplier)
    case 'complaint':
    case 'refund':
      return complaint(business, supplier)
    case 'unclear':
      return plain('Your mail', [...letter.questions, HOW_TO].join('\n'))
    case 'confirm':
    case 'decline':
    case 'other':
      return {
        ...plain('Your mail', 'Thank you for your mail. Nothing was ordered by it, and nothing is charged.'),
        business: withAccount(business, supplier, { talk: undefined }),
      }
  }
}

const HOW_TO =
  'We did not quite understand your mail, so nothing was ordered and nothing is charged. Ask for our prices, or order by naming each product with its quantity, your delivery address and the account to charge.'

/** Unit prices of what was asked about, or of everything, and what the quantities come to. */
function priceList(business: Business, supplier: Supplier, letter: Letter, opening: string): Answer {
  const asked = letter.mentioned
  const carried = (product: Product): boolean => supplier.carries.has(product.name)
  const listed = (asked.length > 0 ? asked : PRODUCTS).filter(carried)
  // What a list says is what a first order pays. Whoever raises prices later does not write it down.
  const shown = supplier.trait === 'raises' ? 0 : accountOf(business, supplier).orders
  const cents = Object.fromEntries(PRODUCTS.map((product) => [product.name, unitPrice(supplier, product, shown)]))
  const lines = listed.map((product) => `- ${product.name} (${product.size}): ${dollars(cents[product.name] ?? 0)}`)
  const missing = asked.filter((product) => !carried(product)).map((product) => product.name)
  const units = unitsOf(letter.named.filter(({ product }) => carried(product)))
  const quoted = Object.keys(units).length > 0
  const body = [
    opening + (lines.length > 0 ? `Prices for one unit:\n${lines.join('\n')}` : 'We have none of these.'),
    ...(missing.length > 0 ? [`Not in our range: ${missing.join(', ')}.`] : []),
    ...(quoted ? [`${unitsText(units)} would come to ${dollars(valueOf(units, cents))}. Nothing is ordered yet.`] : []),
    `We deliver ${supplier.lead} days after the order. To order, name each product with its quantity, your delivery address and the account to charge.`,
  ].join('\n')
  const next = withAccount(business, supplier, {
    talk: quoted ? { type: 'quoted', units, unitCents: cents } : undefined,
  })
  return { business: next, subject: 'Our prices', body }
}

const TOO_LATE =
  'You have no order with us that could still be stopped: an order is charged on the morning after it was sent. Nothing was changed.'

function cancel(business: Business, supplier: Supplier, letter: Letter): Answer {
  const named = letter.mentioned.map(({ name }) => name)
  const { business: next, dropped } = dropOpen(withAccount(business, supplier, { talk: undefined }), supplier, named)
  if (dropped.length === 0) return { business: next, subject: 'Your cancellation', body: TOO_LATE }
  const body = `We have cancelled, and will not charge:\n${dropped.map((line) => `- ${line}`).join('\n')}`
  return { business: next, subject: 'Your order: cancelled', body }
}

/** An order that is to be changed is stopped whole and asked for again: no guess is charged. */
function change(business: Business, supplier: Supplier): Answer {
  if (openOrdersWith(business, supplier).length === 0) return { business, subject: 'Your change', body: TOO_LATE }
  const { business: next, dropped } = dropOpen(business, supplier, [])
  const body = `We have stopped these goods, and will not charge them:\n${dropped.map((line) => `- ${line}`).join('\n')}\nPlease order again as you want it now, with address and account. We always deliver to your storage, on the day that the confirmation names.`
  return { business: next, subject: 'Your order: stopped', body }
}

function complaint(business: Business, supplier: Supplier): Answer {
  const { owed } = accountOf(business, supplier)
  if (owed === 0) return { business, subject: 'Your complaint', body: 'Our records show nothing that we owe you.' }
  const ledger = refund(business.ledger, business.day, owed, `refund from ${supplier.address}`)
  return {
    business: withAccount({ ...business, ledger }, supplier, { owed: 0 }),
    subject: 'Your complaint: refund',
    body: `We are sorry. We have paid ${dollars(owed)} back to your account.`,
  }
}

/** Suppliers that list a product, for the product search. */
export function sellersOf(business: Business, product: Product): readonly Supplier[] {
  return business.suppliers.filter((supplier) => supplier.carries.has(product.name))
}
