import type { RunRecord } from '../record/index.ts'
import type { Reading } from '../study/index.ts'
import type { Brief } from './brief.ts'

/** What a run can say for or against claims. A test set after `createdAt` decides nothing. */
export interface RunEvidence extends Pick<RunRecord, 'run' | 'study' | 'question' | 'createdAt'> {
  readonly reading: Reading
}

/** Evidence from what `readingOf` gives. */
export function evidenceOf(read: { readonly record: RunRecord; readonly reading: Reading }): RunEvidence {
  const { run, study, question, createdAt } = read.record
  return { run, study, question, createdAt, reading: read.reading }
}

/**
 * Which runs may decide a brief's claims: those that it links to, by the name they were made with, and those of a study
 * that a claim without a link is tested by.
 */
export function mayDecide({ claims }: Brief): (run: { readonly run: string; readonly study: string }) => boolean {
  const linked = new Set(claims.flatMap(({ finding }) => finding?.run ?? []))
  const studies = new Set(
    claims.flatMap(({ finding, test }) => (finding === undefined && test !== undefined ? [test.study] : [])),
  )
  return ({ run, study }) => linked.has(run) || studies.has(study)
}
