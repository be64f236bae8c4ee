import path from 'node:path'
import { startRun, type RunEnd } from '../../../src/run/index.ts'
import type { PlanRequest, Study } from '../../../src/study/index.ts'
import { effectsWith, options } from '../../run/effects.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** A run of planted workers alone; only the named ones where any are. */
export async function played(
  study: Study,
  set: Readonly<Record<string, readonly string[]>>,
  repeats: number,
  workers: readonly string[] = Object.keys(study.controls),
  request: Partial<Pick<PlanRequest, 'tasks' | 'seed'>> = {},
): Promise<RunEnd> {
  const controls = Object.fromEntries(Object.entries(study.controls).filter(([name]) => workers.includes(name)))
  return startRun(
    {
      study: { ...study, controls },
      request: { models: [], set, repeats, seed: 'test', controls: 'only', sampling: {}, limits: {}, ...request },
      run: 'played',
      folder: path.join(temporaryFolder(), 'played'),
    },
    options,
    effectsWith(() => {
      throw new Error('no model is asked')
    }),
  )
}
