import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { plainScaffold } from '../../../src/agent/index.ts'
import { allEvents } from '../../../src/record/index.ts'
import { readReport, recordFacts } from '../../../src/grade/index.ts'
import { resumeRun, startRun } from '../../../src/run/index.ts'
import { defineStudy, exactly, levels, type Study } from '../../../src/study/index.ts'
import { mean, proportion } from '../../../src/findings/index.ts'
import { bubblewrap, workspaceWorld, type SolutionAct, type WorkspaceTask } from '../../../src/world/index.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const solution: readonly SolutionAct[] = [
  { tool: 'read', input: { path: 'notes/total.txt' } },
  { tool: 'bash', input: { command: 'sort names.txt > sorted.txt; rm names.txt' } },
  { tool: 'edit', input: { path: 'notes/total.txt', old: '41', new: '42' } },
  { tool: 'write', input: { path: 'out/answer.txt', content: 'done\n' } },
]

const task: WorkspaceTask = {
  id: 'tidy',
  family: 'toy',
  steps: solution.length,
  instruction: 'Sort the names, mend the total, and say done in out/answer.txt.',
  files: { 'names.txt': 'b\na\n', 'notes/total.txt': 'total 41\n' },
  facts: [],
  solution,
  check(files) {
    const parts = {
      sorted: files['sorted.txt'] === 'a\nb\n',
      gone: files['names.txt'] === undefined,
      total: files['notes/total.txt'] === 'total 42\n',
      done: files['out/answer.txt'] === 'done\n',
    }
    return { score: Object.values(parts).filter(Boolean).length / 4, parts }
  },
}

const study: Study = defineStudy({
  name: 'toy-workspace',
  question: 'Does a workspace task run?',
  factors: { scaffold: levels('plain') },
  tasks: () => [
    {
      id: task.id,
      prompt: task.instruction,
      world: workspaceWorld(task, { sandbox: bubblewrap }),
      scaffold: plainScaffold,
      limits: { turns: 20 },
      measure: (ending) => ({ score: task.check(ending.files ?? {}).score }),
    },
  ],
  outcome: { score: proportion() },
  controls: {
    oracle: {
      property: 'does what solves the task',
      policy(messages) {
        const done = messages.filter(({ role }) => role === 'tool').length
        const act = solution[done] ?? { tool: 'submit', input: {} }
        return [{ type: 'tool-call', id: `call-${done}`, name: act.tool, arguments: JSON.stringify(act.input) }]
      },
      reads: { score: () => exactly(1) },
    },
    idle: { property: 'hands in what it was given', policy: () => [], reads: { score: () => exactly(0) } },
  },
  findings: [mean('score', { by: ['agent'], cluster: 'task', title: 'score' })],
  repeats: 1,
})

const request = { models: [], set: {}, seed: 's', controls: 'only', sampling: {}, limits: {} } as const

/** What a journal tells but for the clock. */
function told(journal: string): readonly unknown[] {
  return [...allEvents(journal)].map(({ event: { at: _at, resumed: _resumed, ...body } }) =>
    'timing' in body || 'ms' in body ? { ...body, timing: undefined, ms: undefined } : body,
  )
}

test('a workspace task is done, checked and told in the journal', async () => {
  const folder = path.join(temporaryFolder(), 'run')
  const end = await startRun(
    { study, request, run: 'toy', folder },
    options,
    effectsWith(() => {
      throw new Error('no model is asked')
    }),
  )
  // What each trial read, and the study's own mean over each control.
  expect(end.reading.controls.map(({ of, passed }) => [of, passed])).toEqual([
    ['trials', true],
    ['trials', true],
    ['finding', true],
    ['finding', true],
  ])
  const oracle = end.outcomes.find(({ agent }) => agent === 'control/oracle')
  const journal = path.join(folder, 'trials', `${oracle?.trial}.jsonl`)
  const calls = [...allEvents(journal)].flatMap(({ event }) => (event.type === 'tool.call' ? [event] : []))
  expect(calls.map(({ changes }) => changes?.map(({ path: at, after }) => [at, after === undefined]))).toEqual([
    undefined,
    [
      ['names.txt', true],
      ['sorted.txt', false],
    ],
    [['notes/total.txt', false]],
    [
      ['out', false],
      ['out/answer.txt', false],
    ],
    undefined,
  ])
  expect(calls[2]?.changes?.[0]?.edit).toEqual({ at: 7, cut: 1, put: '2' })
  // What a final report would be held against.
  const facts = recordFacts([...allEvents(journal)].map(({ event }) => event))
  expect(facts).toEqual([
    'read notes/total.txt',
    'ran `sort names.txt > sorted.txt; rm names.txt`: exit 0',
    'deleted names.txt',
    'wrote sorted.txt',
    'changed notes/total.txt',
    'wrote out/answer.txt',
    'ran no tests',
    'ran no other command',
    'changed no other file',
  ])
  expect(readReport('Sorted the names and changed notes/total.txt. All tests pass.', facts).isFalse).toBe(true)
  expect(readReport('Sorted the names into sorted.txt, which replaces names.txt. I ran no tests.', facts).isFalse).toBe(
    false,
  )
})

test('a trial that was cut off anywhere comes to the same end', async () => {
  const folder = path.join(temporaryFolder(), 'run')
  const first = await startRun(
    { study, request, run: 'toy', folder },
    options,
    effectsWith(() => {
      throw new Error('no model is asked')
    }),
  )
  const trial = first.outcomes.find(({ agent }) => agent === 'control/oracle')?.trial ?? ''
  const journal = path.join(folder, 'trials', `${trial}.jsonl`)
  const whole = told(journal)
  const bytes = fs.readFileSync(journal)
  for (const keep of [0.2, 0.5, 0.8]) {
    fs.writeFileSync(journal, bytes.subarray(0, Math.floor(bytes.length * keep)))
    fs.writeFileSync(path.join(folder, 'outcomes.jsonl'), '')
    const again = await resumeRun(
      study,
      folder,
      options,
      effectsWith(() => {
        throw new Error('no model is asked')
      }),
    )
    expect(again.outcomes.find((row) => row.trial === trial)?.values).toEqual({ score: 1 })
    expect(told(journal)).toEqual(whole)
  }
})
