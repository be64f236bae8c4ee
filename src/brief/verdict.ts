import {
  counted,
  denominatorText,
  idleThreshold,
  plain,
  partsText,
  resultOf,
  awarenessText,
  tooSmallText,
  UNVALIDATED,
} from '../report/index.ts'
import { titleIn, type Finding } from '../findings/index.ts'
import type { Study } from '../study/index.ts'
import type { Brief, Claim } from './brief.ts'
import { answers, placed, ruleText, thresholdsOf, type ClaimTest } from './claim-test.ts'
import type { RunEvidence } from './evidence.ts'
import { testHash, type FindingLink } from './link.ts'
import { claimFamily, clustersNeeded, decidingInterval } from './together.ts'
import type { VerdictStatus } from './verdict-status.ts'

/** The studies that can be run here, by name, as far as tests name them. */
export type StudiesHere = ReadonlyMap<string, Pick<Study, 'findings'>>

/** A verdict with the rule that made it and all that went into the rule. */
export interface Verdict {
  readonly claim: Claim
  readonly status: VerdictStatus
  /** The rule in words; says so where no test is fixed. */
  readonly rule: string
  /** What the rule was given, in words; empty where there is no finding. */
  readonly inputs: string
  /** Why it is not decided; empty where it is. */
  readonly reasons: readonly string[]
  readonly finding?: Finding
  readonly evidence?: RunEvidence
  /** Distance of the nearest bound from the threshold, over the width of the interval; where it is decided. */
  readonly margin?: number
}

/**
 * The verdict on a claim, by its test. `untested` without a test or a finding; a finding decides only if
 * its run is complete and readable, its control checks passed, its analysis and the test were fixed before the run, rows and
 * test are those that were linked, it has an interval, and money rests on clusters enough; then the place of the whole
 * interval decides.
 *
 * @param evidence the runs that may decide it; of a claim that is linked only its own run is looked at
 * @param claims how many claims of its brief test the same measure of the same study, this one included
 * @param studies where it is known which there are: they name what has no finding yet, and one that is missing is said
 */
export function verdictOf(claim: Claim, evidence: readonly RunEvidence[], claims = 1, studies?: StudiesHere): Verdict {
  const { test } = claim
  if (test === undefined) return untested(claim, 'No test is fixed.', 'no test says what would decide it')
  const matches = matchesOf(claim, test, evidence)
  const [match, ...others] = matches
  const title = match?.finding.title ?? titleIn(studies?.get(test.study)?.findings ?? [], test.quantity, test.unit)
  const rule = ruleText(test, title, claims, match?.finding.kind)
  if (match === undefined) return untested(claim, rule, missing(claim, test, title, evidence, studies))
  if (others.length > 0) {
    const reason = `${matches.length} findings answer the test: name run and conditions so that one is left`
    return { claim, status: 'unresolved', rule, inputs: '', reasons: [reason] }
  }
  const base = { claim, rule, inputs: inputsText(match.finding, match.evidence), ...match }
  const obstacles = obstaclesOf(match.finding, match.evidence, test, claim.finding)
  const [first] = obstacles
  if (first !== undefined) return { ...base, status: first.status, reasons: obstacles.map((each) => each.reason) }
  const interval = decidingInterval(match.finding, match.evidence, claims)
  if (interval === undefined)
    return { ...base, status: 'unresolved', reasons: [`no interval for ${claims} claims together`] }
  const { type, gap } = placed(test, interval)
  if (type === 'unresolved') {
    const small = tooSmallText(match.finding)
    const across = acrossText(test, match.finding, claims)
    return { ...base, status: type, reasons: [across, ...(small === '' ? [] : [small])] }
  }
  const width = interval.high - interval.low
  return { ...base, status: type, reasons: [], margin: width === 0 ? Infinity : gap / width }
}

/** Verdicts in the order of the brief's claims: those that test one measure of one study are decided together. */
export function verdictsOf(brief: Brief, evidence: readonly RunEvidence[], studies?: StudiesHere): readonly Verdict[] {
  const families = brief.claims.map((claim) => {
    const [match] = claim.test === undefined ? [] : matchesOf(claim, claim.test, evidence)
    return match === undefined ? undefined : claimFamily(match.finding)
  })
  return brief.claims.map((claim, index) => {
    const family = families[index]
    const claims = family === undefined ? 1 : families.filter((each) => each === family).length
    return verdictOf(claim, evidence, claims, studies)
  })
}

function matchesOf(
  claim: Claim,
  test: ClaimTest,
  evidence: readonly RunEvidence[],
): readonly { readonly finding: Finding; readonly evidence: RunEvidence }[] {
  const runs = evidence.filter((each) => claim.finding === undefined || each.run === claim.finding.run)
  return runs.flatMap((each) =>
    each.reading.findings.filter((finding) => answers(finding, test)).map((finding) => ({ finding, evidence: each })),
  )
}

