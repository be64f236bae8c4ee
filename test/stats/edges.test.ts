import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import * as stats from '../../src/stats/index.ts'

/** Fails on any NaN anywhere in a value. */
function expectNoNaN(value: unknown, path = 'result'): void {
  if (typeof value === 'number') expect(Number.isNaN(value), `${path} is NaN`).toBe(false)
  else if (value instanceof Float64Array) for (const each of value) expect(Number.isNaN(each), path).toBe(false)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) expectNoNaN(each, `${path}.${key}`)
  }
}

const random = (): stats.Random => randomFrom('edges')
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
const label = fc.integer({ min: 0, max: 4 })
const rows = (max = 12): fc.Arbitrary<[number, number, number][]> =>
  fc.array(fc.tuple(number, number, label), { maxLength: max })
const subjects = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean(), label), { maxLength: 12 })
const shares = fc.array(
  fc
    .integer({ min: 1, max: 8 })
    .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) })),
  { maxLength: 6 },
)

/** Every estimator on anything that types allow; each must return without NaN. */
const calls: Readonly<Record<string, () => void>> = {
  means: () =>
    fc.assert(
      fc.property(rows(), (data) => {
        const [x, y, g] = [data.map((row) => row[0]), data.map((row) => row[1]), data.map((row) => row[2])]
        for (const found of [
          stats.meanInterval(x),
          stats.clusterMean(x, g),
          stats.twoWayClusterMean(x, g, y),
          stats.pairedDifference(x, y, { clusters: g }),
          stats.signFlip(x, random(), { clusters: g }),
          stats.clusterDifference({ values: x, clusters: g }, { values: y, clusters: g }),
          stats.clusterRegression(
            x.map((each) => [1, each]),
            y,
            { clusters: g },
          ),
          stats.theilSen(x, y),
          stats.spearman(x, y),
          stats.kendall(x, y),
          stats.quantileInterval(x, 0.5),
          stats.bootstrap(x.length, (picked) => stats.mean(picked.map((i) => x[i] ?? 0)), {
            random: random(),
            replicates: 20,
            method: 'BCa',
          }),
          stats.cohenKappa(x, y),
          stats.varianceComponents(x, { g, y }),
          stats.auroc(
            x,
            g.map((each) => each > 2),
          ),
          stats.recallAt(
            x,
            g.map((each) => each > 2),
            0.2,
            { random: random(), replicates: 10 },
          ),
          stats.inverseVariance(
            x,
            y.map((each) => Math.abs(each) + 0.1),
          ),
          stats.randomEffects(
            x,
            y.map((each) => Math.abs(each) + 0.1),
          ),
          stats.krippendorffAlpha(
            data.map((row) => [...row]),
            'ordinal',
            { random: random(), replicates: 10 },
          ),
        ]) {
          expectNoNaN(found)
        }
      }),
      { numRuns: 150, seed: 11 },
    ),
  rates: () =>
    fc.assert(
      fc.property(shares, fc.array(fc.tuple(fc.boolean(), fc.boolean(), label), { maxLength: 10 }), (units, cases) => {
        const [first, second] = units
        expectNoNaN(stats.betaBinomial(units))
        expectNoNaN(stats.partialPooling(units.slice(0, 4)))
        expectNoNaN(stats.passAtK(units, 2))
        expectNoNaN(stats.passHatK(units, 1))
        expectNoNaN(
          stats.clusterProportion(
            cases.map((row) => Number(row[0])),
            cases.map((row) => row[2]),
          ),
        )
        expectNoNaN(stats.confidenceSequence(cases.map((row) => Number(row[0]))))
        expectNoNaN(
          stats.jointFailure(
            cases.map(([a, b]) => [a, b]),
            { random: random(), strata: cases.map((row) => row[2]), replicates: 10 },
          ),
        )
        if (first === undefined || second === undefined) return
        expectNoNaN(stats.newcombe(first, second))
        expectNoNaN(stats.precisionAt(first, second, 0.1))
      }),
      { numRuns: 50, seed: 12 },
    ),
  survival: () =>
    fc.assert(
      fc.property(subjects, (data) => {
        const times = data.map((row) => row[0])
        const events = data.map((row) => row[1])
        const curve = stats.kaplanMeier(times, events)
        expectNoNaN(curve)
        if (curve.type === 'estimate') {
          expectNoNaN([stats.restrictedMean(curve, 3), stats.survivalQuantile(curve), stats.survivalAt(curve, 2)])
          for (const step of curve.steps) {
            expect(step.low).toBeLessThanOrEqual(step.survival)
            expect(step.high).toBeGreaterThanOrEqual(step.survival)
          }
        }
        expectNoNaN(
          stats.logRank(
            times,
            events,
            data.map((row) => row[2]),
          ),
        )
        expectNoNaN(stats.exponentialFit(times, events))
        expectNoNaN(
          stats.weibullFit(
            times.map((time) => time + 1),
            events,
          ),
        )
      }),
      { numRuns: 300, seed: 13 },
    ),
  verdicts: () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label, label, label, label), { maxLength: 8 }), (data) => {
        const contests = data
          .filter(([a, b]) => a !== b)
          .map(([a, b, aWins, bWins, ties]) => ({ a, b, aWins, bWins, ties }))
        for (const model of ['Davidson', 'Rao–Kupper'] as const) expectNoNaN(stats.strengths(contests, model))
        expectNoNaN(
          stats.strengths(
            contests.map((each) => ({ ...each, ties: 0 })),
            'Bradley–Terry',
          ),
        )
        const verdicts = data.flatMap(([a, b, c], item) =>
          [a, b, c].map((said, rater) => ({ item, rater, label: said })),
        )
        expectNoNaN(stats.dawidSkene(verdicts))
        expectNoNaN(stats.fleissKappa(data.map(([a]) => [Math.min(a, 3), 3 - Math.min(a, 3), 0])))
      }),
      { numRuns: 200, seed: 14 },
    ),
  horizons: () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(label, label, fc.constantFrom(0, 1, 1, 0.5)), { maxLength: 25 }),
        fc.integer({ min: -10, max: 12 }),
        (data, spread) => {
          const runs = data.map(([agent, task, score]) => ({
            agent,
            task,
            family: task % 2,
            minutes: 2 ** (task * spread),
            score,
          }))
          expectNoNaN(stats.horizons(runs, { random: random(), replicates: 20 }))
          expectNoNaN(stats.horizonTrend(data.map(([released, minutes]) => ({ released, minutes }))))
        },
      ),
      { numRuns: 200, seed: 15 },
    ),
}

