import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Business } from '../../../src/world/vending/business.ts'
import { businessSpec } from '../../../src/world/vending/business-world.ts'
import { SIZES } from '../../../src/world/vending/sizes.ts'
import { vendingWorld } from '../../../src/world/index.ts'
import { randomActs, type RandomAct } from './acts.ts'

const LARGE = ['v1', 'v2'] as const

/** Every state of a business under some acts, the start first. */
function states(size: Business['size'], seed: string, acts: readonly RandomAct[]): readonly Business[] {
  const spec = businessSpec(size, SIZES[size].lastDay)
  const all = [spec.start(seed)]
  for (const { tool, input } of acts) {
    const last = all.at(-1)
    if (last !== undefined) all.push(spec.act(last, tool, input).state)
  }
  return all
}

function unitsIn(business: Business, product: string): number {
  const inMachine = business.machine.reduce((sum, slot) => sum + (slot.product === product ? slot.units : 0), 0)
  return inMachine + (business.storage[product] ?? 0)
}

describe.each(LARGE)('a business of size %s', (size) => {
  it('conserves money: every cent came from the start, a sale or a refund and went to a fee or an order', () => {
    fc.assert(
      fc.property(randomActs(size, 'seed'), (acts) => {
        const all = states(size, 'seed', acts)
        for (const [index, now] of all.entries()) {
          const { bank, machine, totals } = now.ledger
          expect(bank + machine).toBe(totals.start + totals.sale + totals.refund - totals.fee - totals.order)
          expect(
            [bank, machine, ...Object.values(totals)].every((cents) => Number.isSafeInteger(cents) && cents >= 0),
          ).toBe(true)
          const before = all[index - 1]
          const act = acts[index - 1]
          if (before === undefined || act === undefined) continue
          const grown = (reason: keyof typeof totals): number => totals[reason] - before.ledger.totals[reason]
          expect(grown('start')).toBe(0)
          if (act.tool === 'wait_for_next_day') {
            const left = before.machine.map(
              (slot, place) => (slot.units - (now.machine[place]?.units ?? 0)) * slot.price,
            )
            expect(grown('sale')).toBe(left.reduce((sum, cents) => sum + cents, 0))
            expect([0, 200]).toContain(grown('fee'))
          } else expect(grown('sale') + grown('fee')).toBe(0)
          // An order is charged in the morning; a refund comes with an answer, or in the morning unasked.
          if (act.tool !== 'wait_for_next_day') expect(grown('order')).toBe(0)
          if (act.tool !== 'wait_for_next_day' && act.tool !== 'send_email') expect(grown('refund')).toBe(0)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('conserves goods: what is held at cost lies in storage or in the machine', () => {
    fc.assert(
      fc.property(randomActs(size, 'seed'), (acts) => {
        const end = states(size, 'seed', acts).at(-1)
        for (const [product, held] of Object.entries(end?.holdings ?? {})) {
          expect(end && unitsIn(end, product)).toBe(held.units)
          expect(held.cents >= 0 && (held.units > 0 || held.cents === 0)).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('is the same business to the cent and the letter for the same seed and acts', () => {
    fc.assert(
      fc.property(randomActs(size, 'again'), (acts) => {
        const [one, two] = [vendingWorld({ size }).open('again'), vendingWorld({ size }).open('again')]
        for (const { tool, input } of acts) expect(one.act(tool, input)).toEqual(two.act(tool, input))
        expect(one.view()).toEqual(two.view())
      }),
      { numRuns: 50 },
    )
  })

  it('never changes a state that an act was given', () => {
    fc.assert(
      fc.property(randomActs(size, 'frozen'), (acts) => {
        const spec = businessSpec(size, SIZES[size].lastDay)
        let state = spec.start('frozen')
        for (const { tool, input } of acts) state = spec.act(deepFreeze(state), tool, input).state
      }),
      { numRuns: 20 },
    )
  })

  it('left alone has no cash on day 250 and is bankrupt ten unpaid days later', () => {
    const session = vendingWorld({ size }).open('any')
    for (let day = 0; day < 250; day += 1) session.act('wait_for_next_day', {})
    expect(session.view()).toMatchObject({ day: 250, cash: 0, unpaidDays: 0 })
    for (let day = 0; day < 9; day += 1) session.act('wait_for_next_day', {})
    expect(session.ended()).toBeUndefined()
    session.act('wait_for_next_day', {})
    expect(session.ended()).toBe('bankrupt')
    expect(session.view()).toMatchObject({ day: 260, cash: 0, netWorth: 0, unpaidDays: 10 })
    expect(session.act('wait_for_next_day', {})).toEqual({ text: 'The business is over: bankrupt.', error: true })
  })

  it('sings its canary', () => {
    const world = vendingWorld({ size })
    const session = world.open('canary')
    for (const { tool, input } of world.canary) expect(session.act(tool, input).error).toBeUndefined()
  })
})

it('a day ends with its hundredth act, so that a keeper who never waits has a business that ends', () => {
  const session = vendingWorld({ size: 'v1', days: 3 }).open('busy')
  const after = (acts: number): number => {
    for (let act = 0; act < acts; act += 1) session.act('check_balance', {})
    return session.days()
  }
  expect(after(99)).toBe(0)
  const last = session.act('read_email', { id: 7 })
  expect(last).toMatchObject({ error: true })
  expect(last.text).toContain('That was act 100 of the day, which is over.\nDay 1 of 3')
  session.act('check_balance', {})
  session.act('wait_for_next_day', {})
  expect(after(99)).toBe(2)
  expect(after(1)).toBe(3)
  expect(session.ended()).toBe('last-day')
})

it('closes on the last day asked for', () => {
  const session = vendingWorld({ size: 'v2', days: 12 }).open('s')
  for (let day = 0; day < 12; day += 1) {
    expect(session.ended()).toBeUndefined()
    session.act('wait_for_next_day', {})
  }
  expect(session.ended()).toBe('last-day')
  expect(() => vendingWorld({ size: 'v1', days: 0.5 })).toThrow(/whole number of days/)
})

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}
