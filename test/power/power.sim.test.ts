import { expect, test } from 'vitest'
import { randomFrom, type Random } from '../../src/record/index.ts'
import { clusterMean, logRank, normalQuantile, pairedDifference, simulatePower, wilson } from '../../src/stats/index.ts'
import { detectableEffect, type Spread } from '../../src/power/index.ts'

const REPLICATES = 2000

function normal(random: Random): number {
  const u = random()
  return normalQuantile(u > 0 ? u : 2 ** -33)
}

function leavesOut(
  value: number,
  estimate: { readonly type: string; readonly interval?: { readonly low: number; readonly high: number } },
): boolean {
  const { interval } = estimate
  return interval !== undefined && (interval.low > value || interval.high < value)
}

/** Rows of one arm: what tasks share is a mix of what both arms share and what is this arm's own. */
test('80% of simulated studies see the difference that a paired design of clusters × tasks × repeats is said to see', () => {
  const spread: Spread = { total: 1, shared: 0.3, agree: 0.5, clustered: 0.2 }
  const size = { tasks: 24, repeats: 3, clusters: 12 }
  const effect = detectableEffect({ kind: 'paired', by: 'task', spread }, size)
  const { value } = simulatePower(
    (random) => {
      const from: number[] = []
      const to: number[] = []
      const clusters: number[] = []
      const both = (share: number): readonly [number, number] => {
        const common = Math.sqrt(share * spread.agree) * normal(random)
        const own = Math.sqrt(share * (1 - spread.agree))
        return [common + own * normal(random), common + own * normal(random)]
      }
      for (let cluster = 0; cluster < size.clusters; cluster++) {
        const family = both(spread.clustered ?? 0)
        for (let task = 0; task < size.tasks / size.clusters; task++) {
          const hard = both(spread.shared)
          const trial = Math.sqrt(0.5 / size.repeats)
          from.push(family[0] + hard[0] + trial * normal(random))
          to.push(family[1] + hard[1] + trial * normal(random) + effect)
          clusters.push(cluster)
        }
      }
      return leavesOut(0, pairedDifference(from, to, { clusters }))
    },
    randomFrom('power', 'paired'),
    REPLICATES,
  )
  expect(Math.abs(value - 0.8)).toBeLessThan(0.03)
})

test('and of one mean over seeds', () => {
  const spread: Spread = { total: 1, shared: 0.4, agree: 0 }
  const size = { tasks: 5, repeats: 10 }
  const effect = detectableEffect({ kind: 'mean', by: 'seed', spread }, size)
  const { value } = simulatePower(
    (random) => {
      const values: number[] = []
      const clusters: number[] = []
      for (let seed = 0; seed < size.repeats; seed++) {
        const shared = Math.sqrt(spread.shared) * normal(random)
        for (let task = 0; task < size.tasks; task++) {
          values.push(effect + shared + Math.sqrt(1 - spread.shared) * normal(random))
          clusters.push(seed)
        }
      }
      return leavesOut(0, clusterMean(values, clusters))
    },
    randomFrom('power', 'mean'),
    REPLICATES,
  )
  expect(Math.abs(value - 0.8)).toBeLessThan(0.03)
})

test('and of survival in two arms', () => {
  // Exponential times, censored at 1: the event comes in 60% of trials on average.
  const design = { kind: 'survival', by: 'task', seen: 0.6, shared: 0 } as const
  const size = { tasks: 120, repeats: 1 }
  const ratio = detectableEffect(design, size)
  // The rates whose arms see the event in 60% together.
  let slow = 0.01
  while ((2 - Math.exp(-slow) - Math.exp(-slow * ratio)) / 2 < design.seen) slow += 0.001
  const { value } = simulatePower(
    (random) => {
      const times: number[] = []
      const events: boolean[] = []
      const groups: number[] = []
      for (const [group, rate] of [slow, slow * ratio].entries())
        for (let trial = 0; trial < size.tasks; trial++) {
          const time = -Math.log(1 - random()) / rate
          times.push(Math.min(1, time))
          events.push(time < 1)
          groups.push(group)
        }
      const test = logRank(times, events, groups)
      return test.type === 'estimate' && test.pValue < 0.05
    },
    randomFrom('power', 'survival'),
    REPLICATES,
  )
  expect(Math.abs(value - 0.8)).toBeLessThan(0.03)
})

test('and of two layers, by the test of association', () => {
  const rates = [0.3, 0.4] as const
  const n = 200
  const ratio = detectableEffect({ kind: 'layers', rates }, { tasks: n, repeats: 1 })
  const joint = ratio * rates[0] * rates[1]
  const { value } = simulatePower(
    (random) => {
      const counts = [0, 0, 0, 0]
      for (let trial = 0; trial < n; trial++) {
        const u = random()
        const cell = u < joint ? 0 : u < rates[0] ? 1 : u < rates[0] + rates[1] - joint ? 2 : 3
        counts[cell] = (counts[cell] ?? 0) + 1
      }
      const [a = 0, b = 0, c = 0, d = 0] = counts
      const phi = (a * d - b * c) / Math.sqrt((a + b) * (c + d) * (a + c) * (b + d))
      return Math.sqrt(n) * Math.abs(phi) > normalQuantile(0.975)
    },
    randomFrom('power', 'layers'),
    REPLICATES,
  )
  expect(Math.abs(value - 0.8)).toBeLessThan(0.03)
  expect(wilson(Math.round(value * REPLICATES), REPLICATES).high).toBeGreaterThan(0.78)
})
