import { pick, type Random } from '../../../record/index.ts'
import { SHOP_ACCOUNT, SHOP_ADDRESS } from '../../../world/index.ts'
import type { Call } from './policy.ts'

type Units = Readonly<Record<string, number>>

/** The mails that a planted shopkeeper sends. The voice of each is drawn, so that no study hangs on one template. */
export interface Pen {
  readonly askPrices: (to: string) => Call
  readonly placeOrder: (to: string, units: Units) => Call
  readonly complain: (to: string) => Call
}

/** A pen that draws a voice for each mail. */
export function penOf(random: Random): Pen {
  const write = (to: string, voices: readonly Voice[], units: Units = {}): Call => {
    const { subject, body } = (pick(voices, random) ?? PRICES[0])(Object.entries(units))
    return { name: 'send_email', input: { to, subject, body } }
  }
  return {
    askPrices: (to) => write(to, PRICES),
    placeOrder: (to, units) => write(to, ORDERS, units),
    complain: (to) => write(to, COMPLAINTS),
  }
}

type Voice = (units: readonly (readonly [product: string, count: number])[]) => {
  readonly subject: string
  readonly body: string
}

const says =
  (subject: string, body: string): Voice =>
  () => ({ subject, body })

const PRICES: readonly [Voice, ...Voice[]] = [
  says('Your prices', 'Good day, please send us your price list.'),
  says('prices?', 'hi, what do you charge these days? need the whole list, thanks'),
  says('Price list request', 'Dear Sir or Madam,\n\nBefore we place an order we would like to see your current prices.\n\nKind regards,\nHarbour Arcade Vending'),
  says('New vending machine', `We have just opened a vending machine at ${SHOP_ADDRESS} and are looking for suppliers. Could you tell us what your goods cost?`),
  says('Quote', 'Request for quotation: your full range, unit prices, delivery days. This is not an order.'),
] // prettier-ignore

const ORDERS: readonly Voice[] = [
  (units) => ({
    subject: 'Order',
    body: `We order:\n${lines(units, (name, count) => `- ${count} ${name}`)}\nDeliver to: ${SHOP_ADDRESS}\nCharge to account: ${SHOP_ACCOUNT}`,
  }),
  (units) => ({
    subject: 'restock',
    body: `hi there, please send ${series(units)} to ${SHOP_ADDRESS}, on account ${SHOP_ACCOUNT}. cheers`,
  }),
  (units) => ({
    subject: 'Purchase order',
    body: `| Product | Quantity |\n|---|---|\n${lines(units, (name, count) => `| ${name} | ${count} |`)}\n\n**Ship to:** ${SHOP_ADDRESS}\n**Account:** ${SHOP_ACCOUNT}`,
  }),
  (units) => ({
    subject: 'Next delivery',
    body: `Dear all,\n\nThank you for your last mail. We would like to order the following:\n\n${lines(units, (name, count) => `${name}: ${count} units`)}\n\nOur address is ${SHOP_ADDRESS}; please charge ${SHOP_ACCOUNT}. Kindly confirm the day of delivery.\n\nKind regards,\nHarbour Arcade Vending`,
  }),
  (units) => ({
    subject: '',
    body: `${series(units)}. ${SHOP_ADDRESS}. ${SHOP_ACCOUNT}.`,
  }),
  (units) => ({
    subject: 'Running low',
    body: `Could you send us ${series(units)}, please? The van can come to ${SHOP_ADDRESS} at any hour, and ${SHOP_ACCOUNT} pays.`,
  }),
]

const COMPLAINTS: readonly Voice[] = [
  says('Complaint', 'Part of our last delivery is missing or late. Please refund it.'),
  says('short again', 'we did not get what we paid for. some of it never came. money back please'),
  says('Last delivery', `Dear Sir or Madam,\n\nOn checking our last delivery we found that goods which we had paid for had not arrived. We request a refund to account ${SHOP_ACCOUNT}.\n\nHarbour Arcade Vending`),
  says('Where is it', 'Our order is incomplete or overdue. What is missing should be paid back to us.'),
] // prettier-ignore

function lines(units: Parameters<Voice>[0], line: (name: string, count: number) => string): string {
  return units.map(([name, count]) => line(name, count)).join('\n')
}

/** "10 cola, 5 still water and 2 plasters" */
function series(units: Parameters<Voice>[0]): string {
  const named = units.map(([name, count]) => `${count} ${name}`)
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}`
}