describe('no NaN leaves the room', () => {
  for (const [name, call] of Object.entries(calls)) it(name, call)
})

describe('what cannot be estimated says so', () => {
  it.each([
    ['no values', stats.meanInterval([])],
    ['one value', stats.meanInterval([3])],
    ['equal values', stats.meanInterval([3, 3, 3])],
    ['one cluster', stats.clusterMean([1, 2], ['a', 'a'])],
    ['clusters alike', stats.clusterMean([1, 2, 1, 2], ['a', 'a', 'b', 'b'])],
    ['no spread of pairs', stats.pairedDifference([1, 2], [1, 2])],
    ['no subjects', stats.kaplanMeier([], [])],
    ['one group', stats.logRank([1, 2], [true, true], ['a', 'a'])],
    ['events at one time', stats.weibullFit([2, 2, 2], [true, true, true])],
    ['short tasks', stats.passAtK([{ successes: 1, n: 2 }], 3)],
    [
      'collinear',
      stats.clusterRegression(
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
        [1, 2, 4],
      ),
    ],
    ['one class', stats.auroc([1, 2], [true, true])],
    ['one label', stats.cohenKappa(['a', 'a'], ['a', 'a'])],
    [
      'equal ratings',
      stats.krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
        ],
        'nominal',
        { random: random() },
      ),
    ],
    ['unbalanced', stats.varianceComponents([1, 2, 3], { a: [0, 0, 1], b: [0, 1, 0] })],
    ['one study', stats.randomEffects([1], [1])],
    [
      'two strata',
      stats.partialPooling([
        { successes: 1, n: 2 },
        { successes: 0, n: 2 },
      ]),
    ],
  ])('%s', (_, found) => expect(found.type).toBe('not-estimable'))

  it('a separated contest names the players, and a disconnected one too', () => {
    const win = { aWins: 3, bWins: 0, ties: 0 }
    const separated = stats.strengths([{ a: 'x', b: 'y', ...win }], 'Davidson')
    expect(separated).toMatchObject({
      type: 'not-estimable',
      reason: 'complete separation: x never lost against the rest',
    })
    const apart = stats.strengths(
      [
        { a: 'p', b: 'q', aWins: 1, bWins: 1, ties: 0 },
        { a: 'x', b: 'y', aWins: 1, bWins: 1, ties: 0 },
      ],
      'Bradley–Terry',
    )
    expect(apart).toMatchObject({
      type: 'not-estimable',
      reason: 'players in groups that never met: p, q and the rest',
    })
    // Wins and ties but no loss: strengths and ties run to infinity together although everybody is linked.
    expect(stats.strengths([{ a: 'x', b: 'y', aWins: 3, bWins: 0, ties: 2 }], 'Rao–Kupper').type).toBe('not-estimable')
  })

  it('agents that never or always succeed keep their meaning', () => {
    const runs = [1, 2, 4, 8].flatMap((minutes) => [
      { agent: 'never', task: minutes, family: minutes, minutes, score: 0 },
      { agent: 'always', task: minutes, family: minutes, minutes, score: 1 },
    ])
    const [never, always] = stats.horizons(runs, { random: random(), replicates: 10 })
    expect(never?.horizons[0]?.minutes).toMatchObject({ type: 'not-estimable', value: 0 })
    expect(always?.horizons[0]?.minutes).toMatchObject({ type: 'not-estimable' })
    expect(always?.horizons[0]?.minutes).not.toHaveProperty('value')
  })

  it('rates stay open where everything succeeds', () => {
    const clusters = Array.from({ length: 12 }, (_, i) => i % 6)
    const found = stats.clusterProportion(
      clusters.map(() => 1),
      clusters,
    )
    // Six clusters without a failure say no more than six trials.
    expect(found.type === 'estimate' && found.interval.low).toBeCloseTo(stats.clopperPearson(6, 6).low, 12)
    const perfect = stats.auroc([3, 4, 1, 2], [true, true, false, false])
    expect(perfect.type === 'estimate' && perfect.interval.low).toBeLessThan(0.7)
    const pooled = stats.partialPooling([5, 5, 5, 5].map((n) => ({ successes: n, n })))
    expect(pooled.type === 'estimate' && pooled.strata[0]?.interval.low).toBeLessThan(0.9)
  })

  it('a variance below zero is reported as zero, with what it was', () => {
    // Levels of b differ less than chance within them would make them.
    const values = [1, -1, -1, 1, 1, -1, -1, 1]
    const found = stats.varianceComponents(values, { a: [0, 0, 0, 0, 1, 1, 1, 1], b: [0, 0, 1, 1, 0, 0, 1, 1] })
    if (found.type === 'not-estimable') throw new Error(found.reason)
    const a = found.components.find((each) => each.factors.join() === 'a,b')
    expect(a?.variance).toBe(0)
    expect(a?.negative).toBeLessThan(0)
  })
})

