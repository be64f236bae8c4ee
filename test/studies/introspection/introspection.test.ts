import path from 'node:path'
import { expect, test } from 'vitest'
import { startRun } from '../../../src/run/index.ts'
import { saysYes } from '../../../src/studies/introspection/ask.ts'
import { separation } from '../../../src/studies/introspection/analyses.ts'
import { introspection } from '../../../src/studies/introspection/index.ts'
import { introspected } from '../../../src/studies/introspection/measure.ts'
import { concepts } from '../../../src/inside/index.ts'
import type { Outcome } from '../../../src/record/index.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { effectsWith, options } from '../../run/effects.ts'

test('a toy that notices is seen to notice, and one that does not is told with a bound', async () => {
  const end = await startRun(
    {
      study: introspection,
      request: {
        models: [],
        set: { strength: ['2'] },
        repeats: 6,
        seed: 'test',
        controls: 'only',
        sampling: {},
        limits: {},
      },
      run: 'introspection-test',
      folder: path.join(temporaryFolder(), 'run'),
    },
    options,
    effectsWith(() => {
      throw new Error('no model is opened')
    }),
  )
  expect(end.type).toBe('done')
  expect(end.reading.controls.filter((reading) => !reading.passed)).toEqual([])
  const found = (agent: string, quantity: string): (typeof end.reading.findings)[number]['estimate'] | undefined =>
    end.reading.findings.find((each) => each.quantity === quantity && each.conditions['agent'] === agent)?.estimate
  expect(found('control/notices', 'rate(saidYes: injected)')?.value).toBe(1)
  expect(found('control/notices', 'rate(named: injected)')?.value).toBe(1)
  expect(found('control/notices', 'auroc(chanceYes)')?.value).toBe(1)
  expect(found('control/blind', 'auroc(chanceYes)')?.value).toBe(0.5)
  const trials = end.outcomes.filter((row) => row.agent === 'control/blind' && row.values['injected'] === 0).length
  const none = found('control/blind', 'rate(saidYes: nothing injected)')
  expect(none).toMatchObject({ type: 'estimate', value: 0 })
  // Zero of n: the exact one-sided bound 1 − 0.05^(1/n).
  expect(none?.type === 'estimate' ? none.interval.high : 0).toBeCloseTo(1 - 0.05 ** (1 / trials), 10)
  expect(found('control/blind', 'rate(named: injected)')?.value).toBe(0)
})

test('injection is by lot: about half of the trials, and neither strength nor depth tells which', async () => {
  const end = await startRun(
    {
      study: introspection,
      request: {
        models: [],
        set: { strength: ['1', '2', '4'] },
        repeats: 8,
        seed: 'lot',
        controls: 'only',
        sampling: {},
        limits: {},
      },
      run: 'introspection-lot',
      folder: path.join(temporaryFolder(), 'run'),
    },
    options,
    effectsWith(() => {
      throw new Error('no model is opened')
    }),
  )
  const own = end.outcomes.filter((row) => row.agent === 'control/blind')
  for (const strength of ['1', '2', '4']) {
    const lots = own.filter((row) => row.cell['strength'] === strength).map((row) => Number(row.values['injected']))
    expect(lots.reduce((a, b) => a + b, 0) / lots.length).toBeGreaterThan(0.3)
    expect(lots.reduce((a, b) => a + b, 0) / lots.length).toBeLessThan(0.7)
  }
})

test('an answer says yes or no by its first word alone', () => {
  expect([' Yes, I do', 'no.', '**No**, yes', 'Perhaps yes', ''].map(saysYes)).toEqual([
    true,
    false,
    false,
    undefined,
    undefined,
  ])
})

test('trials of one concept are one reading: copies of them move neither the area nor its interval', () => {
  const once = concepts.flatMap(({ name }, i) => [row(name, 1, 0.2 + i / 20, 1), row(name, 0, 0.327, 2)])
  const many = Array.from({ length: 50 }, (_, copy) =>
    once.map((each) => ({ ...each, trial: `${each.trial} ${copy}` })),
  )
  const found = [once, many.flat()].map(
    (rows) =>
      separation({ by: ['agent'], title: 'area' }).run({
        rows,
        varied: [],
        measures: introspection.outcome,
        level: 0.95,
        seed: '1',
      })[0],
  )
  expect(found[0]?.n.clusters).toBe(16)
  expect(found[1]?.estimate).toEqual(found[0]?.estimate)
  // Five of eight concepts lie above the one reading without injection.
  expect(found[0]?.estimate.value).toBe(0.625)
})

test('the name that gains most is the one with the largest gain, whatever its sign', () => {
  const seen = { injected: true, answer: ' No.', yes: -1, no: -1 }
  const sea = concepts[0]
  if (sea === undefined) throw new Error('there are no concepts')
  const falling = concepts.map((_, i) => (i === 0 ? -0.5 : -1 - i))
  expect(introspected({ ...seen, names: falling }, sea).favoured).toBe(1)
  expect(introspected({ ...seen, names: concepts.map(() => -0.5) }, sea).favoured).toBe(0)
})

function row(concept: string, injected: 0 | 1, chanceYes: number, seed: number): Outcome {
  return {
    trial: `${concept} ${injected} ${seed}`,
    agent: 'local/m',
    control: false,
    cell: { depth: 'half', strength: '2' },
    task: concept,
    repeat: seed,
    seed: String(seed),
    status: 'completed',
    stop: 'seen',
    values: { injected, chanceYes },
    turns: 0,
    usage: {},
    cost: { type: 'known', dollars: 0 },
    snapshots: [],
    events: 1,
    times: { startedAt: 0, wallMs: 1, workingMs: 1 },
  }
}
