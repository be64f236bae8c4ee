import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import { newcombe, newcombePaired, pairedDifference } from '../../src/stats/index.ts'
import { compareRuns, designDifferences, type RunRead } from '../../src/compare/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import type { PlannedTrial } from '../../src/study/index.ts'
import { toyStudy } from '../run/toy-study.ts'
import { madeStudy, read, type ReadOptions } from './reads.ts'

const noise = (...parts: readonly (string | number)[]): number => randomFrom('noise', ...parts)()

/** Task effects that both runs share, noise that is each run's own, and a shift. */
function values(shift: number, own: string): ReadOptions['values'] {
  return ({ task, cell, repeat }: PlannedTrial) => ({
    total: 100 * noise(task) + noise(own, task, cell['tools'] ?? '', repeat) + shift,
    solved: noise('s', own, task, repeat) < 0.5 ? 1 : 0,
  })
}

const first = read({ run: 'one', request: { seed: 'same' }, values: values(0, 'one') })

/** A run whose every trial is solved, or none. */
function alike(run: string, solved: number, change: Partial<ReadOptions> = {}): RunRead {
  return read({ run, study: madeStudy({ cluster: 'seed' }), values: () => ({ total: 1, solved }), ...change })
}

function compared(a: RunRead, b: RunRead): Finding | undefined {
  return compareRuns(a, b, { measures: ['solved'] }).findings[0]
}

