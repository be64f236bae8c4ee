import path from 'node:path'
import { startRun, type RunEnd } from '../src/run/index.ts'
import type { PlanRequest, Study } from '../src/study/index.ts'
import { noModel } from './no-model.ts'
import { inScratch } from './scratch.ts'

/**
 * Carries a study out on its controls alone, in a folder that is gone afterwards.
 *
 * @returns how the run ended, and the seconds from its plan to its findings
 * @throws Error where the run is not done or a control failed: such a time says nothing
 */
export function timedRun(
  study: Study,
  asked: Pick<PlanRequest, 'set' | 'repeats'>,
): Promise<{ readonly end: RunEnd; readonly seconds: number }> {
  return inScratch(async (folder) => {
    const started = performance.now()
    const request = { ...asked, models: [], seed: 'bench', controls: 'only', sampling: {}, limits: {} } as const
    const end = await startRun(
      { study, request, run: 'bench', folder: path.join(folder, 'bench') },
      { concurrency: 8, durability: 'each-second', version: 'bench' },
      noModel(),
    )
    const seconds = (performance.now() - started) / 1000
    const { controls } = end.reading
    const failed = controls.find((each) => !each.passed)
    if (end.type !== 'done' || controls.length === 0 || failed !== undefined)
      throw new Error(`${end.type}: ${end.why}; ${failed?.control} ${failed?.measure} ${failed?.measured}`)
    return { end, seconds }
  })
}
