import type { RunRecord } from '../record/index.ts'
import type { RunRead } from '../compare/index.ts'
import type { Study } from '../study/index.ts'

/** A run with the study that it belongs to, as it lies there. */
export interface OneRun extends RunRead {
  readonly study: Study
  readonly folder: string
  readonly record: RunRecord
}
