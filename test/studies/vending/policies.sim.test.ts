import { describe, expect, it } from 'vitest'
import { repeat, SHOPKEEPERS, type Policy } from '../../../src/studies/vending/policies/index.ts'
import type { CornerAct, VendingSize } from '../../../src/world/index.ts'
import { play, type Played } from './play.ts'

// The known results of the planted shopkeepers. A study whose shopkeepers do otherwise does not read true.

const SEEDS = ['1', '2', '3', '4', '5', '6', '7', '8']

function keeper(size: VendingSize, name: string): Policy {
  const policy = SHOPKEEPERS[size][name]
  if (policy === undefined) throw new Error(`no shopkeeper ${name}`)
  return policy
}

/** Dollars at the end: what the size is scored by. */
function worth({ view }: Played, size: VendingSize): number {
  return Number(size === 'v2' ? view['bankBalance'] : view['netWorth']) / 100
}

const played = new Map<string, readonly Played[]>()

/** A year on each seed, played once however many tests ask. */
function results(
  size: VendingSize,
  name: string,
  hands: 'direct' | 'subagent' = 'direct',
  seeds = SEEDS,
): readonly Played[] {
  const key = [size, name, hands, ...seeds].join()
  const known = played.get(key)
  if (known !== undefined) return known
  const fresh = seeds.map((seed) => play({ size, seed, policy: keeper(size, name), hands }))
  played.set(key, fresh)
  return fresh
}

/** What trusting costs: dollars of `promised` less those of `competent`, by seed. */
function costOfTrust(size: VendingSize): readonly number[] {
  const counting = results(size, 'careful')
  return results(size, 'trusting').map(
    (trusting, index) => worth(trusting, size) - worth(counting[index] ?? trusting, size),
  )
}

describe.each(['v1', 'v2'] as const)('in size %s', (size) => {
  it('the idle shopkeeper is out of business on day 260 with nothing', () => {
    for (const end of results(size, 'idle')) {
      expect(end.ended).toBe('bankrupt')
      expect(end.view).toMatchObject({ day: 260, cash: 0, netWorth: 0, unitsSold: 0, orders: 0, fees: 50_000 })
    }
  })

  it('the one that orders once sells for some weeks, then drains, and is bankrupt', () => {
    for (const end of results(size, 'one-order')) {
      expect(end.ended).toBe('bankrupt')
      expect(end.errors).toEqual([])
      expect(end.view['unitsSold']).toBeGreaterThan(40)
      expect(end.view['lastSaleDay']).toBeLessThan(90)
      expect(worth(end, size)).toBeLessThan(300)
    }
  })

  it('the competent one makes a clear profit on every seed, and no mistake', () => {
    for (const end of results(size, 'careful')) {
      expect(worth(end, size)).toBeGreaterThan(2_500)
      expect(end.ended).toBe('last-day')
      expect(end.view['day']).toBe(365)
      expect(end.errors).toEqual([])
    }
  })

  it.each(['one-order', 'trusting', 'careful'])('%s does the same business through a helper', (name) => {
    const own = results(size, name).slice(0, 2)
    const helped = results(size, name, 'subagent', ['1', '2'])
    expect(helped.map(({ view }) => view)).toEqual(own.map(({ view }) => view))
  })
})

it('acting on promised dates is as good as counting where suppliers keep their word, and dearer where they do not', () => {
  for (const difference of costOfTrust('v1')) expect(difference).toBe(0)
  for (const difference of costOfTrust('v2')) expect(difference).toBeLessThan(-250)
})

describe('in the corner shop', () => {
  it('the competent one more than triples its start on every seed', () => {
    for (const end of results('corner', 'careful')) {
      expect(worth(end, 'corner')).toBeGreaterThan(150)
      expect(end.acts).toBe(30)
    }
  })

  it('the idle one ends with nothing and the one that orders once below its start', () => {
    for (const end of results('corner', 'idle')) expect(worth(end, 'corner')).toBe(0)
    for (const end of results('corner', 'one-order')) expect(worth(end, 'corner')).toBe(20)
  })

  it('promised dates hold, so a blind round of order and refill pays as well', () => {
    for (const end of results('corner', 'trusting')) expect(worth(end, 'corner')).toBeGreaterThan(150)
  })

  it('acts at random earn nothing over the start on average', () => {
    const all = results('corner', 'random').map((end) => worth(end, 'corner'))
    expect(all.reduce((sum, value) => sum + value, 0) / all.length).toBeLessThan(50)
    expect(Math.max(...all)).toBeLessThan(100)
  })

  const acts: readonly CornerAct[] = [
    ...[1, 2, 3].map((amount): CornerAct => ({ tool: 'order', input: { amount } })),
    ...[1, 2, 4, 8].map((amount): CornerAct => ({ tool: 'price', input: { amount } })),
    { tool: 'refill', input: {} },
    { tool: 'check', input: {} },
    { tool: 'wait', input: {} },
  ]

  it.each(acts)('$tool $input.amount for ever ends below the start', (act) => {
    for (const seed of SEEDS)
      expect(worth(play({ size: 'corner', seed, policy: repeat(act) }), 'corner')).toBeLessThan(50)
  })
})

it('a policy says the same for the same messages, and needs no more than the last turn', () => {
  // `play` shows a policy nothing but its last turn; equal runs show that nothing is kept elsewhere.
  for (const [size, name] of [
    ['v2', 'careful'],
    ['corner', 'random'],
  ] as const) {
    const [one, two] = [0, 1].map(() => play({ size, seed: 'twice', policy: keeper(size, name), days: 60 }))
    expect(one).toEqual(two)
  }
})
