import { plain } from '../../report/index.ts'
import type { Brief, Claim } from '../brief.ts'
import type { RunEvidence } from '../evidence.ts'
import { testHash } from '../link.ts'
import { verdictOf, type Verdict } from '../verdict.ts'
import type { BriefIssue } from './issue.ts'

/** Tests changed after the run, dangling runs, uncalibrated findings, and verdicts that do not follow from the rule. */
export function evidenceIssues(brief: Brief, evidence: readonly RunEvidence[]): readonly BriefIssue[] {
  return brief.claims.flatMap((claim, index) => {
    const verdict = verdictOf(claim, evidence)
    const found = [
      ...testIssues(claim, verdict),
      ...runIssues(claim, verdict, evidence),
      ...verdictIssues(claim, verdict),
    ]
    return found.map(({ at, ...rest }) => ({ ...rest, path: ['claims', index, at], claim: claim.id }))
  })
}

type Found = Omit<BriefIssue, 'path' | 'claim'> & { readonly at: keyof Claim }

function testIssues({ id, test, finding }: Claim, { evidence }: Verdict): readonly Found[] {
  if (test === undefined) return []
  const changed = finding?.test !== undefined && finding.test !== testHash(test)
  const late = evidence !== undefined && Date.parse(test.setAt) > Date.parse(evidence.createdAt)
  return [
    ...(changed
      ? [
          {
            kind: 'test',
            at: 'test',
            what: `the test of ${id} was changed after ${plain(finding.run)} was linked to it`,
            todo: 'put the old test back, or run the study again and link that run',
          } as const,
        ]
      : []),
    ...(late
      ? [
          {
            kind: 'test',
            at: 'test',
            what: `the test of ${id} was set ${test.setAt}, after ${plain(evidence.run)} started (${evidence.createdAt})`,
            todo: 'run the study again and link that run',
          } as const,
        ]
      : []),
  ]
}

function runIssues(claim: Claim, verdict: Verdict, evidence: readonly RunEvidence[]): readonly Found[] {
  const { id, finding, test } = claim
  const uncalibrated: readonly Found[] =
    verdict.finding?.calibration === 'uncalibrated'
      ? [
          {
            kind: 'uncalibrated',
            at: finding === undefined ? 'test' : 'finding',
            what: `the finding under ${id} is uncalibrated: ${plain(verdict.finding.whyUncalibrated ?? '')}`,
            todo:
              verdict.finding.controls.length === 0 && verdict.finding.whyUncalibrated !== 'no control ran'
                ? `give a control of ${test?.study ?? 'the study'} an expected value for it (docs/writing-a-study.md), and run again`
                : `run it with controls that pass: assay run ${test?.study ?? ''} --controls with`,
          },
        ]
      : []
  if (finding === undefined) return uncalibrated
  const run = evidence.find((each) => each.run === finding.run)
  const name = plain(finding.run)
  if (test === undefined)
    return issue(
      `${id} is linked to ${name} and has no test, so nothing decides it`,
      'write the test, and run the study again',
    )
  if (run === undefined)
    return issue(`${id} is linked to the run ${name}, which is not here`, 'bring the run folder here, or unlink it')
  if (verdict.finding === undefined)
    return issue(
      `${id} is linked to ${name}, and ${verdict.reasons.join('; ')}`,
      `see its quantities and conditions with: assay show ${name}`,
    )
  if (finding.data !== undefined && finding.data !== run.reading.dataHash)
    return issue(
      `the rows of ${name} under ${id} have changed: ${run.reading.dataHash}, and ${plain(finding.data)} when they were linked`,
      'restore the run folder, or link it again with: assay brief link --replace-hashes',
    )
  return [
    ...(finding.data === undefined || finding.test === undefined
      ? issue(`${id} is linked to ${name} by name alone`, 'write its hashes with: assay brief link')
      : []),
    ...uncalibrated,
  ]
}

function issue(what: string, todo: string): readonly Found[] {
  return [{ kind: 'run', at: 'finding', what, todo }]
}

function verdictIssues({ id, verdict: stated }: Claim, { status, reasons }: Verdict): readonly Found[] {
  if (stated === undefined || stated === status) return []
  const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`
  return [
    {
      kind: 'verdict',
      at: 'verdict',
      what: `${id} is called ${stated}, and by its rule it is ${status}${why}`,
      todo: 'take the verdict out, or write what the rule says',
    },
  ]
}
