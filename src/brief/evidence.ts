import type { Finding } from '../findings/index.ts'
import type { RunRecord } from '../record/index.ts'
import type { Reading } from '../study/index.ts'
import type { Brief } from './brief.ts'

/** What a run can say for or against claims. A test set after `createdAt` decides nothing. */
export interface RunEvidence extends Pick<RunRecord, 'run' | 'study' | 'question' | 'createdAt'> {
  readonly reading: Reading
  /** The findings with their intervals at another level, in (0, 1); absent where the rows are not at hand. */
  readonly findingsAt?: (level: number) => readonly Finding[]
}

/** Evidence from what `readingOf` gives. */
export function evidenceOf({
  record: { run, study, question, createdAt },
  reading,
  findingsAt,
}: Pick<RunEvidence, 'reading' | 'findingsAt'> & { readonly record: RunRecord }): RunEvidence {
  return { run, study, question, createdAt, reading, ...(findingsAt && { findingsAt }) }
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
