import { describe, expect, it } from 'vitest'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { bubblewrap } from '../../../src/world/index.ts'
import { played } from './played.ts'

const ready = bubblewrap.ready()
const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''

describe('the horizon study', () => {
  it('reads its planted workers true and finds what they are', async () => {
    const { type, reading } = await played(horizon, { family: ['references', 'form'], length: ['1', '4', '16'] }, 6)
    expect(type).toBe('done')
    expect(reading.controls.filter((each) => !each.passed)).toEqual([])
    const found = (quantity: string, agent: string) =>
      reading.findings.find((each) => each.quantity === quantity && each.conditions['agent'] === `control/${agent}`)
    const half = found('h50(success by steps)', 'logistic')?.estimate
    expect(half?.type).toBe('estimate')
    expect(found('h50(success by steps)', 'idle')?.estimate).toMatchObject({ value: 0 })
    expect(found('h50(success by steps)', 'able')?.estimate).toMatchObject({
      type: 'not-estimable',
      reason: expect.stringContaining('is above'),
    })
    // Nobody has measured how long people need for these tasks, and nothing is made up.
    expect(reading.findings.some(({ quantity }) => quantity.includes('minutes'))).toBe(false)
  })

  it('claims nothing of an able worker where worked examples, or calls that are never cleared, fill its window', async () => {
    for (const [set, ended] of [
      // No room for a first reply: it was never asked, which is no failure.
      [
        { compaction: ['trim'], examples: ['two'], length: ['8'] },
        { neverAsked: true, values: {} },
      ],
      [{ compaction: ['clear'], examples: ['none'], length: ['256'] }, { values: { success: 0 } }],
    ] as const) {
      const { reading, outcomes } = await played(horizon, { family: ['logs'], window: ['2k'], ...set }, 1, [
        'able',
        'idle',
      ])
      expect(outcomes.find(({ agent }) => agent === 'control/able')).toMatchObject(ended)
      expect(reading.controls.filter((each) => !each.passed)).toEqual([])
    }
  })

  it('knows nothing of a wordy worker whose own words do not go into its window', async () => {
    for (const window of ['4k', '8k', '32k']) {
      const { reading } = await played(horizon, { family: ['form'], window: [window], length: ['1', '4', '16'] }, 1, [
        'wordy',
        'idle',
      ])
      expect(reading.controls.filter((each) => !each.passed)).toEqual([])
      expect(reading.controls.some(({ control }) => control === 'wordy')).toBe(window === '32k')
    }
  })

  it('under a time limit lets the slow worker take as many steps as its speed allows', async () => {
    const { outcomes, reading } = await played(
      horizon,
      { family: ['references'], length: ['4', '16'], time: ['10s', '1min'], speed: ['model', '1000'] },
      1,
      ['slow'],
    )
    expect(reading.controls.every((each) => each.passed)).toBe(true)
    const done = outcomes.map(({ cell, values, stop, times }) => [
      cell['length'],
      cell['time'],
      cell['speed'],
      values['success'],
      stop,
      times.workingMs,
    ])
    // Two seconds a turn, or a tenth of one: 16 steps do not go into ten seconds, nor do they need a minute.
    expect(new Set(done)).toEqual(
      new Set([
        ['16', '10s', '1000', 1, 'submitted', 1_700],
        ['16', '10s', 'model', 0, 'workingMs', 10_000],
        ['16', '1min', '1000', 1, 'submitted', 1_700],
        ['16', '1min', 'model', 1, 'submitted', 34_000],
        ['4', '10s', '1000', 1, 'submitted', 500],
        ['4', '10s', 'model', 1, 'submitted', 10_000],
        ['4', '1min', '1000', 1, 'submitted', 500],
        ['4', '1min', 'model', 1, 'submitted', 10_000],
      ]),
    )
  })

  it.skipIf(skipped !== '')(`has its workers work through a shell where they have one${skipped}`, async () => {
    const { reading, outcomes } = await played(
      horizon,
      { tools: ['files', 'shell'], family: ['references', 'configurations'], length: ['1', '8'] },
      1,
    )
    expect(reading.controls.filter((each) => !each.passed)).toEqual([])
    const success = (tools: string): readonly unknown[] =>
      outcomes
        .filter((row) => row.cell['tools'] === tools && row.agent === 'control/able')
        .map((row) => row.values['success'])
    expect([success('files'), success('shell')]).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
    ])
    const sandboxes = reading.findings.map(({ conditions, policies }) => [conditions['tools'], policies['sandbox']])
    expect(new Set(sandboxes.map((each) => JSON.stringify(each)))).toEqual(
      new Set([
        JSON.stringify(['files', undefined]),
        JSON.stringify(['shell', `bubblewrap ${bubblewrap.version?.()}`]),
        JSON.stringify([undefined, `bubblewrap ${bubblewrap.version?.()}`]),
      ]),
    )
  })

  it('refuses work that is done with commands where the agent has no shell', async () => {
    await expect(played(horizon, { family: ['repairs'], length: ['1'] }, 1)).rejects.toThrow(
      'The tasks of repairs are done with commands. Add --set tools=shell, or choose another --set family.',
    )
  })

  it('has its workers do their work through a helper where the scaffold has one', async () => {
    const { reading, outcomes } = await played(
      horizon,
      {
        scaffold: ['subagents', 'notes', 'plan'],
        family: ['form'],
        length: ['4'],
        ...(skipped === '' && { tools: ['files', 'shell'] }),
      },
      1,
    )
    expect(reading.controls.every((each) => each.passed)).toBe(true)
    expect(outcomes.find(({ agent }) => agent === 'control/able')?.values).toMatchObject({ success: 1 })
  })
})
