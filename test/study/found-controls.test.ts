import { expect, it } from 'vitest'
import { plainScaffold } from '../../src/agent/index.ts'
import type { Outcome } from '../../src/record/index.ts'
import { readFoundControls } from '../../src/study/found-controls.ts'
import { defineStudy, isAllButSure, levels, type Study } from '../../src/study/index.ts'
import { mean, proportion, type AnalysisInput } from '../../src/findings/index.ts'
import { row } from '../findings/length/rows.ts'

function studyWith(known: number | undefined): Study {
  return defineStudy({
    name: 'coin',
    question: 'How often does it fall on its head?',
    factors: { coin: levels('only') },
    tasks: () => [{ id: 't', prompt: 'Toss.', scaffold: plainScaffold, limits: {}, measure: () => ({ head: 1 }) }],
    outcome: { head: proportion() },
    controls: {
      fair: {
        property: 'falls on its head half of the time',
        policy: () => [],
        reads: {},
        finds: { 'mean(head)': () => known },
      },
    },
    findings: [mean('head', { by: ['agent'], cluster: 'task' })],
    repeats: 1,
  })
}

const tosses = Array.from({ length: 200 }, (_, i) =>
  row({ agent: 'control/fair', task: `${i}`, values: { head: i % 2 } }),
)

function read(known: number | undefined, rows: readonly Outcome[] = tosses) {
  const study = studyWith(known)
  return readFoundControls(study, { rows, measures: study.outcome, varied: [], level: 0.95, seed: 's' })
}

it('holds what is known of a control against the finding over its trials', () => {
  expect(read(0.5)).toMatchObject([
    { control: 'fair', measure: 'mean(head)', expected: 'exactly 50.0%', trials: 200, passed: true, cell: {} },
  ])
  // Far outside 95%, inside 99.99%: a true instrument does see that one time in a hundred.
  expect(read(0.6)).toMatchObject([{ passed: true }])
  expect(read(0.7)).toMatchObject([{ passed: false }])
})

it('reads nothing where nothing is known, and does not read true where every trial is invalid', () => {
  expect(read(undefined)).toEqual([])
  expect(
    read(
      0.5,
      tosses.map((each) => ({ ...each, status: 'invalid' as const, values: {} })),
    ),
  ).toMatchObject([{ passed: false, measured: 'nothing' }])
})

it('knows nothing of a number that few clusters leave open, and fails one that many do', () => {
  // One toss has no interval that could hold a half: it shows nothing, and accuses nobody.
  expect(read(0.5, tosses.slice(0, 1))).toEqual([])
  const nothing = { type: 'not-estimable', reason: 'broken' } as const
  const broken = (clusters: number) => {
    const study = studyWith(0.5)
    const [analysis] = study.findings
    if (analysis === undefined) throw new Error('no analysis')
    const findings = [
      {
        ...analysis,
        run: (input: AnalysisInput) => analysis.run(input).map((found) => ({ ...found, estimate: nothing })),
      },
    ]
    const rows = tosses.slice(0, clusters)
    return readFoundControls(
      { ...study, findings },
      { rows, measures: study.outcome, varied: [], level: 0.95, seed: 's' },
    )
  }
  expect(broken(15)).toEqual([])
  expect(broken(16)).toMatchObject([{ passed: false, measured: 'nothing' }])
})

it('is all but sure of what is as likely to be seen as an interval of a control is to hold', () => {
  // 0.5^13 is 1 in 8,192, 0.5^14 1 in 16,384.
  expect(isAllButSure(0.5, 13)).toBe(false)
  expect(isAllButSure(0.5, 14)).toBe(true)
  expect(isAllButSure(0, 1_000_000)).toBe(false)
  expect(isAllButSure(1, 1)).toBe(true)
})