describe('wrong arguments are refused with a code', () => {
  it.each([
    ['stats/not-a-proportion', () => stats.wilson(3, 2)],
    ['stats/not-a-proportion', () => stats.wilson(0.5, 2)],
    ['stats/not-a-level', () => stats.wilson(1, 2, 95)],
    ['stats/length', () => stats.clusterMean([1], [])],
    ['stats/not-finite', () => stats.meanInterval([1, NaN])],
    ['stats/empty', () => stats.median([])],
    ['stats/negative-time', () => stats.kaplanMeier([-1], [true])],
    ['stats/zero-time', () => stats.weibullFit([0, 1], [true, true])],
    ['stats/ties', () => stats.strengths([{ a: 1, b: 2, aWins: 1, bWins: 1, ties: 1 }], 'Bradley–Terry')],
    ['stats/not-a-probability', () => stats.confidenceSequence([2])],
    ['stats/double-verdict', () => stats.dawidSkene([0, 1].map((label) => ({ item: 0, rater: 0, label })))],
  ])('%s', (code, call) => expect(call).toThrow(expect.objectContaining({ code })))

  it('a task with two lengths', () => {
    const run = { agent: 0, task: 0, family: 0, score: 1 }
    const call = (): unknown =>
      stats.horizons(
        [
          { ...run, minutes: 1 },
          { ...run, minutes: 2 },
        ],
        { random: random() },
      )
    expect(call).toThrow(expect.objectContaining({ code: 'stats/horizon-task' }))
  })
})

