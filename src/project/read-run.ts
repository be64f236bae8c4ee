import type { RunEvidence } from '../brief/index.ts'
import { isObject, type RunRecord } from '../record/index.ts'
import type { readingOf } from '../run/index.ts'
import type { RunRead } from '../compare/index.ts'
import type { Config } from './config.ts'
import { findStudyOf } from './find-study.ts'
import { findRun, runsFolder } from './runs-folder.ts'
import { version } from './version.ts'

/** A run as it is in its folder: what is compared with other runs, and what may decide claims. Its study is the plan's. */
export interface OneRun extends RunRead, RunEvidence {
  readonly folder: string
  readonly record: RunRecord
}

/** Reads a run as it is on disk, finished or not. @throws AssayError `cli/unknown-run` and what its study does not load for */
export function readOneRun(name: string, config: Config, out?: string): Promise<OneRun> {
  return readRunFolder(findRun(name, runsFolder(config, out)), config)
}

/** The same by its folder. */
export async function readRunFolder(folder: string, config: Config): Promise<OneRun> {
  const { study } = await findStudyOf(folder, config)
  // Heavy, and commands that only name runs do without it.
  const { readingOf } = await import('../run/index.ts')
  return oneRun(folder, readingOf(study, folder, version()))
}

/** What was read of a run's folder as one run. */
export function oneRun(folder: string, { plan, outcomes, reading, record }: ReturnType<typeof readingOf>): OneRun {
  return {
    run: record.run,
    study: record.study,
    question: record.question,
    createdAt: record.createdAt,
    design: isObject(record.design) ? record.design : {},
    designHash: record.designHash,
    plan,
    outcomes,
    reading,
    folder,
    record,
  }
}
