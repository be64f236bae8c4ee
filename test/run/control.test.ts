import path from 'node:path'
import { expect, test } from 'vitest'
import { plainScaffold, runAgent } from '../../src/agent/index.ts'
import { controlFrom } from '../../src/model/index.ts'
import { startRun } from '../../src/run/index.ts'
import { count } from '../../src/findings/index.ts'
import { carriedTask, defineStudy, exactly } from '../../src/study/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options } from './effects.ts'
import { toyRequest } from './toy-study.ts'

test('a trial of a kind of its own is told which control it is of, and a model of the same name is none', async () => {
  const told = new Map<string, (string | undefined)[]>()
  const study = defineStudy({
    name: 'who',
    question: 'Who is asked?',
    factors: {},
    tasks: () => [
      carriedTask({
        id: 'one',
        prompt: 'Go.',
        scaffold: plainScaffold,
        limits: { turns: 1 },
        async runner(task, effects) {
          told.set(effects.model.name, [...(told.get(effects.model.name) ?? []), effects.control])
          return { ...(await runAgent(task, effects)), seen: undefined }
        },
        measure: ({ meters }) => ({ turns: meters.turns }),
      }),
    ],
    outcome: { turns: count() },
    controls: { ready: { property: 'answers at once', policy: () => [], reads: { turns: () => exactly(1) } } },
    findings: [],
    repeats: 1,
  })
  const folder = path.join(temporaryFolder(), 'who')
  await startRun(
    { study, request: toyRequest(['control/other']), run: 'who', folder },
    { ...options, concurrency: 1 },
    effectsWith(() => controlFrom('ready', 'a model that is called as the control is', () => [])),
  )
  expect(new Set([...told.values()].flat())).toEqual(new Set(['ready', undefined]))
  expect([...told.keys()]).toEqual(['control/ready'])
})
