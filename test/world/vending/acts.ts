import * as fc from 'fast-check'
import type { Business } from '../../../src/world/vending/business.ts'
import { SLOT_IDS } from '../../../src/world/vending/machine.ts'
import { PRODUCTS } from '../../../src/world/vending/products.ts'
import { SHOP_ACCOUNT, SHOP_ADDRESS } from '../../../src/world/vending/letter/index.ts'
import { suppliersOf } from '../../../src/world/vending/suppliers.ts'

// Acts at random that often make sense: a business driven by them buys, stocks, sells, complains and goes wrong.

export interface RandomAct {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

const slot = fc.constantFrom(...SLOT_IDS, 'Z9', '')
const product = fc.constantFrom(...PRODUCTS.map(({ name }) => name), 'Cola ', 'dragon rolls', '')
const units = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(0, -3, 2.5, 1e9, Number.NaN))

function act(tool: string, input: fc.Arbitrary<RandomAct['input']>): fc.Arbitrary<RandomAct> {
  return input.map((filled) => ({ tool, input: filled }))
}

/** A mail to one of the business's suppliers, or to nobody: orders, questions, complaints and noise. */
function mail(size: Business['size'], seed: string): fc.Arbitrary<RandomAct> {
  const to = fc.constantFrom(...suppliersOf(size, seed).map(({ address }) => address), 'nobody@nowhere.example', 'x')
  const order = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 40 }), product), { minLength: 1, maxLength: 6 })
    .map((lines) => lines.map(([count, name]) => `- ${count} ${name}`).join('\n'))
  const body = fc.oneof(
    { weight: 5, arbitrary: order.map((lines) => `We order\n${lines}\nto ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`) },
    order,
    fc.constantFrom('Your prices?', 'Goods are missing, please refund', '', '\u0000\ud800'),
    fc.string({ unit: 'binary' }),
  )
  return act('send_email', fc.record({ to, subject: fc.string(), body }))
}

/** A first order that arrives, so that there is something to sell. */
function stocked(size: Business['size'], seed: string): readonly RandomAct[] {
  const [supplier] = suppliersOf(size, seed)
  const lines = [...(supplier?.carries ?? [])].map((name) => `- 6 ${name}`).join('\n')
  const body = `We order\n${lines}\nto ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`
  const wait = { tool: 'wait_for_next_day', input: {} }
  return [
    { tool: 'send_email', input: { to: supplier?.address, subject: 'Order', body } },
    ...Array.from({ length: 5 }, () => wait),
  ]
}

export function randomActs(size: Business['size'], seed: string): fc.Arbitrary<readonly RandomAct[]> {
  const nothing = fc.constant({})
  return fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: act('wait_for_next_day', nothing) },
        { weight: 3, arbitrary: mail(size, seed) },
        { weight: 5, arbitrary: act('stock_machine', fc.record({ slot, product, quantity: units })) },
        {
          weight: 3,
          arbitrary: act('set_price', fc.record({ slot, price: fc.constantFrom(0.5, 1, 1.999, 3, -1, 1e12) })),
        },
        act('empty_slot', fc.record({ slot })),
        act('collect_cash', nothing),
        act('read_machine', nothing),
        act('read_storage', nothing),
        act('check_balance', nothing),
        act('read_email', fc.constantFrom<RandomAct['input']>({}, { id: 1 }, { id: 99.5 })),
        act('search_products', fc.record({ query: fc.oneof(fc.constant('cola'), fc.string()) })),
      ),
      { maxLength: 120 },
    )
    .map((acts) => [...stocked(size, seed), ...acts])
}
