import { expect, test } from 'vitest'
import { verdictOf } from '../../src/brief/index.ts'
import { randomFrom } from '../../src/record/index.ts'
import { clusterMean, normalQuantile, skewness } from '../../src/stats/index.ts'
import { ABOVE, BRIEF, made, run } from './made.ts'

const REPLICATES = 4_000

/** Money of one cluster by a uniform draw, its true mean, and the most wrong verdicts from 8 clusters on (docs/brief.md). */
const MONEY: Readonly<Record<string, readonly [draw: (u: number) => number, truth: number, most: number]>> = {
  normal: [(u: number) => 900 + 300 * normalQuantile(u), 900, 0.065],
  'lognormal, σ 0.5': [(u: number) => 900 * Math.exp(0.5 * normalQuantile(u)), 900 * Math.exp(0.125), 0.09],
  'lognormal, σ 1': [(u: number) => 900 * Math.exp(normalQuantile(u)), 900 * Math.exp(0.5), 0.16],
  'one task in twenty pays': [(u: number) => (u < 0.05 ? 10_000 : 10), 0.05 * 10_000 + 0.95 * 10, 0.01],
}

test.each(Object.entries(MONEY))(
  'a claim at the true mean is decided by few intervals of money that is %s: each time wrongly',
  (name, [draw, truth, most]) => {
    const [claim] = BRIEF.claims
    if (claim === undefined) throw new Error('no claim')
    const atTruth = { ...claim, test: { ...ABOVE, direction: 'above' as const, threshold: truth } }
    for (const clusters of [8, 16, 32]) {
      const random = randomFrom('money', name, clusters)
      let [ruled, plain] = [0, 0]
      for (let replicate = 0; replicate < REPLICATES; replicate++) {
        const values = Array.from({ length: clusters }, () => draw(Math.max(1e-9, random())))
        const estimate = clusterMean(values, [...values.keys()])
        if (estimate.type !== 'estimate') continue
        const { low, high } = estimate.interval
        const decided = low > truth || high < truth
        plain += Number(decided)
        const skew = skewness(values)
        const n = { trials: clusters, tasks: clusters, clusters, invalid: 0, missing: 0 }
        const finding = made({
          value: estimate.value,
          low,
          high,
          n,
          details: { ...(skew !== undefined && { skewness: skew }) },
        })
        ruled += Number(decided && verdictOf(atTruth, [run([finding])]).status !== 'unresolved')
      }
      const text = `${name}, ${clusters} clusters: wrong by the interval ${(plain / REPLICATES).toFixed(3)}, by the rule ${(ruled / REPLICATES).toFixed(3)}`
      console.log(text)
      expect(ruled, text).toBeLessThanOrEqual(plain)
      expect(ruled / REPLICATES, text).toBeLessThan(most)
    }
  },
)
