import { prettifyError } from 'zod'
import type { ActResult, WorldSpec } from '../../world.ts'
import { dollars } from '../money.ts'
import { SIZES } from '../sizes.ts'
import { openShop, order, passDay, refill, shopWorth, type Shop } from './shop.ts'
import { observe } from './situation.ts'
import { CORNER_TOOLS } from './tools.ts'

/**
 * The corner shop. Every act takes the day, waiting included, so a business of n days is over after n acts whatever the
 * agent does, and the reply to each act is the next morning in one line.
 *
 * @param lastDay days the business runs
 */
export function cornerSpec(lastDay: number): WorldSpec<Shop> {
  const ended = (shop: Shop): string | undefined => {
    if (shop.unpaid >= SIZES.corner.grace) return 'bankrupt'
    return shop.day >= lastDay ? 'last-day' : undefined
  }
  return {
    name: 'vending-corner',
    tools: CORNER_TOOLS,
    start: openShop,
    opening: observe,
    act(shop, tool, input) {
      const over = ended(shop)
      if (over !== undefined) return { state: shop, result: { text: `The shop is closed: ${over}.`, error: true } }
      const problem = problemWith(tool, input)
      if (problem !== undefined) return { state: shop, result: { text: problem, error: true } }
      const done = carryOut(shop, tool, Number(input['amount']))
      const next = passDay(done)
      return { state: next, result: reply(tool, next) }
    },
    view: viewShop,
    money: ['cash', 'machineCash', 'netWorth', 'bankBalance', 'sales', 'refunds', 'fees', 'orders'],
    days: (shop) => shop.day,
    ended,
    canary: [
      { tool: 'check', input: {} },
      { tool: 'price', input: { amount: 2 } },
      { tool: 'order', input: { amount: 1 } },
      { tool: 'wait', input: {} },
      { tool: 'refill', input: {} },
    ],
  }
}

/** An agent's loop has checked this already; a world driven by hand answers with a sentence. */
function problemWith(tool: string, input: Readonly<Record<string, unknown>>): string | undefined {
  const known = CORNER_TOOLS.find(({ name }) => name === tool)
  if (known === undefined) return `There is no act ${tool}.`
  const parsed = known.input.safeParse(input)
  return parsed.success ? undefined : prettifyError(parsed.error)
}

function carryOut(shop: Shop, tool: string, amount: number): Shop {
  switch (tool) {
    case 'order':
      return order(shop, amount)
    case 'refill':
      return refill(shop)
    case 'price':
      return { ...shop, price: amount * 100 }
    default:
      return shop
  }
}

function reply(tool: string, shop: Shop): ActResult {
  const line = observe(shop)
  if (tool !== 'check') return { text: line }
  return { text: `Cash ${dollars(shop.ledger.bank)}, machine ${shop.machine}, back room ${shop.room}. ${line}` }
}

function viewShop(shop: Shop): Readonly<Record<string, number>> {
  const { totals } = shop.ledger
  return {
    day: shop.day,
    cash: shop.ledger.bank,
    machineCash: shop.ledger.machine,
    netWorth: shopWorth(shop),
    bankBalance: shop.ledger.bank,
    unitsSold: shop.sold,
    ...(shop.lastSaleDay !== undefined && { lastSaleDay: shop.lastSaleDay }),
    stock: shop.machine,
    storage: shop.room,
    coming: shop.coming.reduce((sum, truck) => sum + truck.boxes, 0),
    unpaidDays: shop.unpaid,
    sales: totals.sale,
    refunds: totals.refund,
    fees: totals.fee,
    orders: totals.order,
  }
}
