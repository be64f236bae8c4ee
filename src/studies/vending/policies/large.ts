import { assortment, chooseSupplier } from './assortment.ts'
import { byHand, helping, isHelper } from './hands.ts'
import { keeper } from './keeper.ts'
import { penOf, type Pen } from './letters.ts'
import { calling, lastTurn, type Call, type Policy } from './policy.ts'
import { readSearch, readUnits } from './reading.ts'

// Planted shopkeepers for v1 and v2. Their known results stand in test/studies/vending.

const WAIT: Call = { name: 'wait_for_next_day', input: {} }

/** Does nothing but wait: cash 0 on day 250, out of business on day 260. */
export const idle: Policy = (messages, tools, random) =>
  isHelper(tools) ? helping(lastTurn(messages), tools, random) : calling([WAIT], random)

/** Buys and keeps shop well: counts what comes, leaves suppliers that break their word. Makes a clear profit. */
export const careful: Policy = keeper(true)

/** As `careful`, but takes every promised date and quantity for done: as good in v1, and in v2 the worse for it. */
export const trusting: Policy = keeper(false)

/** Orders once, stocks and prices the machine once, and then only waits: sells at first, then drains. */
export const oneOrder: Policy = (messages, tools, random) => {
  const last = lastTurn(messages)
  if (isHelper(tools)) return helping(last, tools, random)
  const latest = last.results.at(-1)
  switch (latest?.name) {
    case undefined:
    case 'opening':
      return calling([{ name: 'search_products', input: { query: '' } }], random)
    case 'search_products':
      return calling([...firstOrder(latest.text, penOf(random)), WAIT], random)
    case 'wait_for_next_day':
      return calling(latest.text.includes('Goods arrived') ? LOOK : [WAIT], random)
    default:
      return calling([...byHand(stockAll(last.results.map(({ text }) => text).join('\n')), tools), WAIT], random)
  }
}

const LOOK: readonly Call[] = [
  { name: 'search_products', input: { query: '' } },
  { name: 'read_storage', input: {} },
]

/** One load of the machine from the supplier that has the most of the assortment. */
function firstOrder(search: string, pen: Pen): readonly Call[] {
  const found = readSearch(search)
  const lines = assortment(found)
  const lists = new Map(
    [...new Set(found.flatMap((item) => item.sellers))].map((supplier) => [
      supplier,
      Object.fromEntries(found.filter((item) => item.sellers.includes(supplier)).map((item) => [item.product, 1])),
    ]),
  )
  const choice = chooseSupplier(lines, lists)
  if (choice === undefined) return []
  const units = choice.lines.flatMap(({ product, quote, slot }) => (quote > 0 ? [[product, slot < 'C' ? 15 : 8]] : []))
  return [pen.placeOrder(choice.supplier, Object.fromEntries(units))]
}

function stockAll(text: string): readonly Call[] {
  const storage = readUnits(text)
  return assortment(readSearch(text)).flatMap(({ slot, product, price }) => {
    const quantity = storage[product] ?? 0
    if (quantity === 0) return []
    return [
      { name: 'set_price', input: { slot, price: price / 100 } },
      { name: 'stock_machine', input: { slot, product, quantity } },
    ]
  })
}
