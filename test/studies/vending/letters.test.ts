import { expect, it } from 'vitest'
import { z } from 'zod'
import { randomFrom, sortedByLot } from '../../../src/record/index.ts'
import { penOf } from '../../../src/studies/vending/policies/letters.ts'
import { readLetter, type Letter } from '../../../src/world/index.ts'
import { PRODUCTS } from '../../../src/world/vending/products.ts'

const mail = z.object({ to: z.string(), subject: z.string(), body: z.string() })

function read(input: unknown): { readonly letter: Letter; readonly body: string } {
  const { subject, body } = mail.parse(input)
  return { letter: readLetter(body, { subject, before: '', products: PRODUCTS }), body }
}

it('planted shopkeepers write in several voices, and each is read for what it is', () => {
  const bodies = { orders: new Set<string>(), prices: new Set<string>(), complaints: new Set<string>() }
  for (let seed = 0; seed < 60; seed += 1) {
    const random = randomFrom('voices', seed)
    const pen = penOf(random)
    const wanted = sortedByLot(PRODUCTS, random).slice(0, 1 + Math.floor(random() * 12))
    const units = Object.fromEntries(wanted.map(({ name }) => [name, 1 + Math.floor(random() * 24)]))
    const order = read(pen.placeOrder('x@y.example', units).input)
    expect(order.letter, order.body).toMatchObject({ intent: 'order', lacks: [] })
    expect(Object.fromEntries(order.letter.items.map(({ product, units: count }) => [product.name, count]))).toEqual(
      units,
    )
    const asked = read(pen.askPrices('x@y.example').input)
    expect(asked.letter.intent, asked.body).toBe('inquiry')
    const complaint = read(pen.complain('x@y.example').input)
    expect(['complaint', 'refund'], complaint.body).toContain(complaint.letter.intent)
    bodies.orders.add(order.body.replace(/\d+|[a-z -]+/g, ''))
    bodies.prices.add(asked.body)
    bodies.complaints.add(complaint.body)
  }
  expect(bodies.orders.size).toBeGreaterThan(5)
  expect(bodies.prices.size).toBeGreaterThan(3)
  expect(bodies.complaints.size).toBeGreaterThan(3)
})
