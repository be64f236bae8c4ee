import path from 'node:path'
import { expect, test } from 'vitest'
import { plainScaffold } from '../../../src/agent/index.ts'
import type { Message, Part } from '../../../src/record/index.ts'
import { startRun } from '../../../src/run/index.ts'
import { defineStudy, exactly, levels, type Study } from '../../../src/study/index.ts'
import { mean, proportion } from '../../../src/findings/index.ts'
import { workspaceFamilies } from '../../../src/tasks/index.ts'
import { bubblewrap, workspaceWorld } from '../../../src/world/index.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const STEPS = 5
const FAMILIES = ['references', 'ledgers', 'configurations', 'logs', 'repairs', 'form'] as const
const tasks = workspaceFamilies.map((family) => family.make(STEPS, 'trial'))

/** Takes the known solution's acts one a turn, the last one as somebody does who has forgotten. */
function taking(last: 'known' | 'forgotten'): (messages: readonly Message[]) => readonly Part[] {
  return (messages) => {
    const at = messages.filter(({ role }) => role === 'tool').length
    const task = tasks.find(({ instruction }) =>
      messages.some((each) => each.role === 'user' && each.text.startsWith(instruction)),
    )
    const act = task?.solution[at]
    const forgets = last === 'forgotten' && at === STEPS - 1
    const input = (forgets ? act?.forgotten : undefined) ?? act?.input ?? {}
    return [{ type: 'tool-call', id: `call-${at}`, name: act?.tool ?? 'submit', arguments: JSON.stringify(input) }]
  }
}

const study: Study = defineStudy({
  name: 'families',
  question: 'Do the families run as trials?',
  factors: { family: levels(...FAMILIES) },
  tasks: ({ family }) =>
    tasks
      .filter((task) => task.family === family)
      .map((task) => ({
        id: task.id,
        prompt: task.instruction,
        world: workspaceWorld(task, family === 'repairs' ? { sandbox: bubblewrap } : {}),
        scaffold: plainScaffold,
        limits: { turns: STEPS + 1 },
        facts: task.facts,
        measure(ending) {
          const { score } = task.check(ending.files ?? {})
          return { success: score === 1 ? 1 : 0, begun: score > 0 ? 1 : 0 }
        },
      })),
  outcome: { success: proportion(), begun: proportion() },
  controls: {
    oracle: {
      property: 'takes the known solution',
      policy: taking('known'),
      reads: { success: () => exactly(1), begun: () => exactly(1) },
    },
    forgetful: {
      property: 'has lost what its last act needs',
      policy: taking('forgotten'),
      reads: { success: () => exactly(0) },
    },
    idle: {
      property: 'hands in what it was given',
      policy: () => [{ type: 'tool-call', id: 'call', name: 'submit', arguments: '{}' }],
      reads: { success: () => exactly(0), begun: () => exactly(0) },
    },
  },
  findings: [mean('success', { by: ['agent'], cluster: 'task', title: 'success' })],
  repeats: 1,
})

test('a trial of each family is won with its solution, and lost without one fact or when nothing is done', async () => {
  const end = await startRun(
    {
      study,
      request: { models: [], set: { family: [...FAMILIES] }, seed: 's', controls: 'only', sampling: {}, limits: {} },
      run: 'families',
      folder: path.join(temporaryFolder(), 'run'),
    },
    options,
    effectsWith(() => {
      throw new Error('no model is asked')
    }),
  )
  expect(end.outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 18 }, () => 'completed'))
  expect(end.reading.controls.filter((control) => !control.passed)).toEqual([])
})
