import { describe, expect, test } from 'vitest'
import { ceiling, costOf, FREE, isMetered, prices, pricingOf, type Price, type Pricing } from '../../src/model/index.ts'

const price: Price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15, asOf: '2026-01-01', source: 'a page' }
const priced: Pricing = { type: 'priced', price }
const unknown = pricingOf('openai/nobody-knows')

describe('what a call cost', () => {
  test('cached tokens, cache writes and the rest each at their price', () => {
    const usage = { input: 1_000_000, cachedInput: 500_000, cacheWrite: 100_000, output: 200_000 }
    expect(costOf(usage, priced)).toEqual({ type: 'known', dollars: 0.4 * 3 + 0.5 * 0.3 + 0.1 * 3.75 + 0.2 * 15 })
  })

  test.each([
    ['no price', { input: 1, output: 1 }, unknown],
    ['no count of the input', { output: 1 }, priced],
    ['no count of the output', { input: 1 }, priced],
    ['nothing counted', {}, priced],
    [
      'no price for cached input',
      { input: 2, cachedInput: 1, output: 1 },
      { type: 'priced', price: { input: 1, output: 1, asOf: '2026-01-01', source: 's' } } satisfies Pricing,
    ],
    ['more cached than there was', { input: 1, cachedInput: 2, output: 1 }, priced],
  ])('%s: unknown, never a guess', (_, usage, pricing) => {
    expect(costOf(usage, pricing).type).toBe('unknown')
  })

  test('what runs on this machine costs nothing, counted or not', () => {
    expect(costOf({}, FREE)).toEqual({ type: 'known', dollars: 0 })
  })

  test('the ceiling takes the dearest road', () => {
    expect(ceiling(1_000_000, 1_000_000, priced)).toBe(18.75)
    expect(ceiling(1, 1, unknown)).toBeUndefined()
  })
})

describe('what calls of a model cost', () => {
  test.each([
    ['openai/gpt-4o', {}, 'priced', true],
    ['openai/nobody-knows', {}, 'unknown', true],
    ['local/smollm2-135m', {}, 'free', false],
    ['control/sleeper?p=0.3', {}, 'free', false],
    // A price makes a model paid, wherever it runs.
    ['local/smollm2-135m', { 'local/smollm2-135m': price }, 'priced', true],
    ['control/sleeper', { 'control/sleeper': price }, 'priced', true],
    ['openai/nobody-knows', { 'openai/nobody-knows': price }, 'priced', true],
    ['toString', {}, 'unknown', true],
  ] as const)('%s with prices %j is %s', (name, own, type, metered) => {
    const pricing = pricingOf(name, own)
    expect([pricing.type, isMetered(pricing)]).toEqual([type, metered])
  })

  test('of a control that a study prices stands in its rows and spends no budget', () => {
    const scripted: Pricing = { type: 'scripted', price }
    expect(costOf({ input: 1_000_000, output: 0 }, scripted)).toEqual({ type: 'known', dollars: 3 })
    expect(isMetered(scripted)).toBe(false)
  })
})

test('every price is dated, sourced, and not negative', () => {
  for (const [name, { input, cachedInput, output, asOf, source }] of Object.entries(prices)) {
    expect(name).toMatch(/^[a-z]+\/\S+$/)
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(source).toMatch(/^https:/)
    expect(Math.min(input, output)).toBeGreaterThan(0)
    expect(cachedInput ?? 0).toBeLessThan(input)
  }
})
