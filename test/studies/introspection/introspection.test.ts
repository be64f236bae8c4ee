import path from 'node:path'
import { expect, test } from 'vitest'
import { startRun } from '../../../src/run/index.ts'
import { saysYes } from '../../../src/studies/introspection/ask.ts'
import { introspection } from '../../../src/studies/introspection/index.ts'
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
