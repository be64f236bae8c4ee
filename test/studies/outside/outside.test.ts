import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { allEvents } from '../../../src/record/index.ts'
import { startRun, type RunEnd } from '../../../src/run/index.ts'
import { outsideStudy, readTaskFolder, readTaskRows } from '../../../src/studies/outside/index.ts'
import type { OutsideTask } from '../../../src/studies/outside/task.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { harborTask, lay, plainTask, terminalBenchTask } from './tasks.ts'

const nobody = effectsWith(() => {
  throw new Error('no model is asked')
})

async function run(tasks: readonly OutsideTask[], folder = path.join(temporaryFolder(), 'run')): Promise<RunEnd> {
  return startRun(
    {
      study: outsideStudy('outside', tasks),
      request: { models: [], set: { sandbox: ['bubblewrap'] }, seed: 's', controls: 'only', sampling: {}, limits: {} },
      run: 'outside',
      folder,
    },
    options,
    nobody,
  )
}

function scores({ outcomes }: RunEnd): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    outcomes.map(({ agent, task, status, values, stop }) => [
      `${agent} ${task}`,
      status === 'invalid' ? stop : values['score'],
    ]),
  )
}

describe('folders of tasks', () => {
  test('three layouts are read, done and graded by their own checks', async () => {
    const folder = temporaryFolder()
    lay(path.join(folder, 'count'), harborTask)
    lay(path.join(folder, 'sort'), terminalBenchTask)
    lay(path.join(folder, 'hello'), plainTask)
    lay(folder, { 'README.md': 'not a task' })
    const end = await run(readTaskFolder(folder))
    expect(scores(end)).toEqual({
      'control/solves count': 1,
      'control/solves sort': 1,
      'control/solves hello': 1,
      'control/idle count': 0.25,
      'control/idle sort': 0,
      'control/idle hello': 0,
    })
    expect(end.reading.controls.every((control) => control.passed)).toBe(true)
  })

  test('half a task, and one whose files do not fit on its disk, are refused before the run', () => {
    const folder = temporaryFolder()
    lay(path.join(folder, 'hello'), plainTask)
    lay(path.join(folder, 'unchecked'), { 'instruction.md': 'Say hello.' })
    expect(() => readTaskFolder(folder)).toThrow(/unchecked has no check\.sh/)
    const silent = lay(temporaryFolder(), { 'check.sh': 'true' })
    expect(() => readTaskFolder(silent)).toThrow(/has no instruction\.md/)
    const [task] = readTaskFolder(path.join(folder, 'hello'))
    const small = task === undefined ? [] : [{ ...task, diskBytes: 3 }]
    expect(() => outsideStudy('outside', small)).toThrow(
      'The files of the task "hello" are 8 bytes, more than the 3 of its disk: it could not be begun.',
    )
  })

  test('what would have to be built is refused by name', () => {
    const folder = lay(temporaryFolder(), {
      ...harborTask,
      'environment/Dockerfile': 'FROM debian:12\nWORKDIR /app\nRUN apt-get install -y \\\n  gcc\n',
    })
    expect(() => readTaskFolder(folder)).toThrow(/must be built as an image \(RUN apt-get install -y {4}gcc\)/)
  })

  test.each([
    [{ 'task.toml': 'version = ' }, /outside|cannot be read/],
    [{ 'task.toml': '[agent]\ntimeout_sec = "soon"', 'instruction.md': 'x' }, /agent.timeout_sec: /],
    [{ 'task.toml': 'version = "1.0"' }, /has no instruction.md/],
    [{ 'task.yaml': 'difficulty: easy' }, /instruction: /],
    [{ 'notes.txt': 'x' }, /holds no task/],
  ])('a broken task is named: %o', (files, why) => {
    expect(() => readTaskFolder(lay(temporaryFolder(), files))).toThrow(why)
  })
})

describe('rows of tasks', () => {
  test('a row is a task whose check is a command', async () => {
    const folder = lay(temporaryFolder(), { 'repo/a.txt': 'old\n' })
    const file = path.join(folder, 'tasks.jsonl')
    const rows = [
      {
        instance_id: 'mend',
        problem_statement: 'Make a.txt say new.',
        folder: 'repo',
        check: 'bash run.sh',
        tests: { 'run.sh': 'grep -qx new a.txt' },
        solution: 'echo new > a.txt',
      },
      { id: 'missing', instruction: 'Anything.', files: { b: '' }, check: 'no-such-checker', solution: 'true' },
      {
        id: 'endless',
        instruction: 'Anything else.',
        check: 'while true; do :; done',
        check_timeout_sec: 1,
        solution: 'true',
      },
    ]
    fs.writeFileSync(file, rows.map((each) => JSON.stringify(each)).join('\n'))
    const at = path.join(temporaryFolder(), 'run')
    const end = await run(readTaskRows(file), at)
    expect(end.type).toBe('unreadable')
    const told = scores(end)
    for (const [key, value] of Object.entries(told)) {
      if (key.endsWith('missing')) expect(value).toMatch(/^check: it could not be run \(exit code 127\)/)
      if (key === 'control/solves mend') expect(value).toBe(1)
      if (key === 'control/idle mend' || key.endsWith('endless')) expect(value).toBe(0)
    }
    const invalid = end.outcomes.find(({ status }) => status === 'invalid')
    const graded = [...allEvents(path.join(at, 'trials', `${invalid?.trial}.jsonl`))].find(
      ({ event }) => event.type === 'grade',
    )
    expect(graded?.event).toMatchObject({
      grader: 'check',
      values: {},
      explanation: expect.stringContaining('could not be run'),
    })
  })

  test.each([
    ['{"id": 1}', /line 1: /],
    ['{"id": "a", "instruction": "b"}', /line 1: check/],
    ['\n{"check": "true", "instruction": "b"}', /line 2: .*no id and no instance_id/],
    ['{"id": "a", "instruction": "b", "check": "c", "files": {"../x": ""}}', /not relative to the workspace/],
    ['{"id": "a", "instruction": "b", "check": "c"}\n{"id": "a", "instruction": "b", "check": "c"}', /is there twice/],
    ['', /has no rows/],
  ])('a broken row is named with its line: %s', (text, why) => {
    const file = path.join(lay(temporaryFolder(), { 'tasks.jsonl': text }), 'tasks.jsonl')
    expect(() => readTaskRows(file)).toThrow(why)
  })
})
