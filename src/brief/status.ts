import { placesOf, type Brief } from './brief.ts'
import { confidenceOf, type ConfidenceReading } from './confidence.ts'
import type { RunEvidence } from './evidence.ts'
import type { VerdictStatus } from './verdict-status.ts'
import { verdictsOf, type StudiesHere, type Verdict } from './verdict.ts'

export interface ClaimStatus {
  readonly id: string
  readonly text: string
  readonly status: VerdictStatus
  /** Where the claim stands: `takeaways`, names of sections. */
  readonly places: readonly string[]
  readonly why: string
  /** What to do to get a verdict; absent where there is one. */
  readonly next?: string
}

export interface BriefStatus {
  readonly claims: readonly ClaimStatus[]
  readonly counts: Readonly<Record<VerdictStatus, number>>
  readonly confidence: ConfidenceReading
  readonly verdicts: readonly Verdict[]
}

/** What the evidence says of every claim, and what to do about those that it does not decide. */
export function briefStatus(brief: Brief, evidence: readonly RunEvidence[], studies?: StudiesHere): BriefStatus {
  const verdicts = verdictsOf(brief, evidence, studies)
  const counts = { supported: 0, contradicted: 0, unresolved: 0, uncalibrated: 0, unvalidated: 0, untested: 0 }
  for (const { status } of verdicts) counts[status]++
  return {
    claims: verdicts.map((verdict) => {
      const next = nextStep(verdict)
      return {
        id: verdict.claim.id,
        text: verdict.claim.text,
        status: verdict.status,
        places: placesOf(brief, verdict.claim.id),
        why: verdict.reasons.length === 0 ? verdict.inputs : verdict.reasons.join('; '),
        ...(next !== undefined && { next }),
      }
    }),
    counts,
    confidence: confidenceOf(brief, verdicts),
    verdicts,
  }
}

function nextStep({ status, claim: { test } }: Verdict): string | undefined {
  if (test === undefined) return 'write the test that would decide it: study, quantity, direction, threshold'
  if (status === 'untested') return `npx assay run ${test.study}`
  if (status === 'unresolved') return `npx assay power ${test.study} --quantity '${test.quantity}'`
  if (status === 'unvalidated') return 'say how its measure is read: exact, or validated on a corpus (docs/validate.md)'
  if (status === 'uncalibrated') return `npx assay run ${test.study} --controls with`
  return undefined
}
