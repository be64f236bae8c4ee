import { describe, expect, it } from 'vitest'
import { clusterRate, lengthCurve, lengthHorizon, stepHazard } from '../../src/stats/index.ts'

const LENGTHS = [1, 2, 4, 8, 16, 32]

/** So many runs of each length, the first of them right. */
function runs(right: readonly number[], each: number, repeats = 1) {
  return LENGTHS.flatMap((length, at) =>
    Array.from({ length: each }, (_, task) =>
      Array.from({ length: repeats }, () => ({
        length,
        task: `${length}/${task}`,
        score: task < (right[at] ?? 0) ? 1 : 0,
      })),
    ).flat(),
  )
}

describe('the length done at a rate', () => {
  it('lies where both scores of the likelihood vanish', () => {
    const curve = lengthCurve(runs([19, 18, 14, 9, 5, 1], 20))
    const half = lengthHorizon(curve, 0.5)
    expect(half).toMatchObject({ type: 'estimate' })
    if (half.type !== 'estimate' || curve.fit === undefined) return
    const { a, b } = curve.fit
    const scores = curve.counts.map(({ length, weight, success }) => {
      const residual = success - weight / (1 + Math.exp(-(a + b * Math.log2(length))))
      return [residual, residual * Math.log2(length)] as const
    })
    expect(scores.reduce((sum, [score]) => sum + score, 0)).toBeCloseTo(0, 6)
    expect(scores.reduce((sum, [, score]) => sum + score, 0)).toBeCloseTo(0, 6)
    expect(half.value).toBeCloseTo(2 ** (-a / b), 8)
    expect(half.interval.low).toBeLessThan(half.value)
    expect(half.interval.high).toBeGreaterThan(half.value)
  })

  it('has an interval where the curve is a step, which covers the gap between success and failure', () => {
    const half = lengthHorizon(lengthCurve(runs([20, 20, 20, 0, 0, 0], 20)), 0.5)
    if (half.type !== 'estimate') throw new Error(half.reason)
    expect(half.value).toBeGreaterThan(4)
    expect(half.value).toBeLessThan(8)
    expect(half.interval.low).toBeLessThanOrEqual(4.01)
    expect(half.interval.low).toBeGreaterThan(2)
    expect(half.interval.high).toBeGreaterThanOrEqual(7.99)
    expect(half.interval.high).toBeLessThan(16)
  })

  it('is 0 with an upper bound where nothing succeeded, and a lower bound alone where everything did', () => {
    const never = lengthHorizon(lengthCurve(runs([0, 0], 10)), 0.5)
    expect(never).toMatchObject({ type: 'estimate', value: 0, interval: { low: 0 } })
    if (never.type === 'estimate') expect(never.interval.high).toBeLessThanOrEqual(1.01)
    const always = lengthHorizon(lengthCurve(runs([20, 20, 20, 20, 20, 20], 20)), 0.5)
    expect(always).toMatchObject({ type: 'not-estimable' })
    if (always.type === 'not-estimable') expect(always.reason).toMatch(/is above (3[12]|32)/)
  })

  it('has no upper bound where success hardly falls, and is not estimable where it rises', () => {
    const flat = lengthHorizon(lengthCurve(runs([16, 15, 16, 15, 15, 15], 20)), 0.5)
    expect(flat.type === 'estimate' ? flat.interval.high : Infinity).toBe(Infinity)
    expect(lengthHorizon(lengthCurve(runs([2, 4, 6, 8, 10, 12], 20)), 0.5)).toMatchObject({ type: 'not-estimable' })
  })

  it('is no better known for running every task three times to the same end', () => {
    const right = [19, 18, 14, 9, 5, 1]
    const [once, thrice] = [runs(right, 20), runs(right, 20, 3)].map((each) => lengthHorizon(lengthCurve(each), 0.5))
    if (once?.type !== 'estimate' || thrice?.type !== 'estimate') throw new Error('no horizon')
    expect(thrice.interval.low).toBeCloseTo(once.interval.low, 6)
    expect(thrice.interval.high).toBeCloseTo(once.interval.high, 6)
  })
})

describe('the hazard of a step', () => {
  it('of runs of one length is the root of their success', () => {
    const found = stepHazard(Array.from({ length: 100 }, (_, task) => ({ length: 8, task, score: task < 43 ? 1 : 0 })))
    if (found.type !== 'estimate') throw new Error(found.reason)
    expect(found.value).toBeCloseTo(1 - 0.43 ** (1 / 8), 9)
    expect(found.halfLife).toBeCloseTo(Math.log(0.5) / Math.log(1 - found.value), 9)
    expect(found.shape).toBeUndefined()
  })

  it('has bounds where nothing or everything failed', () => {
    const safe = stepHazard(runs([20, 20, 20, 20, 20, 20], 20))
    expect(safe).toMatchObject({ value: 0, interval: { low: 0 }, halfLife: Infinity })
    // 20 runs of 63 steps without a failure: 1 − e^(−1.92/1260).
    if (safe.type === 'estimate') expect(safe.interval.high).toBeCloseTo(0.001523, 5)
    expect(stepHazard(runs([0, 0, 0, 0, 0, 0], 20))).toMatchObject({ value: 1, interval: { high: 1 } })
  })

  it('rises where success breaks off, and falls where it lingers', () => {
    const breaking = stepHazard(runs([20, 20, 20, 18, 2, 0], 20))
    const lingering = stepHazard(runs([12, 11, 10, 9, 9, 8], 20))
    if (breaking.type !== 'estimate' || lingering.type !== 'estimate') throw new Error('no hazard')
    expect(breaking.shape?.interval.low).toBeGreaterThan(1)
    expect(lingering.shape?.interval.high).toBeLessThan(1)
  })
})

describe('events by chances', () => {
  it('counts one event in all the chances before it', () => {
    const found = clusterRate([1, 0, 1, 0], [3, 10, 7, 20], ['a', 'b', 'c', 'd'])
    expect(found).toMatchObject({ value: 0.05, clusters: 4 })
  })

  it('has the exact bound where no event was seen', () => {
    const found = clusterRate([0, 0], [50, 50], ['a', 'b'], 0.95, 'one')
    if (found.type !== 'estimate') throw new Error(found.reason)
    expect(found.interval.high).toBeCloseTo(1 - 0.025 ** (1 / 100), 9)
  })

  it('counts clusters and not their rows where no event was seen', () => {
    const clusters = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']
    const [none, chances] = [clusters.map(() => 0), clusters.map(() => 25)]
    const high = (most: 'one' | 'chances'): number => {
      const found = clusterRate(none, chances, clusters, 0.95, most)
      return found.type === 'estimate' ? found.interval.high : NaN
    }
    // Two clusters of four rows: a quarter of the 200 chances where a row has one event at most, else two.
    expect(high('one')).toBeCloseTo(1 - 0.025 ** (1 / 50), 9)
    expect(high('chances')).toBeCloseTo(1 - 0.025 ** (1 / 2), 9)
  })
})
