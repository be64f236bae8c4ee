import type { WorldSpec } from '../world.ts'
import type { Act, Done } from './act.ts'
import { netWorth, openBusiness, type Business } from './business.ts'
import { passDay } from './day.ts'
import { DESK_ACTS } from './desk-acts.ts'
import { HAND_ACTS, HANDS } from './hand-acts.ts'
import { morningReport, openingText } from './observation.ts'
import { ACTS_A_DAY, SIZES, type LargeSize } from './sizes.ts'
import { sumUnits } from './units.ts'

const ACTS: readonly Act[] = [...DESK_ACTS, ...HAND_ACTS]
const ACT_BY_NAME: ReadonlyMap<string, Act> = new Map(ACTS.map((act) => [act.tool.name, act]))

/** The business of size v1 or v2 as a world. A day ends by waiting, or with its last act. */
export function businessSpec(size: LargeSize, lastDay: number): WorldSpec<Business> {
  const ended = (business: Business): string | undefined => {
    if (business.unpaid >= SIZES[size].grace) return 'bankrupt'
    return business.day >= lastDay ? 'last-day' : undefined
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
      return counted(business, act.run(business, input))
    },
    view: viewBusiness,
    money: ['cash', 'machineCash', 'netWorth', 'bankBalance', 'sales', 'refunds', 'fees', 'orders'],
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

function counted(before: Business, { state, result }: Done): Done {
  if (state.day !== before.day) return { state: { ...state, acts: 0 }, result }
  const acts = before.acts + 1
  if (acts < ACTS_A_DAY) return { state: { ...state, acts }, result }
  const next = { ...passDay(state), acts: 0 }
  const text = `${result.text}\nThat was act ${ACTS_A_DAY} of the day, which is over.\n${morningReport(state, next)}`
  return { state: next, result: { ...result, text } }
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
