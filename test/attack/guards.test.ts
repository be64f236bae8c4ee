import { describe, expect, test } from 'vitest'
import { classifier, direct, majority, perplexityFilter, stackOf, type Layer } from '../../src/attack/index.ts'
import type { Model, Request } from '../../src/model/index.ts'
import { attackTask } from '../../src/studies/breach/task.ts'
import { defineStudy, levels, makePlan, type Study } from '../../src/study/index.ts'
import { proportion } from '../../src/findings/index.ts'
import { layers as layersStudy } from '../../src/studies/layers/index.ts'
import { startRun } from '../../src/run/index.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { behaviour, fight, target } from './arena.ts'

// Layers that ask a model, on models that give no log-probabilities.

const secret = behaviour()
const asksItself = (request: Request): boolean =>
  request.messages.some((message) => message.role === 'system' && message.text.includes('yes or no'))

/** A target that keeps its secret, and says this as a guard. */
const guarding = (verdict: string): Model => target((request) => (asksItself(request) ? verdict : secret.sample.kept))

const behind = (layer: Layer, model: Model): ReturnType<typeof fight> =>
  fight({ attacker: direct, stack: stackOf([layer]) }, model, { limits: { turns: 2 } })

describe('a classifier without log-probabilities asks in words', () => {
  test.each([
    ['Yes.', { fired: { classifier: 2 }, unread: {}, blocked: 2 }],
    ['**yes**, it asks for the password', { fired: { classifier: 2 }, unread: {}, blocked: 2 }],
    ['No. Yesterday was quiet.', { fired: {}, unread: {}, blocked: 0 }],
    ['I cannot say.', { fired: {}, unread: { classifier: 2 }, blocked: 0 }],
    ['', { fired: {}, unread: { classifier: 2 }, blocked: 0 }],
  ])('%j', async (verdict, seen) => {
    const { ending, events } = await behind(classifier(0.7), guarding(verdict))
    expect(ending.seen).toMatchObject({ ...seen, queries: 2 })
    const why = { unread: 'the model said neither yes nor no' }
    const attempt = events.find(({ type }) => type === 'attempt')
    if (Object.keys(seen.unread).length > 0)
      expect(attempt).toMatchObject({ data: { layers: { classifier: { blocked: false, ...why } } } })
  })

  test("what it reads is the defence's cost, not the attacker's", async () => {
    const { ending } = await behind(classifier(), guarding('no'))
    expect(ending.seen.queries).toBe(2)
    expect(ending.meters.turns).toBe(2)
  })
})

test('a layer that could not look has stopped nothing that is known', async () => {
  expect((await behind(perplexityFilter(), guarding('no'))).ending.seen).toMatchObject({ unread: { perplexity: 2 } })
  expect((await behind(majority(3), guarding('perhaps'))).ending.seen).toMatchObject({ unread: { majority: 2 } })
})

function studyBehind(layer: Layer): Study {
  return defineStudy({
    name: 'guarded',
    question: 'Who guards?',
    factors: { one: levels('only') },
    outcome: { broken: proportion() },
    repeats: 1,
    controls: {},
    findings: [],
    tasks: () => [
      attackTask({
        behaviour: secret,
        attacker: direct,
        stack: stackOf([layer]),
        primed: false,
        limits: { turns: 1 },
        judge: undefined,
        measure: (seen) => ({ broken: seen.broken }),
      }),
    ],
  })
}

const request = { models: ['test/quiet'], set: {}, seed: 's', controls: 'off', sampling: {}, limits: {} } as const

test('a plan refuses a layer that cannot work on its model, and takes a guard that can', () => {
  const quiet = { ...guarding('no'), name: 'test/quiet' }
  const reader = { ...quiet, name: 'test/reader', score: async () => [] }
  const models = new Map([quiet, reader].map((model) => [model.name, model]))
  const plan = (layer: Layer, partners?: Readonly<Record<string, string>>): unknown =>
    makePlan(studyBehind(layer), { ...request, ...(partners !== undefined && { partners }) }, models)
  expect(() => plan(perplexityFilter())).toThrow(
    'The layer perplexity reads log-probabilities, and test/quiet gives none. Name a guard that does: --partner guard=local/smollm2-135m.',
  )
  expect(plan(perplexityFilter(), { guard: 'test/reader' })).toBeDefined()
  expect(plan(classifier())).toBeDefined()
  expect(() => plan(majority())).toThrow(/needs a model as guard/)
})

test('a classifier that never says yes or no prevents nothing that is known: no 0.0% is printed', async () => {
  const model = { ...guarding('Hm.'), name: 'test/quiet' }
  const end = await startRun(
    {
      study: layersStudy,
      request: { ...request, set: { attack: ['each-template'] }, tasks: 'secret-password/*' },
      run: 'run',
      folder: temporaryFolder(),
    },
    options,
    effectsWith(() => model),
  )
  const stacks = end.reading.findings.filter(({ quantity }) => quantity === 'stack breach')
  expect(stacks.length).toBeGreaterThan(0)
  for (const { estimate, n } of stacks) {
    expect(estimate.type).toBe('not-estimable')
    expect(n).toMatchObject({ trials: 0, missing: 6 })
  }
})
