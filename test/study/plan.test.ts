import { describe, expect, test } from 'vitest'
import { plainScaffold, type Scaffold } from '../../src/agent/index.ts'
import type { Model } from '../../src/model/index.ts'
import { makePlan, taskFinder, type Plan, type PlanRequest, type Study } from '../../src/study/index.ts'
import { scripted, text } from '../agent/toys.ts'
import { toyRequest, toyStudy } from '../run/toy-study.ts'

function model(name: string, change: Partial<Model> = {}): Model {
  return scripted(() => ({ parts: [text('')] }), { name, identity: { version: 1 }, ...change })
}

const two = new Map(['test/a', 'test/b'].map((name) => [name, model(name)]))

function plan(change: Partial<PlanRequest> = {}, study: Study = toyStudy(), models = two): Plan {
  return makePlan(study, toyRequest(['test/a', 'test/b'], change), models)
}

function seeds(size: string): ReadonlySet<string> {
  return new Set(plan().trials.flatMap(({ cell, seed, control }) => (cell['size'] === size && !control ? [seed] : [])))
}

describe('a plan', () => {
  test('refuses a compaction where the agent is shown the latest observation only', () => {
    const study = toyStudy()
    const scaffold: Scaffold = {
      ...plainScaffold,
      context: 'latest',
      compaction: { strategy: 'trim', at: 0.8, to: 0.5 },
    }
    const tasks: Study['tasks'] = (cell, seed) => study.tasks(cell, seed).map((task) => ({ ...task, scaffold }))
    expect(() => plan({}, { ...study, tasks })).toThrow(
      'The scaffold plain shows the latest observation only, so it has nothing to compact',
    )
  })

  test('holds every agent in every cell, task and repeat, and a control once for what it does not respond to', () => {
    const { trials } = plan()
    const of = (agent: string) => trials.filter((trial) => trial.agent === agent)
    expect([of('test/a').length, of('test/b').length, of('control/ten').length]).toEqual([30, 30, 10])
    expect(new Set(of('control/ten').map(({ cell }) => cell['size']))).toEqual(new Set(['small']))
    expect(of('control/ten').every(({ control }) => control)).toBe(true)
  })

  test('is interleaved: each repeat is a block with everything in it, in a seeded order of its own', () => {
    const { trials } = plan()
    const block = trials.length / 5
    for (let repeat = 0; repeat < 5; repeat++) {
      const own = trials.slice(repeat * block, (repeat + 1) * block)
      expect(new Set(own.map((trial) => trial.repeat))).toEqual(new Set([repeat]))
      expect(new Set(own.map((trial) => trial.seed)).size).toBe(1)
    }
    const order = (repeat: number) =>
      trials.filter((trial) => trial.repeat === repeat).map(({ agent, cell, task }) => `${agent}${cell['size']}${task}`)
    expect(order(0)).not.toEqual(order(1))
    expect(order(0).toSorted()).toEqual(order(1).toSorted())
    // No agent has the first half to itself.
    const half = trials.slice(0, trials.length / 2)
    expect(half.filter(({ agent }) => agent === 'test/a').length).toBeGreaterThan(10)
    expect(plan().trials).toEqual(trials)
    expect(plan({ seed: 'other' }).trials.map(({ id }) => id)).not.toEqual(trials.map(({ id }) => id))
  })

  test('has a hash that stays, and ids that stay', () => {
    const { hash, trials } = plan()
    expect(hash).toBe('a6640a3b0da46eb3')
    expect(trials[0]?.id).toBe('9a6b7628ac8b6c72')
  })

  test('has another hash when anything that could change an answer changes, and the same when nothing does', () => {
    const { hash } = plan()
    const other = toyStudy()
    const changed: readonly Plan[] = [
      plan({ seed: 't' }),
      plan({ repeats: 6 }),
      plan({ set: { size: ['small'] } }),
      plan({ tasks: 1 }),
      plan({ sampling: { maxOutputTokens: 100, temperature: 0 } }),
      plan({ limits: { turns: 3 } }),
      plan({ controls: 'off' }),
      plan({ models: ['test/a'] }),
      plan({}, { ...other, question: 'What else?' }),
      plan({}, { ...other, findings: other.findings.slice(1) }),
      plan({}, toyStudy({ limits: { turns: 39 } })),
      plan({}, toyStudy(), new Map([...two, ['test/a', model('test/a', { identity: { version: 2 } })]])),
      plan(
        {},
        {
          ...other,
          tasks: (cell, seed) =>
            other.tasks(cell, seed).map((task) => ({ ...task, scaffold: { ...plainScaffold, system: 'Be brief.' } })),
        },
      ),
      plan(
        {},
        {
          ...other,
          tasks: (cell, seed) => other.tasks(cell, seed).map((task) => ({ ...task, prompt: `${task.prompt}!` })),
        },
      ),
    ]
    const hashes = changed.map((each) => each.hash)
    expect(new Set([hash, ...hashes]).size).toBe(changed.length + 1)
    // Caps say when to stop, not what is asked.
    expect(plan({ maxDollars: 5, maxTokens: 10 }).hash).toBe(hash)
  })

  test('takes the levels, tasks and repeats that were asked for', () => {
    expect(plan({ set: { size: ['large', 'small', 'large'] } }).cells).toEqual([{ size: 'large' }, { size: 'small' }])
    // Not the standard level: whoever reads the finding must see it.
    expect(plan({ set: { size: ['large'] } }).varied).toEqual(['size'])
    expect(plan({ set: { size: ['small'] } }).varied).toEqual([])
    expect(plan().varied).toEqual(['size'])
    expect(new Set(plan({ tasks: '*-1' }).trials.map(({ task }) => task))).toEqual(new Set(['task-1']))
    expect(plan({ tasks: 1, repeats: 2, controls: 'off' }).trials).toHaveLength(12)
    expect(plan({ controls: 'only' }).trials).toHaveLength(10)
  })

  test('gives a pair the same seed in each cell', () => {
    expect(seeds('small')).toEqual(seeds('large'))
  })

  test.each([
    ['a factor that does not exist', { set: { colour: ['red'] } }, 'study/unknown-factor', /Factors: size/],
    ['a level that does not exist', { set: { size: ['huge'] } }, 'study/unknown-level', /Levels: small, middle, large/],
    ['tasks that do not exist', { tasks: 'nothing-*' }, 'study/no-tasks', /nothing-\*/],
    ['no agent', { models: [], controls: 'off' }, 'study/no-agents', /--model/],
    ['one model twice', { models: ['test/a', 'test/a'] }, 'study/twin-trials', /name each model once/],
  ] as const)('refuses %s in one line', (_, change, code, message) => {
    expect(() => plan(change as Partial<PlanRequest>)).toThrow(
      expect.objectContaining({ code, exit: 2, message: expect.stringMatching(message) }),
    )
  })

  test('refuses two tasks of one name, and a model that cannot do the template', () => {
    const study = toyStudy()
    const twins: Study = {
      ...study,
      tasks: (cell, seed) => study.tasks(cell, seed).map((task) => ({ ...task, id: 'same' })),
    }
    expect(() => plan({}, twins)).toThrow(
      expect.objectContaining({
        code: 'study/twin-trials',
        message: 'Two tasks of the study have the id "same": give each task an id of its own.',
      }),
    )
    const bare = new Map([...two, ['test/b', model('test/b', { templates: ['completion'] })]])
    expect(() => plan({}, study, bare)).toThrow(
      expect.objectContaining({
        code: 'study/template',
        message: expect.stringContaining('test/b cannot take tools under the template chat'),
      }),
    )
  })

  test('finds the task of each of its trials, and says when a study lost one', () => {
    const made = plan()
    const find = taskFinder(made.study)
    for (const trial of made.trials)
      expect(find(trial).prompt).toBe(`Size ${trial.cell['size']}, task ${trial.task.slice(5)}, seed ${trial.seed}.`)
    expect(() => taskFinder(toyStudy({ tasks: 1 }))({ ...made.trials[0]!, task: 'task-1' })).toThrow(
      expect.objectContaining({ code: 'study/no-tasks' }),
    )
  })
})
