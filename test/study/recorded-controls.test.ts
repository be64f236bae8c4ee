import { expect, test } from 'vitest'
import { above, exactly, makePlan, withRecordedControls, type PlanRequest } from '../../src/study/index.ts'
import { madeStudy } from '../compare/reads.ts'

const request: PlanRequest = { models: [], set: {}, seed: 's', controls: 'only', sampling: {}, limits: {} }
const study = madeStudy()
const { five } = study.controls
if (five === undefined) throw new Error('the made study has no control')
const { design, hash } = makePlan(study, request, new Map())

test('a control that came later has no trial in an old plan, and what is known since of an earlier one is not known there', () => {
  const { varies: _varies, ...everywhere } = five
  const later = {
    ...study,
    controls: { later: five, five: { ...everywhere, reads: { total: () => above(0), solved: () => exactly(1) } } },
  }
  expect(makePlan(later, request, new Map()).hash).not.toBe(hash)
  const then = withRecordedControls(later, design)
  expect(Object.keys(then.controls)).toEqual(['five'])
  expect(then.controls['five']?.reads['total']?.({ tools: 'none' })).toEqual(exactly(5))
  expect(then.controls['five']?.reads['solved']).toBeUndefined()
  expect(makePlan(then, request, new Map()).hash).toBe(hash)
})

test('a control that is gone since stays gone, so that the plan is another', () => {
  const without = withRecordedControls({ ...study, controls: { other: five } }, design)
  expect(Object.keys(without.controls)).toEqual([])
})

test('a design without controls, or none that can be read, changes nothing', () => {
  for (const none of [null, {}, { controls: [] }, { controls: [{ name: 'five' }] }])
    expect(withRecordedControls(study, none)).toBe(study)
})
