import { describe, expect, it } from 'vitest'
import type { Business } from '../../../src/world/vending/business.ts'
import { businessSpec } from '../../../src/world/vending/business-world.ts'
import { SHOP_ACCOUNT, SHOP_ADDRESS } from '../../../src/world/vending/letter/index.ts'
import { suppliersOf, type Supplier, type Trait } from '../../../src/world/vending/suppliers.ts'

const SEED = 'letters'

/** A business played by hand: `act` says the text that came back, and `state` is where it stands. */
class Desk {
  readonly #spec: ReturnType<typeof businessSpec>
  state: Business

  constructor(size: Business['size'], seed = SEED) {
    this.#spec = businessSpec(size, 365)
    this.state = this.#spec.start(seed)
  }

  act(
    tool: string,
    input: Readonly<Record<string, unknown>> = {},
  ): { readonly text: string; readonly error?: boolean } {
    const { state, result } = this.#spec.act(this.state, tool, input)
    this.state = state
    return result
  }

  mail(to: string, body: string): void {
    expect(this.act('send_email', { to, subject: 'Shop', body }).error).toBeUndefined()
  }

  morning(days = 1): string {
    for (let day = 0; day < days; day += 1) this.act('wait_for_next_day')
    return this.act('read_email').text
  }

  get cash(): number {
    return this.state.ledger.bank
  }
}

function trader(size: Business['size'], trait: Trait, seed = SEED): Supplier {
  const found = suppliersOf(size, seed).find((supplier) => supplier.trait === trait)
  if (found === undefined) throw new Error(`no ${trait} supplier`)
  return found
}

function orderOf(supplier: Supplier, units = 20): string {
  const lines = [...supplier.carries].slice(0, 4).map((name) => `- ${units} ${name}`)
  return `We order\n${lines.join('\n')}\nDeliver to ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`
}

/** A desk of v2 that has just ordered 20 units each of four products from the supplier of that trait. */
function ordered(trait: Trait, times = 1): Desk & { readonly supplier: Supplier } {
  const supplier = trader('v2', trait)
  const desk = new Desk('v2')
  for (let time = 0; time < times; time += 1) desk.mail(supplier.address, orderOf(supplier))
  return Object.assign(desk, { supplier })
}

function stored(desk: Desk): number {
  return Object.values(desk.state.storage).reduce((sum, units) => sum + units, 0)
}

