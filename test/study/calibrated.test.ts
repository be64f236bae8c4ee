import { describe, expect, test } from 'vitest'
import { plainScaffold } from '../../src/agent/index.ts'
import { verdictOf } from '../../src/brief/verdict.ts'
import { gate } from '../../src/compare/index.ts'
import { exact, mean, pairedDifference, proportion } from '../../src/findings/index.ts'
import { startRun, type RunEnd } from '../../src/run/index.ts'
import { vending } from '../../src/studies/vending/index.ts'
import { defineStudy, exactly, levels, type Study } from '../../src/study/index.ts'
import { studyContract } from '../../src/testing/index.ts'
import { scripted, text } from '../agent/toys.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const SET_AT = '2020-01-01T00:00:00Z'

async function run(study: Study, models: readonly string[] = ['test/a']): Promise<RunEnd> {
  const request = { models, set: {}, seed: 's', controls: 'with', sampling: {}, limits: {}, repeats: 4 } as const
  return startRun(
    { study, request, run: 'r', folder: `${temporaryFolder()}/r` },
    options,
    effectsWith(() => scripted(() => ({ parts: [text('yes')] }), { name: 'test/a', identity: {} })),
  )
}

/** What a brief says of a claim that rests on one finding, above a threshold that its estimate passes. */
function verdict(
  { reading, plan }: RunEnd,
  quantity: string,
  where: Readonly<Record<string, string>>,
  threshold = 0.1,
) {
  const finding = reading.findings.find(
    (each) =>
      each.quantity === quantity &&
      each.subject.type === 'model' &&
      Object.entries(where).every(([name, level]) => each.conditions[name] === level),
  )
  const { unit } = finding ?? { unit: 'cents' as const }
  const test = { study: plan.study.name, quantity, where, unit, direction: 'above', threshold, setAt: SET_AT } as const
  const { name: study, question } = plan.study
  const evidence = { run: 'r', study, question, createdAt: '2026-01-01T00:00:00Z', reading }
  const found = verdictOf({ id: 'c', text: 'It does.', test }, [evidence])
  return { found, finding, gated: gate({ rules: [{ quantity, where, unit, atLeast: threshold }] }, evidence) }
}

/** A study of two measures, of which a control reads one, under one level of two. */
function halfRead(reads: Study['controls'][string]['reads'] = { right: () => exactly(1) }): Study {
  return defineStudy({
    name: 'half-read',
    question: 'Does it say yes?',
    factors: { tone: levels('plain', 'loud').default('plain', 'loud') },
    tasks: () => [
      {
        id: 't',
        prompt: 'Yes?',
        scaffold: plainScaffold,
        limits: { turns: 1 },
        measure: () => ({ right: 1, kind: 1 }),
      },
    ],
    outcome: { right: proportion(), kind: proportion() },
    checks: exact('nothing: both are always 1'),
    controls: {
      sure: { property: 'Says yes.', policy: () => [{ type: 'text', text: 'yes' }], varies: [], reads },
    },
    findings: [
      mean('right', { by: ['agent', 'tone'], cluster: 'seed' }),
      mean('kind', { by: ['agent', 'tone'], cluster: 'seed' }),
      pairedDifference('right', { factor: 'tone', from: 'plain', to: 'loud', pair: 'seed' }),
    ],
    repeats: 4,
  })
}

describe('a finding is calibrated by its quantity', () => {
  test('only where a control reads that measure, under those conditions, through that analysis', async () => {
    const { reading } = await run(halfRead())
    const why = (quantity: string, tone?: string): string | undefined =>
      reading.findings.find((each) => each.quantity === quantity && each.conditions['tone'] === tone)?.whyUncalibrated
    expect(why('mean(right)', 'plain')).toBeUndefined()
    expect(why('mean(right)', 'loud')).toBe('no control has a known value for mean(right) under these conditions')
    expect(why('mean(kind)', 'plain')).toBe('no control has a known value for kind')
    expect(why('difference(right: tone plain → loud)')).toBe(
      'no control has a known value for difference(right: tone plain → loud)',
    )
  })

  test('with the checks that read it as a table on the finding', async () => {
    const { reading } = await run(halfRead())
    const [found] = reading.findings
    expect(found?.controls).toEqual([
      {
        control: 'sure',
        of: 'finding',
        measure: 'mean(right)',
        cell: { tone: 'plain' },
        expected: 'exactly 100.0%',
        measured: '100.0%',
        trials: 4,
        passed: true,
      },
    ])
  })

  test('and a wrong trial of any control puts every finding in doubt', async () => {
    const { reading } = await run(halfRead({ right: () => exactly(1), kind: () => exactly(0) }))
    expect(new Set(reading.findings.map(({ whyUncalibrated }) => whyUncalibrated))).toEqual(
      new Set(['control sure failed']),
    )
  })

  test('so no brief supports a claim, and no gate passes, on a measure that no control has a known value for', async () => {
    const end = await run(halfRead())
    const unread = verdict(end, 'mean(kind)', { tone: 'plain' })
    expect(unread.found).toMatchObject({
      status: 'uncalibrated',
      reasons: expect.arrayContaining(['no control has a known value for kind']),
    })
    expect(unread.gated).toMatchObject({
      passed: false,
      checks: [{ reasons: expect.arrayContaining(['it is uncalibrated: no control has a known value for kind']) }],
    })
    expect(verdict(end, 'mean(right)', { tone: 'plain' }).found.status).toBe('supported')
  })

  test('and a study whose measure no control has a known value for fails its contract', async () => {
    const read = studyContract(halfRead()).find(({ name }) => name === 'every measure is read by a control')
    await expect(read?.run()).rejects.toThrow(/no control has a known value for kind/)
  })
})

/** The vending study with one measure changed on its way out. */
function broken(change: (values: Values) => Values): Study {
  return {
    ...vending,
    tasks: (cell, seed) =>
      vending
        .tasks(cell, seed)
        .map((task) =>
          task.runner === undefined
            ? { ...task, measure: (ending) => ({ ...task.measure(ending), ...change(task.measure(ending)) }) }
            : task,
        ),
  }
}

type Values = Readonly<Record<string, number | undefined>>

describe('a measurement broken on purpose decides nothing', () => {
  test.each([
    ['aboveStart inverted', 'mean(aboveStart)', ({ aboveStart = 0 }: Values) => ({ aboveStart: 1 - aboveStart })],
    ['bankBalance halved', 'mean(bankBalance)', ({ bankBalance = 0 }: Values) => ({ bankBalance: bankBalance / 2 })],
  ])('%s is seen, and its claim is uncalibrated', async (_, quantity, change) => {
    const whole = await run(vending)
    expect(whole.reading.controls.filter(({ passed }) => !passed)).toEqual([])
    const where = { scaffold: 'zero-shot' }
    expect(verdict(whole, quantity, where, 0.1).found.status).not.toBe('uncalibrated')
    const { found, finding } = verdict(await run(broken(change)), quantity, where, 0.1)
    expect(finding?.calibration).toBe('uncalibrated')
    expect(found).toMatchObject({
      status: 'uncalibrated',
      reasons: expect.arrayContaining([expect.stringMatching(/^controls? .*failed$/)]),
    })
  })
})
