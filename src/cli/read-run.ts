import { isObject, readRun, type RunRecord } from '../record/index.ts'
import { readingOf } from '../run/index.ts'
import type { RunRead } from '../study/across/index.ts'
import type { Study } from '../study/index.ts'
import type { Config } from './config.ts'
import { findStudy } from './find-study.ts'
import { findRun, runsFolder } from './runs-folder.ts'
import { version } from './version.ts'

/** A run with the study that it belongs to. */
export interface OneRun extends RunRead {
  readonly study: Study
  readonly folder: string
  readonly record: RunRecord
}

/** Reads a run as it lies there, finished or not. @throws AssayError `cli/unknown-run` and what its study does not load for */
export async function readOneRun(name: string, config: Config, out?: string): Promise<OneRun> {
  const folder = findRun(name, runsFolder(config, out))
  const { study } = await findStudy(studyOf(folder), config)
  const { plan, outcomes, reading, record } = readingOf(study, folder, version())
  return {
    run: record.run,
    createdAt: record.createdAt,
    design: isObject(record.design) ? record.design : {},
    designHash: record.designHash,
    plan,
    outcomes,
    reading,
    study,
    folder,
    record,
  }
}

function studyOf(folder: string): string {
  const { record } = readRun(folder)
  return record.studyFile ?? record.study
}
