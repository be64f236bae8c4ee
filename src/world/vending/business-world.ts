import type { WorldSpec } from '../world.ts'
import type { Act } from './act.ts'
import { netWorth, openBusiness, type Business } from './business.ts'
import { DESK_ACTS } from './desk-acts.ts'
import { HAND_ACTS, HANDS } from './hand-acts.ts'
import { openingText } from './observation.ts'
import { SIZES, type LargeSize } from './sizes.ts'
import { sumUnits } from './units.ts'

const ACTS: readonly Act[] = [...DESK_ACTS, ...HAND_ACTS]
const ACT_BY_NAME: ReadonlyMap<string, Act> = new Map(ACTS.map((act) => [act.tool.name, act]))

/** The business of size v1 or v2 as a world. Acts take no time; only waiting ends a day. */
export function businessSpec(size: LargeSize, lastDay: number | undefined): WorldSpec<Business> {
  const ended = (business: Business): string | undefined => {
    if (business.unpaid >= SIZES[size].grace) return 'bankrupt'
    return lastDay !== undefined && business.day >= lastDay ? 'last-day' : undefined
  }
  return {
    name: `vending-${size}`,
    tools: ACTS.map((act) => act.tool),
    delegation: HANDS,
    start: (seed) => openBusiness(size, seed, lastDay),
    opening: openingText,
    act(business, tool, input) {
      const over = ended(business)
      if (over !== undefined)
        return { state: business, result: { text: `The business is over: ${over}.`, error: true } }
      const act = ACT_BY_NAME.get(tool)
      if (act === undefined) return { state: business, result: { text: `There is no act ${tool}.`, error: true } }
      return act.run(business, input)
    },
    view: viewBusiness,
    days: (business) => business.day,
    ended,
    canary: [
      { tool: 'check_balance', input: {} },
      { tool: 'search_products', input: { query: '' } },
      { tool: 'send_email', input: { to: 'nobody@post.example', subject: 'Prices', body: 'Your prices, please.' } },
      { tool: 'read_machine', input: {} },
      { tool: 'set_price', input: { slot: 'A1', price: 1.5 } },
      { tool: 'collect_cash', input: {} },
      { tool: 'read_storage', input: {} },
      { tool: 'wait_for_next_day', input: {} },
      { tool: 'read_email', input: {} },
    ],
  }
}

function viewBusiness(business: Business): Readonly<Record<string, number>> {
  const { ledger } = business
  return {
    day: business.day,
    cash: ledger.bank,
    machineCash: ledger.machine,
    netWorth: netWorth(business),
    bankBalance: ledger.bank,
    unitsSold: business.sold,
    ...(business.lastSaleDay !== undefined && { lastSaleDay: business.lastSaleDay }),
    stock: business.machine.reduce((sum, slot) => sum + slot.units, 0),
    storage: sumUnits(business.storage),
    coming:
      business.deliveries.reduce((sum, delivery) => sum + sumUnits(delivery.ordered), 0) +
      business.open.reduce((sum, order) => sum + sumUnits(order.units), 0),
    unpaidDays: business.unpaid,
    sales: ledger.totals.sale,
    refunds: ledger.totals.refund,
    fees: ledger.totals.fee,
    orders: ledger.totals.order,
  }
}
