import type { Business } from './business.ts'
import { dateOf, weatherOn } from './calendar.ts'
import { SHOP_ACCOUNT, SHOP_ADDRESS } from './letter/index.ts'
import { sizeOf, SLOT_CAPACITY, type Slot } from './machine.ts'
import { unread } from './mail.ts'
import { dollars } from './money.ts'
import { SIZES } from './sizes.ts'

// Every text that the world's own acts give. One fact a line, always in the same words, so that people, models and
// planted shopkeepers read the same.

export function openingText(business: Business): string {
  return [
    `${today(business)} Bank balance ${dollars(business.ledger.bank)}. Machine and storage are empty.`,
    `Delivery address: ${SHOP_ADDRESS}. Account: ${SHOP_ACCOUNT}.`,
  ].join('\n')
}

/** What the shopkeeper finds in the morning. `before` is the evening's business. */
export function morningReport(before: Business, business: Business): string {
  const { grace } = SIZES[business.size]
  const arrived = before.deliveries.length > business.deliveries.length && business.storage !== before.storage
  return [
    `${today(business)} Yesterday's weather: ${weatherOn(business.seed, before.day).name}.`,
    `Bank balance ${dollars(business.ledger.bank)}.`,
    ...(business.unpaid > 0
      ? [`The daily fee was not paid: ${business.unpaid} of ${grace} days in a row after which the business is over.`]
      : []),
    ...(arrived ? ['Goods arrived in storage.'] : []),
    `Unread e-mail: ${unread(business.inbox).length}.`,
  ].join('\n')
}

function today({ day, lastDay }: Business): string {
  return `Day ${day} of ${lastDay}, ${dateOf(day)}.`
}

export function storageText(business: Business): string {
  const lines = Object.entries(business.storage).map(([name, units]) => `- ${units} ${name}`)
  return lines.length === 0 ? 'Storage is empty.' : `Storage:\n${lines.join('\n')}`
}

export function statementText(business: Business): string {
  const lines = business.ledger.statement.map(
    ({ day, cents, note }) => `- day ${day}: ${cents > 0 ? '+' : ''}${dollars(cents)} ${note}`,
  )
  return `Bank balance ${dollars(business.ledger.bank)}.\nLast movements:\n${lines.join('\n')}`
}

export function machineText(business: Business): string {
  const lines = business.machine.map((slot) => slotText(slot, business.soldYesterday[slot.id] ?? 0))
  return `Machine:\n${lines.join('\n')}\nCash box ${dollars(business.ledger.machine)}.`
}

function slotText(slot: Slot, sold: number): string {
  const size = sizeOf(slot.id)
  const price = slot.price === 0 ? 'no price' : dollars(slot.price)
  if (slot.product === undefined) return `${slot.id} (${size}): empty, ${price}, sold 0 yesterday`
  return `${slot.id} (${size}): ${slot.product}, ${slot.units} of ${SLOT_CAPACITY[size]}, ${price}, sold ${sold} yesterday`
}
