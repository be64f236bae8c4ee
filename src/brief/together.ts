import type { Finding } from '../findings/index.ts'
import type { RunEvidence } from './evidence.ts'

/** Level of a verdict on one claim; a brief's claims on one family share what it leaves. */
const LEVEL = 0.95

/**
 * What claims of a brief must share to be tested together: the study and the measure, whichever agent it is about. Nothing
 * for a control: its result is known in advance, and nobody looks for it.
 */
export function claimFamily({ provenance, measure, quantity, subject }: Finding): string | undefined {
  return subject.type === 'control' ? undefined : JSON.stringify([provenance.study, measure ?? quantity])
}

/** The level of each of so many claims at which none of them is decided wrongly by chance in 95 of 100 briefs (Bonferroni). */
export function levelOf(claims: number): number {
  return 1 - (1 - LEVEL) / claims
}

type Bounds = { readonly low: number; readonly high: number }

/**
 * The interval that decides a claim: the finding's own where it is alone in its brief, else the same finding's at the level
 * that the claims share.
 *
 * @returns undefined where the run's rows are not there to read it from
 */
export function decidingInterval(finding: Finding, evidence: RunEvidence, claims: number): Bounds | undefined {
  if (finding.estimate.type !== 'estimate') return undefined
  const { interval } = finding.estimate
  const level = levelOf(claims)
  // One that is simultaneous over more comparisons already holds for these claims too.
  if (claims === 1 || interval.level >= level) return interval
  const name = nameOf(finding)
  const wider = evidence.findingsAt?.(level).find((each) => nameOf(each) === name)?.estimate
  return wider?.type === 'estimate' ? wider.interval : undefined
}

function nameOf({ quantity, conditions }: Finding): string {
  return JSON.stringify([quantity, conditions])
}

/** Clusters below which no amount of money decides a claim. */
const LEAST_CLUSTERS = 8
/** Cochran's rule: a mean of a skewed number is normal enough from 25 times its squared skewness on. */
const COCHRAN = 25

/**
 * Clusters that an amount of money must rest on before its interval decides: 8, and where the clusters' values are clearly
 * skewed (beyond two standard errors), Cochran's 25 times the squared skewness. A t interval of fewer leans on money being
 * spread normally, and money seldom is.
 *
 * @returns 0 where the number is not money
 * @see Cochran (1977), Sampling Techniques, 3rd edition, section 2.15
 */
export function clustersNeeded({ unit, details, n: { clusters: n } }: Finding): number {
  if (unit !== 'cents') return 0
  const skewness = details['skewness']
  if (typeof skewness !== 'number' || n < 3) return LEAST_CLUSTERS
  const error = Math.sqrt((6 * n * (n - 1)) / ((n - 2) * (n + 1) * (n + 3)))
  const clear = Math.abs(skewness) > 2 * error
  return clear ? Math.max(LEAST_CLUSTERS, Math.ceil(COCHRAN * skewness ** 2)) : LEAST_CLUSTERS
}