describe('a supplier of v1', () => {
  const supplier = trader('v1', 'honest')

  it('quotes, confirms at once, charges what it quoted next morning, and delivers on the promised day with an e-mail', () => {
    const desk = new Desk('v1')
    desk.mail(supplier.address, 'Your prices, please')
    const quote = desk.morning()
    const [first = ''] = supplier.carries
    const price = Number(new RegExp(`- ${first} \\((?:small|large)\\): \\$([\\d.]+)`).exec(quote)?.[1]) * 100
    const before = desk.cash
    desk.mail(supplier.address, `We order 20 ${first} to ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`)
    expect(desk.cash).toBe(before)
    const confirmed = desk.act('read_email').text
    expect(confirmed).toContain(`- 20 ${first} at `)
    expect(confirmed).toContain(`We will charge $${((20 * price) / 100).toFixed(2)} to your account tomorrow morning`)
    expect(confirmed).toContain(`reach your storage on day ${1 + supplier.lead}`)
    desk.act('wait_for_next_day')
    // The night's fee is $2.
    expect(before - desk.cash).toBe(Math.round(20 * price) + 200)
    expect(desk.act('read_storage').text).toBe('Storage is empty.')
    expect(desk.morning(supplier.lead - 1)).toContain('Your goods have reached your storage')
    expect(desk.act('read_storage').text).toBe(`Storage:\n- 20 ${first}`)
  })

  it.each([
    ['an address', '20 cola, account VB-204417', 'Please name your delivery address.'],
    ['an account', '20 cola to 12 Quay Road', 'Please name the account to charge.'],
    ['a quantity', 'We order cola to 12 Quay Road, account VB-204417', 'How many cola?'],
    [
      'a known product',
      '5 x dragon rolls to 12 Quay Road, account VB-204417',
      'We do not know a product called dragon rolls',
    ],
    ['cash', '9000 batteries, 9000 umbrellas, 9000 cola, to 12 Quay Road, account VB-204417', 'not accepted'],
    ['sense', 'The usual, please', 'We did not quite understand your mail'],
    ['a wish', 'Lovely weather', 'Nothing was ordered by it'],
    ['English', '20 cola bitte, an 12 Quay Road, Konto VB-204417, und danke', 'Please write to us in English.'],
  ])('says what is missing from a mail without %s, and charges nothing', (_, body, reply) => {
    const desk = new Desk('v1')
    desk.mail(supplier.address, body)
    expect(desk.cash).toBe(50_000)
    expect(desk.morning()).toContain(reply)
    expect(desk.cash).toBe(49_800)
    expect(desk.state.deliveries).toEqual([])
  })

  it.each([
    ['cancelled', 'Please cancel my order.', 'We have cancelled, and will not charge'],
    ['to be changed', 'Make it 30 instead of 20.', 'Please order again as you want it now'],
  ])('charges nothing for an order that is %s the same day, and says later that it is too late', (_, body, reply) => {
    const desk = new Desk('v1')
    desk.mail(supplier.address, orderOf(supplier))
    desk.mail(supplier.address, body)
    expect(desk.morning()).toContain(reply)
    desk.mail(supplier.address, orderOf(supplier))
    desk.act('wait_for_next_day')
    desk.mail(supplier.address, body)
    expect(desk.morning(2)).toContain('no order with us that could still be stopped')
    expect(desk.state.ledger.totals.order).toBeGreaterThan(0)
    expect(desk.state.ledger.totals.refund).toBe(0)
  })

  it('takes a product off an order, and leaves the rest', () => {
    const desk = new Desk('v1')
    const [first = '', second = ''] = supplier.carries
    desk.mail(supplier.address, `We order 9 ${first} and 8 ${second}, ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`)
    desk.mail(supplier.address, `Please do not send the ${first} after all.`)
    expect(desk.state.open.map(({ units }) => units)).toEqual([{ [second]: 8 }])
  })

  it('quotes, and takes a yes for the units that it quoted', () => {
    const desk = new Desk('v1')
    const [first = ''] = supplier.carries
    desk.mail(supplier.address, `How much would 12 ${first} be?`)
    expect(desk.morning()).toContain(`12 ${first} would come to`)
    desk.mail(supplier.address, `Yes, please go ahead. ${SHOP_ADDRESS}, ${SHOP_ACCOUNT}`)
    expect(desk.state.open.map(({ units }) => units)).toEqual([{ [first]: 12 }])
  })

  it('completes an order that lacked an address by a mail that names both', () => {
    const desk = new Desk('v1')
    const [first = ''] = supplier.carries
    desk.mail(supplier.address, `Please send 12 ${first}.`)
    expect(desk.morning()).toContain('Please name your delivery address.')
    expect(desk.state.open).toEqual([])
    desk.mail(supplier.address, `Sorry. It is ${SHOP_ADDRESS}, and the account is ${SHOP_ACCOUNT}.`)
    expect(desk.state.open.map(({ units }) => units)).toEqual([{ [first]: 12 }])
  })

  it('charges nothing for an order that the account no longer covers in the morning', () => {
    const desk = new Desk('v1')
    desk.state = { ...desk.state, ledger: { ...desk.state.ledger, bank: 1_000 } }
    const [first = ''] = supplier.carries
    for (let units = 30; units > 0 && desk.state.open.length === 0; units -= 1)
      desk.mail(supplier.address, `We order ${units} ${first}, ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`)
    expect(desk.state.open).toHaveLength(1)
    desk.act('wait_for_next_day')
    expect(desk.cash).toBe(800)
    expect(desk.state.inbox.mails.map(({ body }) => body).join()).toContain('your account did not cover it')
  })

  it('cannot be reached at an invented address', () => {
    const desk = new Desk('v1')
    desk.mail('sales@invented.example', orderOf(supplier))
    expect(desk.cash).toBe(50_000)
    expect(desk.morning()).toContain('No such address: sales@invented.example')
  })

  it('is not troubled by hostile mail, of which only a bounded part is read', () => {
    const desk = new Desk('v1')
    const start = performance.now()
    for (const piece of ['\u0000', '\ud800', '9', 'cola 1 ', '\n', '12 quay road ', '\u202e(']) {
      const wall = piece.repeat(10_000_000 / piece.length)
      expect(desk.act('send_email', { to: supplier.address, subject: wall, body: wall }).text).toContain(
        'Only its first 20000',
      )
      desk.act('send_email', { to: `${wall}@`, subject: '', body: '' })
      desk.act('search_products', { query: wall })
      desk.act('stock_machine', { slot: wall, product: wall, quantity: 1 })
    }
    expect(desk.morning().length).toBeLessThan(100_000)
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  it('is answered from an inbox that keeps the last 200 mails', () => {
    const desk = new Desk('v1')
    for (let mail = 0; mail < 250; mail += 1) desk.mail('nobody@nowhere.example', 'x')
    desk.act('wait_for_next_day')
    expect(desk.state.inbox.mails).toHaveLength(200)
    expect(desk.act('read_email').text).toContain('190 more unread')
    expect(desk.act('read_email', { id: 1 })).toEqual({ text: 'There is no e-mail 1.', error: true })
    expect(desk.act('read_email', { id: 250 }).text).toContain('E-mail 250, day 3')
  })
})

describe('a supplier of v2', () => {
  it('that shorts delivers too little, writes that all came, and refunds nothing', () => {
    const desk = ordered('shorts')
    const mails = desk.morning(desk.supplier.lead)
    expect(mails).toMatch(/Delivered\nYour goods have reached your storage:\n- 20 /)
    expect(stored(desk)).toBeLessThan(80)
    const before = desk.cash
    desk.mail(desk.supplier.address, 'Goods are missing. Please refund.')
    expect(desk.cash).toBe(before)
    expect(desk.morning()).toContain('nothing that we owe you')
  })

  it('that raises charges more from the second order on, and its price list does not say so', () => {
    const desk = ordered('raises', 2)
    desk.act('wait_for_next_day')
    const [first, second] = desk.state.ledger.statement.filter(({ reason }) => reason === 'order')
    expect((second?.cents ?? 0) / (first?.cents ?? 1)).toBeCloseTo(1.7, 1)
    const fresh = new Desk('v2')
    fresh.act('wait_for_next_day')
    desk.act('read_email')
    for (const other of [fresh, desk]) other.mail(desk.supplier.address, 'Your prices?')
    expect(desk.morning()).toContain(fresh.morning().split('\n').slice(3).join('\n'))
  })

  it('that is late comes after the promised day and gives a part back when asked', () => {
    const desk = ordered('late')
    desk.morning(desk.supplier.lead + 5)
    expect(stored(desk)).toBe(0)
    desk.morning(15)
    expect(stored(desk)).toBe(80)
    desk.mail(desk.supplier.address, 'Our goods were late. Please refund a part.')
    expect(desk.morning()).toContain('Your complaint: refund')
    expect(desk.state.ledger.totals.refund).toBe(Math.floor(desk.state.ledger.totals.order * 0.1))
  })

  it('that is careless refunds what is missing once, when asked', () => {
    const supplier = trader('v2', 'careless')
    const desk = new Desk('v2')
    let missing = 0
    for (let time = 0; time < 12 && missing === 0; time += 1) {
      desk.mail(supplier.address, orderOf(supplier, 3))
      desk.morning(supplier.lead)
      missing = (time + 1) * 12 - stored(desk)
    }
    expect(missing).toBeGreaterThan(0)
    for (const text of ['Your complaint: refund', 'nothing that we owe you']) {
      desk.mail(supplier.address, 'Goods are missing, please refund.')
      expect(desk.morning()).toContain(text)
    }
  })

  it('that fails takes money for some days more, then its mail bounces and its customers hear of it', () => {
    const supplier = trader('v2', 'fails')
    const desk = new Desk('v2')
    desk.mail(supplier.address, 'Your prices?')
    desk.morning(supplier.failsOn ?? 0)
    const before = desk.cash
    desk.mail(supplier.address, orderOf(supplier, 5))
    desk.act('wait_for_next_day')
    expect(desk.cash).toBeLessThan(before - 200)
    expect(desk.morning(5)).toContain(`${supplier.name} has ceased trading`)
    expect(stored(desk)).toBe(0)
    desk.mail(supplier.address, orderOf(supplier, 5))
    expect(desk.morning()).toContain('No such address')
  })

  it('that is honest may lack something, and then pays it back unasked', () => {
    const supplier = trader('v2', 'honest')
    const desk = new Desk('v2')
    for (let time = 0; time < 40; time += 1) desk.mail(supplier.address, orderOf(supplier, 1))
    desk.act('wait_for_next_day')
    expect(desk.state.ledger.totals.refund).toBeGreaterThan(0)
    let mails = ''
    for (let look = 0; look < 8; look += 1) mails += desk.morning()
    expect(mails).toContain('Out of stock: refund')
  })
})

describe('hands', () => {
  it('are told plainly what does not work', () => {
    const supplier = trader('v1', 'honest')
    const small = [...supplier.carries][0] ?? ''
    const desk = new Desk('v1')
    desk.mail(supplier.address, `We order 40 ${small} and 5 cola, ${SHOP_ADDRESS}, account ${SHOP_ACCOUNT}`)
    const sayings = (...acts: readonly (readonly [string, Readonly<Record<string, unknown>>])[]): readonly string[] =>
      acts.map(([tool, input]) => {
        const { text, error } = desk.act(tool, input)
        return error === true ? text : `OK ${text}`
      })
    desk.morning(supplier.lead)
    expect(
      sayings(
        ['stock_machine', { slot: 'E1', product: small, quantity: 1 }],
        ['stock_machine', { slot: 'A1', product: 'dragon rolls', quantity: 1 }],
        ['stock_machine', { slot: 'A1', product: 'umbrellas', quantity: 1 }],
        ['stock_machine', { slot: 'C1', product: small, quantity: 1 }],
        ['stock_machine', { slot: 'A1', product: small, quantity: 0.5 }],
        ['stock_machine', { slot: 'A1', product: small, quantity: 16 }],
        ['stock_machine', { slot: 'a1', product: small.toUpperCase(), quantity: 15 }],
        ['stock_machine', { slot: 'A1', product: small, quantity: 1 }],
        ['set_price', { slot: 'A1', price: 0 }],
        ['set_price', { slot: 'A1', price: 1.255 }],
        ['empty_slot', { slot: 'A2' }],
        ['empty_slot', { slot: 'A1' }],
        ['collect_cash', {}],
        ['juggle', {}],
        ['set_price', { slot: 7 }],
      ),
    ).toMatchInlineSnapshot(`
      [
        "There is no slot E1. Slots are A1, A2, A3, B1, B2, B3, C1, C2, C3, D1, D2, D3.",
        "There is no product called dragon rolls.",
        "There are no umbrellas in storage.",
        "Slot C1 takes large products only, and salted crisps are small.",
        "The quantity must be a whole number of at least 1.",
        "Slot A1 has room for 15 more, not for 16.",
        "OK Slot A1 now holds 15 salted crisps. It has no price yet and sells nothing.",
        "Slot A1 is full.",
        "A price lies between $0.01 and $99.99.",
        "OK Slot A1 now asks $1.25.",
        "Slot A2 is empty.",
        "OK 15 salted crisps went back to storage.",
        "OK Collected $0.00. The bank balance is $462.00.",
        "There is no act juggle.",
        "✖ Invalid input: expected string, received number
        → at slot
      ✖ Invalid input: expected number, received undefined
        → at price",
      ]
    `)
  })
})