/** Where the claim alone would be decided, what keeps it from that is said. */
function acrossText(test: ClaimTest, { estimate }: Finding, claims: number): string {
  const alone = estimate.type === 'estimate' && placed(test, estimate.interval).type !== 'unresolved'
  return alone
    ? `the interval reaches across the threshold once it holds for ${claims} claims of this brief together`
    : 'the interval reaches across the threshold'
}

/** Whether a verdict says yes or no. */
export function isDecided({ status }: Pick<Verdict, 'status'>): boolean {
  return status === 'supported' || status === 'contradicted'
}

interface Obstacle {
  readonly status: VerdictStatus
  readonly reason: string
}

/** What keeps a finding from deciding a test, gravest first. */
function obstaclesOf(
  finding: Finding,
  { reading, createdAt }: RunEvidence,
  test: ClaimTest,
  link: FindingLink | undefined,
): readonly Obstacle[] {
  const needed = clustersNeeded(finding)
  const idle = idleThreshold(finding, thresholdsOf(test))
  return [
    ...unresolved(finding.standing === 'incomplete', 'the run is unfinished, so its finding is incomplete'),
    ...unresolved(reading.unreadable.length > 0, 'too many trials of a cell are invalid, so the run cannot be read'),
    ...(finding.calibration === 'uncalibrated'
      ? [
          {
            status: 'uncalibrated' as const,
            reason: plain(finding.whyUncalibrated ?? 'no control has a known value for it'),
          },
        ]
      : []),
    ...(finding.validation?.type === 'unvalidated'
      ? [{ status: 'unvalidated' as const, reason: `${UNVALIDATED} (measure ${plain(finding.measure ?? '')})` }]
      : []),
    ...unresolved(finding.standing === 'exploratory', 'the analysis was not in the plan, so it is exploratory'),
    ...unresolved(
      Date.parse(test.setAt) > Date.parse(createdAt),
      `the test was set (${test.setAt}) after the run started (${createdAt})`,
    ),
    ...unresolved(
      link?.test !== undefined && link.test !== testHash(test),
      'the test was changed after the run was linked to the claim',
    ),
    ...unresolved(
      link?.data !== undefined && link.data !== reading.dataHash,
      `the run's rows (${reading.dataHash}) are not those that were linked (${plain(link?.data ?? '')})`,
    ),
    ...unresolved(
      finding.unit !== test.unit,
      `the finding is in ${finding.unit}, the test in ${test.unit}: fix the test and run again`,
    ),
    ...(idle === undefined || finding.unit !== test.unit
      ? []
      : unresolved(true, `${idle}: fix the test and run again`)),
    ...unresolved(
      finding.n.clusters < needed,
      `it rests on ${counted(finding.n.clusters, 'cluster')}: an amount of money spread like this decides from ${needed} on`,
    ),
    ...(finding.estimate.type === 'estimate'
      ? []
      : unresolved(true, `the quantity is not estimable: ${plain(finding.estimate.reason)}`)),
  ]
}

function unresolved(when: boolean, reason: string): readonly Obstacle[] {
  return when ? [{ status: 'unresolved', reason }] : []
}

function missing(
  claim: Claim,
  test: ClaimTest,
  title: string,
  evidence: readonly RunEvidence[],
  studies: StudiesHere | undefined,
): string {
  const linked = claim.finding?.run
  if (linked !== undefined && !evidence.some((each) => each.run === linked))
    return `the run ${plain(linked)} is not here`
  const runs = evidence.filter((each) => each.study === test.study)
  if (runs.length > 0) {
    const [exist, they] = runs.length === 1 ? ['exists', 'it'] : ['exist', 'they']
    const names = listed(runs.map((each) => each.run))
    return `${counted(runs.length, 'run')} of the study "${test.study}" ${exist} (${names}), but ${they} did not measure "${title}" under the test's conditions`
  }
  return studies?.has(test.study) === false
    ? `the study "${test.study}" does not exist here yet`
    : `no one has run the study "${test.study}" for this brief`
}

/** Names of runs are long and many: the first ones will do. */
const MOST_NAMED = 3

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return [...names.slice(0, MOST_NAMED).map((name) => plain(name)), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function untested(claim: Claim, rule: string, reason: string): Verdict {
  return { claim, status: 'untested', rule, inputs: '', reasons: [reason] }
}

function inputsText(finding: Finding, { run, createdAt }: RunEvidence): string {
  const aware = awarenessText(finding)
  const stamp = aware === '' ? '' : `; ${aware}`
  return `${partsText(resultOf([finding], 'number'))}, ${denominatorText(finding.n)}; run ${plain(run)}, started ${createdAt}${stamp}.`
}
