import { expect, test, vi } from 'vitest'
import { layerRows } from '../../../src/findings/layers/index.ts'
import { layers } from '../../../src/studies/layers/index.ts'
import { assertHere, makePlan, type Plan, type PlanRequest } from '../../../src/study/index.ts'
import { target } from '../../attack/arena.ts'
import { row } from '../../findings/length/rows.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

function planned(change: Partial<PlanRequest>): Plan {
  const request: PlanRequest = {
    models: ['test/target'],
    set: { classifier: ['trained'] },
    seed: '1',
    controls: 'with',
    sampling: {},
    limits: {},
    ...change,
  }
  return makePlan(layers, request, new Map([['test/target', target(() => 'no')]]))
}

test('without its files the trained classifier is refused before the first trial, with what to type', () => {
  vi.stubEnv('ASSAY_CACHE', temporaryFolder())
  try {
    expect(() => assertHere(planned({}))).toThrow(
      'layers cannot run as planned: The injection classifier is not on this machine yet. Run: assay models pull injection-classifier',
    )
    // Controls bring layers of their own.
    expect(() => assertHere(planned({ controls: 'only' }))).not.toThrow()
    expect(() => assertHere(planned({ set: {} }))).not.toThrow()
  } finally {
    vi.unstubAllEnvs()
  }
})

test('the level that all runs before it had moves no plan and no trial', () => {
  const before = planned({ set: {} })
  expect(before.hash).toBe(planned({ set: { classifier: ['asked'] } }).hash)
  expect(before.hash).not.toBe(planned({}).hash)
  expect(before.varied).not.toContain('classifier')
  expect(planned({}).varied).toContain('classifier')
})

test('cases under one classifier and under the other are not one case', () => {
  const options = {
    layers: [{ name: 'classifier', type: 'shadowed', stops: 'stopsClassifier' }],
    attack: 'attack',
    cases: 'each-template',
    ordinary: 'benign',
    refused: 'refused',
    adaptive: [],
  } as const
  const rows = ['asked', 'trained'].map((classifier, stopsClassifier) =>
    row({
      task: 'secret-a/poem',
      cell: { attack: 'each-template', classifier },
      values: { yielded: 1, stopsClassifier },
    }),
  )
  expect(layerRows(rows, 'yielded', options).map(({ breached }) => breached)).toEqual([1, 0])
})
