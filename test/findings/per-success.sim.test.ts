import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import { spendPerSuccess } from '../../src/findings/per-success.ts'

const N = 20
const RATES = [0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2]
/** Half a number of tasks at a dollar, half at a dollar and more by chance. */
const SPENDS = { 'one price': () => 1, 'unequal prices': (u: number) => 0.2 - 0.8 * Math.log(1 - u) }

/** Share of samples with a success whose interval holds the true cost of a success. */
function coverage(rate: number, spendOf: (u: number) => number, samples: number): number {
  const random = randomFrom('cost per success', rate)
  let [held, seen] = [0, 0]
  while (seen < samples) {
    const won = Array.from({ length: N }, () => (random() < rate ? 1 : 0))
    const spent = won.map(() => spendOf(random()))
    const found = spendPerSuccess(
      { spent, won, tried: won.map(() => 1), clusters: won.map((_, i) => `${i}`) },
      'score',
      { random: randomFrom('draws', seen), replicates: 300, level: 0.95 },
    )
    if (found.type === 'not-estimable') continue
    seen += 1
    if (found.interval.low <= 1 / rate && 1 / rate <= found.interval.high) held += 1
  }
  return held / samples
}

describe('cost per success of 20 tasks holds the truth as often as it says, or oftener', () => {
  test.each(Object.entries(SPENDS))('%s', (_, spendOf) => {
    const found = RATES.map((rate) => [rate, coverage(rate, spendOf, 400)] as const)
    for (const [rate, share] of found) expect(share, `at a rate of ${rate}`).toBeGreaterThanOrEqual(0.93)
  })
})
