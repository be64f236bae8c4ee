import type { RunRecord } from '../record/index.ts'
import type { Reading } from '../study/index.ts'

/** What a run can say for or against claims, and when it was started. */
export interface RunEvidence {
  readonly run: string
  readonly study: string
  readonly question: string
  /** ISO 8601: a test set later than this decides nothing. */
  readonly createdAt: string
  readonly reading: Reading
}

/** Evidence from what `readingOf` gives. */
export function evidenceOf(read: { readonly record: RunRecord; readonly reading: Reading }): RunEvidence {
  const { run, study, question, createdAt } = read.record
  return { run, study, question, createdAt, reading: read.reading }
}