describe('a comparison', () => {
  test('pairs by task and seed where both runs have them, clusters as the study does, and corrects by Holm', () => {
    const second = read({ run: 'two', request: { seed: 'same' }, values: values(5, 'two') })
    const { findings, differs, unmatched } = compareRuns(first, second)
    expect(differs).toEqual([])
    expect(unmatched).toEqual([])
    const totals = findings.filter((each) => each.quantity === 'difference(total: one → two)')
    expect(totals.map((each) => each.conditions)).toEqual([
      { agent: 'test/a', tools: 'none' },
      { agent: 'test/a', tools: 'some' },
      { agent: 'control/five', tools: 'none' },
    ])
    const [found] = totals
    expect(found).toMatchObject({
      unit: 'count',
      policies: { pair: 'task and seed', cluster: 'task' },
      n: { trials: 24, tasks: 6, clusters: 6, invalid: 0, missing: 0 },
      standing: 'exploratory',
      calibration: 'calibrated',
      provenance: { run: 'one → two' },
    })
    // Between tasks the totals differ by up to 100; paired, the shift of 5 stands out.
    if (found?.estimate.type !== 'estimate') throw new Error('not estimable')
    expect(found.estimate.interval.low).toBeGreaterThan(4)
    expect(found.estimate.interval.high).toBeLessThan(6)
    const rows = (run: typeof first) =>
      run.outcomes.filter((row) => row.agent === 'test/a' && row.cell['tools'] === 'none')
    const partner = (trial: { readonly task: string; readonly seed: string }) =>
      rows(second).find((row) => row.task === trial.task && row.seed === trial.seed)?.values['total']
    const direct = pairedDifference(
      rows(first).map((row) => Number(row.values['total'])),
      rows(first).map((row) => Number(partner(row))),
      { clusters: rows(first).map((row) => row.task) },
    )
    // What only the method knows of it (the pairs' sizes and the like) is left behind.
    expect(direct).toMatchObject(found.estimate)

    const tested = findings.filter((each) => 'p' in each.details && each.conditions['agent'] === 'test/a')
    expect(tested.length).toBe(4)
    for (const each of tested) {
      expect(each.details['family']).toBe(4)
      expect(Number(each.details['holmP'])).toBeGreaterThanOrEqual(Number(each.details['p']))
    }
    const least = Math.min(...tested.map((each) => Number(each.details['p'])))
    expect(tested.map((each) => each.details['holmP'])).toContain(4 * least)
  })

  test('pairs by task alone where the seeds are new, and not at all where the study repeats within seeds', () => {
    const second = read({ run: 'two', values: values(5, 'two') })
    const byTask = compareRuns(first, second).findings[0]
    expect(byTask).toMatchObject({ policies: { pair: 'task' }, n: { clusters: 6 } })
    if (byTask?.estimate.type !== 'estimate') throw new Error('not estimable')
    expect(byTask.estimate.interval.high - byTask.estimate.interval.low).toBeLessThan(3)
    const study = madeStudy({ cluster: 'seed' })
    const apart = compareRuns(
      read({ run: 'one', study, values: values(0, 'one') }),
      read({ run: 'two', study, values: values(5, 'two') }),
    ).findings[0]
    expect(apart).toMatchObject({ policies: { pair: 'none', cluster: 'seed' }, n: { clusters: 4 } })
    expect(apart?.caveats).toEqual(['the runs share no tasks and seeds, so nothing is paired'])
  })

  test('leaves trials without a partner out and counts them', () => {
    const second = read({ run: 'two', request: { seed: 'same', tasks: 4 }, values: values(5, 'two') })
    expect(compareRuns(first, second).findings[0]?.n).toEqual({
      trials: 16,
      tasks: 6,
      clusters: 4,
      invalid: 0,
      missing: 4,
    })
  })

  test('sets two agents beside each other where each run has one of its own', () => {
    const second = read({ run: 'two', models: ['test/b'], request: { seed: 'same' }, values: values(5, 'two') })
    expect(compareRuns(first, second).findings[0]?.conditions).toEqual({ agent: 'test/a → test/b', tools: 'none' })
  })

  test('says what the designs differ in, and which groups stand alone', () => {
    const second = read({
      run: 'two',
      request: { seed: 'same', sampling: { temperature: 1 }, limits: { turns: 2 }, set: { tools: ['none'] } },
      values: values(5, 'two'),
      identity: { weights: 'others' },
    })
    const { differs, unmatched } = compareRuns(first, second)
    // What a control is known to read may be recorded cell by cell.
    const told = differs.filter(({ what }) => what !== 'controls')
    expect(told.map(({ what, grave }) => [what, grave])).toEqual([
      ['factors', false],
      ['limits', true],
      ['model test/a', true],
    ])
    expect(unmatched).toEqual(['one: test/a, tools=some'])
  })

  test('is uncalibrated where one of the runs is, and partial where one is', () => {
    const second = { run: 'two', request: { seed: 'same' }, values: values(5, 'two') }
    expect(compareRuns(first, read({ ...second, control: 4 })).findings[0]?.calibration).toBe('uncalibrated')
    const off = read({ ...second, request: { seed: 'same', controls: 'off' } })
    expect(compareRuns(first, off).findings[0]?.calibration).toBe('uncalibrated')
    expect(compareRuns(first, read({ ...second, done: 20 })).findings[0]?.standing).toBe('incomplete')
    expect(compareRuns(first, read(second), { planned: true }).findings[0]?.standing).toBe('planned')
  })

  test('of passes that every pair has alike has an interval all the same', () => {
    const study = madeStudy({ tasks: 8 })
    const request = { seed: 'same', repeats: 1 }
    const one = read({ run: 'one', study, request, values: () => ({ total: 1, solved: 0 }) })
    const two = read({ run: 'two', study, request, values: () => ({ total: 1, solved: 1 }) })
    const found = compareRuns(one, two, { measures: ['solved'] }).findings[0]
    expect(found).toMatchObject({ estimate: { value: 1, interval: { method: 'Newcombe paired score' } } })
    // 8 of 8 turned: exact McNemar 2·(1/2)^8.
    expect(found?.details['p']).toBeCloseTo(2 / 256, 12)
  })

  test('of shares without spread has an interval where nothing is paired, and where a task is tried again', () => {
    const request = { repeats: 4 }
    const none = compared(alike('one', 0, { request }), alike('two', 0, { request }))
    expect(none?.estimate).toEqual(newcombe({ successes: 0, n: 4 }, { successes: 0, n: 4 }))
    expect(none).toMatchObject({ policies: { pair: 'none' }, n: { trials: 48, clusters: 8 }, details: { p: 1 } })
    // None of 4 against all of 4: Fisher's exact test, 2/C(8, 4).
    const apart = compared(alike('one', 0, { request }), alike('two', 1, { request }))
    expect(apart?.estimate.value).toBe(1)
    expect(apart?.details['p']).toBeCloseTo(2 / 70, 12)
    expect(
      compared(alike('one', 0, { request }), alike('two', 1, { request: { repeats: 2 } }))?.details['p'],
    ).toBeCloseTo(1 / 15, 12)
    const study = madeStudy({ tasks: 8 })
    const again = { study, request: { seed: 'same', repeats: 3 } }
    expect(compared(alike('one', 0, again), alike('two', 0, again))?.estimate).toEqual(
      newcombePaired({ both: 0, fromOnly: 0, toOnly: 0, neither: 8 }),
    )
  })

  test('of runs that measure different things is refused', () => {
    const second = { ...first, run: 'two' }
    const other = { ...second, plan: { ...first.plan, study: toyStudy() } }
    expect(() => compareRuns(first, other)).toThrow(/one is a run of made, two of toy/)
    const measures = { ...second, design: { ...first.design, measures: { total: { unit: 'cents', optional: false } } } }
    expect(() => compareRuns(first, measures)).toThrow(expect.objectContaining({ code: 'study/unlike-runs' }))
    expect(() => compareRuns(first, first)).toThrow(/one is compared with itself: name two runs/)
    expect(() => compareRuns(first, second, { measures: ['wealth'] })).toThrow(/no measure "wealth"\. Measures: total/)
    const apart = read({ run: 'two', request: { set: { tools: ['some'] }, controls: 'off' }, values: values(0, 'x') })
    const none = read({ run: 'one', request: { set: { tools: ['none'] }, controls: 'off' }, values: values(0, 'x') })
    expect(() => compareRuns(none, apart)).toThrow(/no agent and cell in common/)
  })
})

test('prompts that are made from the seed differ with it, and only then without being another design', () => {
  const second = read({ run: 'two', values: values(0, 'two') })
  const change = (run: typeof first, prompts: string) => ({ ...run, design: { ...run.design, prompts } })
  const prompts = (a: typeof first, b: typeof first) => designDifferences(a, b).find(({ what }) => what === 'prompts')
  expect(prompts(first, change(second, 'p2'))?.grave).toBe(false)
  expect(prompts(first, change(first, 'p2'))?.grave).toBe(true)
})