describe('properties', () => {
  it('shifting and scaling the data shifts and scales the interval', () => {
    fc.assert(
      fc.property(rows(15), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }), (data, shift, scale) => {
        const values = data.map((row) => Math.round(row[0]))
        const clusters = data.map((row) => row[2])
        const one = stats.clusterMean(values, clusters)
        const two = stats.clusterMean(
          values.map((each) => each * scale + shift),
          clusters,
        )
        expect(two.type).toBe(one.type)
        if (one.type === 'estimate' && two.type === 'estimate') {
          const size = Math.max(1, Math.abs(two.interval.low), Math.abs(shift))
          expect(Math.abs(two.interval.low - (one.interval.low * scale + shift)) / size).toBeLessThan(1e-6)
        }
      }),
      { numRuns: 200, seed: 21 },
    )
  })
  it('adjusted p values are at least the raw ones, Holm at least Benjamini–Hochberg, and in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
        const holm = stats.holm(p)
        const screen = stats.benjaminiHochberg(p)
        for (const [i, each] of p.entries()) {
          expect(screen[i]).toBeGreaterThanOrEqual(each)
          expect(holm[i]).toBeGreaterThanOrEqual((screen[i] ?? 0) - 1e-15)
          for (const [j, other] of p.entries()) if (each < other) expect(holm[i]).toBeLessThanOrEqual(holm[j] ?? 0)
        }
      }),
      { seed: 22 },
    )
  })
  it('a confidence sequence never widens, and holds the mean of a constant', () => {
    const found = stats.confidenceSequence(Array.from({ length: 200 }, () => 0.7))
    for (const [i, each] of found.entries()) {
      const before = found[i - 1]
      if (before !== undefined) expect(each.low).toBeGreaterThanOrEqual(before.low)
      expect(each.low).toBeLessThanOrEqual(0.7)
      expect(each.high).toBeGreaterThanOrEqual(0.7)
    }
    expect((found.at(-1)?.high ?? 1) - (found.at(-1)?.low ?? 0)).toBeLessThan(0.2)
  })
  it('equal seeds give equal bootstraps', () => {
    const y = [3, 1, 4, 1, 5, 9, 2, 6]
    const once = (): unknown =>
      stats.bootstrap(8, (picked) => stats.mean(picked.map((i) => y[i] ?? 0)), { random: random(), replicates: 50 })
    expect(once()).toEqual(once())
  })
  it('flagging nothing is a threshold of infinity, and a rate of 1 flags everything', () => {
    const scores = [5, 4, 4, 3]
    const positive = [false, true, true, false]
    const options = { random: random(), replicates: 20 }
    expect(stats.recallAt(scores, positive, 0, options)).toMatchObject({ threshold: Infinity, value: 0 })
    expect(stats.recallAt(scores, positive, 0.5, options)).toMatchObject({ threshold: 4, value: 1 })
    expect(stats.recallAt(scores, positive, 1, options)).toMatchObject({ threshold: 3, value: 1 })
  })
})
