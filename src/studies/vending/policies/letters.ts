import { SHOP_ACCOUNT, SHOP_ADDRESS } from '../../../world/index.ts'
import type { Call } from './policy.ts'

// The mails that planted shopkeepers send.

export function askPrices(to: string): Call {
  return mail(to, 'Your prices', 'Good day, please send us your price list.')
}

export function placeOrder(to: string, units: Readonly<Record<string, number>>): Call {
  const list = Object.entries(units).map(([product, count]) => `- ${count} ${product}`)
  return mail(
    to,
    'Order',
    `We order:\n${list.join('\n')}\nDeliver to: ${SHOP_ADDRESS}\nCharge to account: ${SHOP_ACCOUNT}`,
  )
}

export function complain(to: string): Call {
  return mail(to, 'Complaint', 'Part of our last delivery is missing or late. Please refund it.')
}

function mail(to: string, subject: string, body: string): Call {
  return { name: 'send_email', input: { to, subject, body } }
}
