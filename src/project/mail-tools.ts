import { AssayError } from '../assay-error.ts'
import type { BodyOf } from '../record/index.ts'
import type { Config } from './config.ts'
import { findStudyOf } from './find-study.ts'

/** A trial as its journal names it when it begins. */
export type TrialStart = Pick<BodyOf<'trial.start'>, 'cell' | 'task' | 'seed'>

/**
 * Tools of a trial's world that act on a mailbox, as the world itself says.
 *
 * @param folder of the run; where its study or the task is no longer here, nobody can say, and there are none
 */
export async function mailTools(folder: string, start: TrialStart, config: Config): Promise<ReadonlySet<string>> {
  try {
    const { study } = await findStudyOf(folder, config)
    const { taskFinder } = await import('../study/index.ts')
    const tools = taskFinder(study)(start).world?.tools ?? []
    return new Set(tools.flatMap(({ name, mailbox }) => (mailbox === true ? [name] : [])))
  } catch (cause) {
    if (cause instanceof AssayError) return new Set()
    throw cause
  }
}
