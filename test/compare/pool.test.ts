import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import { randomEffects } from '../../src/stats/index.ts'
import { forestRows, poolRuns, type RunRead } from '../../src/compare/index.ts'
import { intervalChart } from '../../src/report/index.ts'
import { madeStudy, read, type ReadOptions } from './reads.ts'

const noise = (...parts: readonly (string | number)[]): number => randomFrom('pool', ...parts)()

function run(name: string, shift: number, change: Partial<ReadOptions> = {}): RunRead {
  return read({
    run: name,
    study: madeStudy({ cluster: 'seed' }),
    values: ({ task, cell, seed }) => ({
      total: shift + 10 * noise(seed, cell['tools'] ?? '') + noise(seed, task),
      solved: noise(seed, task, 's') < 0.7 ? 1 : 0,
    }),
    ...change,
    request: { repeats: 6, ...change.request },
  })
}

const three = [run('r1', 0), run('r2', 1), run('r3', 20)]
const quantity = 'mean(total)'

describe('pooling', () => {
  test('is the random-effects estimate of the runs’ own findings, with their weights', () => {
    const [first] = poolRuns(three, [quantity])
    if (first?.finding.estimate.type !== 'estimate') throw new Error('not estimable')
    const parts = three.map(({ reading }) => {
      const own = reading.findings.find(
        (each) =>
          each.quantity === quantity && each.conditions['tools'] === 'none' && each.conditions['agent'] === 'test/a',
      )
      if (own?.estimate.type !== 'estimate') throw new Error('not estimable')
      return own.estimate
    })
    const direct = randomEffects(
      parts.map((each) => each.value),
      parts.map((each) => each.standardError ?? 0),
    )
    if (direct.type !== 'estimate') throw new Error('not estimable')
    expect(first.finding).toMatchObject({
      quantity,
      unit: 'count',
      conditions: { agent: 'test/a', tools: 'none' },
      estimate: { value: direct.value, interval: direct.interval },
      n: { trials: 108, tasks: 6, clusters: 18, invalid: 0, missing: 0 },
      details: { runs: 3, tauSquared: direct.tauSquared, iSquared: direct.iSquared },
      standing: 'exploratory',
      calibration: 'calibrated',
    })
    expect(first.finding.details['tauSquared']).toBeGreaterThan(20)
    expect(first.parts.map(({ weight }) => weight).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
    expect(first.parts.map(({ without }) => without)).toEqual(direct.leaveOneOut)
    expect(first.finding.details['predictionLow']).toBeLessThan(first.finding.estimate.interval.low)
  })

  test('puts shares where they stay between 0 and 1, at 0 and 1 too', () => {
    const always = { values: () => ({ total: 1, solved: 1 }) }
    const ends = [run('r1', 0, always), run('r2', 0, always), run('r3', 0, always)]
    const [all] = poolRuns(ends, ['mean(solved)'])
    expect(all?.finding).toMatchObject({ estimate: { type: 'estimate' }, details: { scale: 'exact' } })
    if (all?.finding.estimate.type !== 'estimate') throw new Error('not estimable')
    expect(all.finding.estimate.value).toBe(1)
    expect(all.finding.estimate.interval.high).toBe(1)
    // 18 seeds of 18: the exact bound of them all.
    expect(all.finding.estimate.interval.low).toBeCloseTo(0.025 ** (1 / 18), 12)
    expect(all.finding.caveats).toContain('every run read all: the bound takes them to share one rate')
    const never = { values: () => ({ total: 1, solved: 0 }) }
    const [none] = poolRuns([run('r1', 0, never), run('r2', 0, never)], ['mean(solved)'])
    if (none?.finding.estimate.type !== 'estimate') throw new Error('not estimable')
    expect(none.finding.estimate.interval.high).toBeCloseTo(1 - 0.025 ** (1 / 12), 12)
    expect(none.parts.map(({ weight }) => weight)).toEqual([0.5, 0.5])
  })

  test('counts a task that several runs did once in an exact bound', () => {
    const study = madeStudy({ tasks: 8, cluster: 'task' })
    const always = { study, values: () => ({ total: 1, solved: 1 }) }
    const [all] = poolRuns([run('r1', 0, always), run('r2', 0, always)], ['mean(solved)'])
    if (all?.finding.estimate.type !== 'estimate') throw new Error('not estimable')
    expect(all.finding.estimate.interval.low).toBeCloseTo(0.025 ** (1 / 8), 12)
  })

  test('does not call an interval that holds every share an estimate', () => {
    const runs = [0, 1].map((solved) =>
      run(`r${solved}`, 0, { values: () => ({ total: 1, solved }), request: { repeats: 3 } }),
    )
    const [all] = poolRuns(runs, ['mean(solved)'])
    expect(all?.finding.estimate).toMatchObject({ type: 'not-estimable', reason: /would hold every share/ })
    expect(all?.finding.estimate.value).toBeCloseTo(0.5, 9)
  })

  test('leaves out what has no spread, and says so', () => {
    const [, , , ...rest] = poolRuns(three)
    const control = rest
      .concat(poolRuns(three, [quantity]))
      .find(({ finding }) => finding.conditions['agent'] === 'control/five' && finding.quantity === quantity)
    expect(control?.finding.estimate).toMatchObject({ type: 'not-estimable', reason: /alike/ })
    expect(control?.parts.map(({ weight }) => weight)).toEqual([0, 0, 0])
  })

  test('a run whose clusters agree is pooled, as varied as the others; one that is left out is not counted', () => {
    const alike = run('r4', 0, { values: () => ({ total: 5, solved: 1 }) })
    const [all] = poolRuns([...three, alike], [quantity])
    expect(all?.parts.map(({ weight }) => weight > 0)).toEqual([true, true, true, true])
    expect(all?.finding.n).toMatchObject({ trials: 144, clusters: 24 })
    expect(all?.finding.caveats.join()).toContain('in 1 of 4 runs all clusters agree')
    const single = run('r5', 0, { request: { repeats: 1 } })
    const [without] = poolRuns([...three, single], [quantity])
    expect(without?.finding).toMatchObject({
      n: { trials: 108, clusters: 18 },
      title: expect.stringContaining('3 runs'),
    })
    expect(without?.finding.caveats[0]).toContain('r5 is left out')
  })

  test('draws a row a run and one for all of them', () => {
    const [first] = poolRuns(three, [quantity])
    if (first === undefined) throw new Error('nothing pooled')
    const rows = forestRows(first)
    expect(rows.map((row) => row.conditions['run'])).toEqual([
      expect.stringMatching(/^r1 \(\d+%\)$/),
      expect.stringMatching(/^r2 \(\d+%\)$/),
      expect.stringMatching(/^r3 \(\d+%\)$/),
      'pooled',
    ])
    expect(intervalChart(rows, { width: 80 }).split('\n')).toHaveLength(6)
  })

  test.each([
    ['limits', run('r4', 0, { request: { limits: { turns: 2 } } }), /differ in limits/],
    ['its model', run('r4', 0, { identity: { weights: 'w' } }), /differ in model test\/a/],
    ['its question', run('r4', 0, { study: { ...madeStudy({ cluster: 'seed' }), question: 'Which?' } }), /question/],
    ['how it clusters', run('r4', 0, { study: madeStudy({ cluster: 'task' }) }), /differ in findings/],
    [
      'a judge that only it has',
      withDesign(run('r4', 0), { judge: 'model/judge-2' }),
      /judge \(nothing \/ model\/judge-2\)/,
    ],
  ])('refuses a run that differs in %s', (_, other, says) => {
    expect(() => poolRuns([...three, other])).toThrow(says)
    expect(() => poolRuns([...three, other])).toThrow(expect.objectContaining({ code: 'study/unlike-runs' }))
  })

  test('pools a run with its replication where keys and system prompts are drawn from the seed, and refuses an edited key', () => {
    const [first, again] = [
      drawn('monday', (seed) => `of ${seed}`),
      drawn('monday-replication-1', (seed) => `of ${seed}`),
    ]
    expect(first.design['keys']).not.toBe(again.design['keys'])
    expect(first.design['scaffolds']).not.toEqual(again.design['scaffolds'])
    expect(poolRuns([first, again], [quantity])[0]?.parts).toHaveLength(2)
    const edited = drawn('tuesday', (seed) => `for ${seed}`)
    expect(() => poolRuns([first, edited], [quantity])).toThrow(/they differ in .*keys/)
  })

  test('refuses findings with other policies or units', () => {
    const other = run('r4', 0)
    const changed = {
      ...other,
      reading: {
        ...other.reading,
        findings: other.reading.findings.map((each) => ({ ...each, policies: { ...each.policies, missing: 'as 0' } })),
      },
    }
    expect(() => poolRuns([...three, changed])).toThrow(/missing is "left out and counted" and "as 0"/)
  })

  test('refuses runs that share trials, one run alone, and runs with nothing in common', () => {
    expect(() => poolRuns([run('r1', 0), run('r4', 0, { request: { seed: 'r1' } })])).toThrow(/share \d+ trials/)
    expect(() => poolRuns([run('r1', 0)])).toThrow(/at least two/)
    expect(() => poolRuns(three, ['mean(wealth)'])).toThrow(/mean\(wealth\)/)
  })

  test('does not take a level that one run held still for that of another', () => {
    const none = run('r4', 0, { request: { set: { tools: ['none'] } } })
    const some = run('r5', 0, { request: { set: { tools: ['some'] } } })
    expect(() => poolRuns([none, some], [quantity])).toThrow(/nothing to pool/)
    const both = poolRuns([none, ...three], [quantity]).find(({ parts }) => parts.length === 4)
    expect(both?.parts.map((part) => part.run)).toEqual(['r4', 'r1', 'r2', 'r3'])
  })

  test('is partial and uncalibrated where a run is', () => {
    const partial = poolRuns([run('r1', 0), run('r4', 0, { done: 60 })], [quantity])[0]
    expect(partial?.finding.standing).toBe('incomplete')
    const misread = poolRuns([run('r1', 0), run('r4', 0, { control: 4 })], [quantity])[0]
    expect(misread?.finding.calibration).toBe('uncalibrated')
  })
})

function withDesign(read: RunRead, change: RunRead['design']): RunRead {
  return { ...read, design: { ...read.design, ...change } }
}

/** A run whose keys are drawn from its seed. */
function drawn(name: string, from: (seed: string) => string): RunRead {
  return run(name, 0, { study: madeStudy({ cluster: 'seed', drawn: from }) })
}
