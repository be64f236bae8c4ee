import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goodCornerAct, vendingWorld, workedExamples } from '../../../src/world/index.ts'
import { cornerSpec } from '../../../src/world/vending/corner/world.ts'
import { openShop } from '../../../src/world/vending/corner/shop.ts'
import { observe, SITUATIONS, situationIn, situationOf } from '../../../src/world/vending/corner/situation.ts'

const anyAct = fc.oneof(
  fc.record({ tool: fc.constant('order'), input: fc.record({ amount: fc.constantFrom(1, 2, 3) }) }),
  fc.record({ tool: fc.constant('price'), input: fc.record({ amount: fc.constantFrom(1, 2, 4, 8) }) }),
  fc.record({ tool: fc.constantFrom('refill', 'check', 'wait'), input: fc.constant({}) }),
)

describe('the corner shop', () => {
  it('is over after as many acts as it has days, or sooner by bankruptcy, whatever is done', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { minLength: 40, maxLength: 40 }), fc.integer(), (acts, seed) => {
        const session = vendingWorld({ size: 'corner', days: 40 }).open(String(seed))
        for (const { tool, input } of acts) if (session.ended() === undefined) session.act(tool, input)
        expect(['bankrupt', 'last-day']).toContain(session.ended())
      }),
    )
  })

  it('conserves money and boxes, and repeats exactly', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 30 }), fc.integer(), (acts, seed) => {
        const spec = cornerSpec(30)
        let shop = spec.start(String(seed))
        for (const { tool, input } of acts) shop = spec.act(shop, tool, input).state
        const { bank, machine, totals } = shop.ledger
        expect(bank + machine).toBe(totals.start + totals.sale + totals.refund - totals.fee - totals.order)
        const coming = shop.coming.reduce((sum, truck) => sum + truck.boxes, 0)
        expect(shop.machine + shop.room + coming + shop.sold).toBe(totals.order / 100)
        expect(
          acts.reduce((state, { tool, input }) => spec.act(state, tool, input).state, spec.start(String(seed))),
        ).toEqual(shop)
      }),
    )
  })

  it('answers each act with the next morning in one line whose ending names the situation', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { minLength: 1, maxLength: 29 }), (acts) => {
        const spec = cornerSpec(30)
        let shop = spec.start('lines')
        for (const { tool, input } of acts) {
          const { state, result } = spec.act(shop, tool, input)
          if (spec.ended(shop) === undefined) {
            expect(result.text).not.toContain('\n')
            expect(situationIn(result.text)).toBe(situationOf(state))
          }
          shop = state
        }
      }),
    )
  })

  it('opens with a price that nobody pays, so that no single act earns', () => {
    expect(observe(openShop('s'))).toBe('4 dollars is the wrong price')
  })

  it('refuses what its tools do not know', () => {
    const session = vendingWorld({ size: 'corner' }).open('s')
    expect(session.act('juggle', {})).toEqual({ text: 'There is no act juggle.', error: true })
    expect(session.act('order', { amount: 7 }).error).toBe(true)
    expect(session.days()).toBe(0)
  })

  it('sings its canary', () => {
    const world = vendingWorld({ size: 'corner' })
    const session = world.open('canary')
    for (const { tool, input } of world.canary) expect(session.act(tool, input).error).toBeUndefined()
  })
})

describe('worked examples', () => {
  it('are balanced over the situations, and show the good act of each', () => {
    const examples = workedExamples(25, 'seed')
    for (const situation of SITUATIONS) {
      expect(examples.filter(({ observation }) => situationIn(observation) === situation)).toHaveLength(5)
    }
    for (const { observation, act } of examples) expect(goodCornerAct(observation)).toEqual(act)
  })

  it('repeat with their seed, and a longer list begins with the shorter', () => {
    expect(workedExamples(28, 'a').slice(0, 14)).toEqual(workedExamples(14, 'a'))
    expect(workedExamples(28, 'a')).not.toEqual(workedExamples(28, 'b'))
    expect(workedExamples(0, 'a')).toEqual([])
  })
})
