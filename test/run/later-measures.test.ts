import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { count } from '../../src/findings/index.ts'
import { resumeRun, startRun } from '../../src/run/index.ts'
import type { Study } from '../../src/study/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { effectsWith, options } from './effects.ts'
import { toyRequest, toyStudy } from './toy-study.ts'

const noModel = effectsWith(() => {
  throw new Error('no model is asked')
})

/** The toy study, of which each trial measures more. */
function measuring(more: Readonly<Record<string, number>>, outcome: Study['outcome'] = {}): Study {
  const toy = toyStudy({ tasks: 1 })
  return {
    ...toy,
    outcome: { ...toy.outcome, ...outcome },
    tasks: (cell, seed) =>
      toy
        .tasks(cell, seed)
        .map((task) =>
          task.runner === undefined ? { ...task, measure: (ending) => ({ ...task.measure(ending), ...more }) } : task,
        ),
  }
}

/** Folder of a run whose trials are graded and whose rows were lost. */
async function gradedRun(): Promise<string> {
  const folder = path.join(temporaryFolder(), 'run')
  const request = toyRequest([], { controls: 'only', repeats: 1 })
  await startRun({ study: measuring({}), request, run: 'earlier', folder }, options, noModel)
  fs.writeFileSync(path.join(folder, 'outcomes.jsonl'), '')
  return folder
}

test('a run goes on under a study that measures more since', async () => {
  const study = measuring({ later: 7 }, { later: count() })
  const end = await resumeRun(study, await gradedRun(), options, noModel)
  expect(end.type).toBe('done')
  expect(end.reading.controls.every(({ passed }) => passed)).toBe(true)
})

test('a run does not go on where a measure that it was planned with comes out otherwise', async () => {
  for (const more of [{ total: 11 }, { extra: 0 }])
    await expect(resumeRun(measuring(more), await gradedRun(), options, noModel)).rejects.toMatchObject({
      code: 'record/diverged',
    })
})
