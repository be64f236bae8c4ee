import type { Brief } from '../brief.ts'
import { confidenceOf } from '../confidence.ts'
import type { RunEvidence } from '../evidence.ts'
import { verdictsOf, type Verdict } from '../verdict.ts'
import type { BriefIssue } from './issue.ts'

const DAY = 86_400_000

/**
 * A brief that is older than what it rests on, of tomorrow, without a date, or older than it may be; and a confidence
 * that is not the rule's.
 *
 * @param now milliseconds since 1970
 * @param staleAfter days; absent: a brief may be of any age
 */
export function dateIssues(
  brief: Brief,
  evidence: readonly RunEvidence[],
  now: number,
  staleAfter?: number,
): readonly BriefIssue[] {
  const verdicts = verdictsOf(brief, evidence)
  const runs = verdicts.flatMap(({ evidence: run }) => run ?? [])
  return [...ageIssues(brief, runs, now, staleAfter), ...statedIssues(brief, verdicts)]
}

function ageIssues(
  { updated, claims, sources }: Brief,
  runs: readonly RunEvidence[],
  now: number,
  staleAfter: number | undefined,
): readonly BriefIssue[] {
  if (updated === undefined) {
    if (runs.length === 0 && staleAfter === undefined) return []
    return [issue('the brief has no date', 'write updated')]
  }
  // A day without an hour lasts until its end, wherever it is.
  const precise = updated.includes(' ')
  const begins = Date.parse(precise ? `${updated.replace(' ', 'T')}Z` : `${updated}T00:00:00Z`)
  const ends = precise ? begins + 60_000 : begins + DAY
  const newer = [
    ...runs.map(({ run, createdAt }) => ({ what: `the run ${run}`, at: createdAt })),
    ...claims.flatMap(({ id, test }) => (test === undefined ? [] : [{ what: `the test of ${id}`, at: test.setAt }])),
    ...sources.flatMap(({ id, date }) => (date === undefined ? [] : [{ what: `source ${id}`, at: date }])),
  ]
    .filter(({ at }) => Date.parse(at) > ends)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  const [latest] = newer
  const age = Math.floor((now - begins) / DAY)
  return [
    ...(latest === undefined
      ? []
      : [
          issue(
            `the brief was updated ${updated}, before ${latest.what} (${latest.at})${newer.length > 1 ? ` and ${newer.length - 1} more` : ''}`,
            'look through it again, then write the day under updated',
          ),
        ]),
    ...(begins > now + DAY ? [issue(`the brief was updated ${updated}, which is still to come`, 'write the day')] : []),
    ...(staleAfter !== undefined && age > staleAfter
      ? [
          issue(
            `the brief is ${age} days old, and ${staleAfter} are allowed`,
            'look through it again, then write the day',
          ),
        ]
      : []),
  ]
}

function issue(what: string, todo: string): BriefIssue {
  return { kind: 'date', path: ['updated'], what, todo }
}

function statedIssues(brief: Brief, verdicts: readonly Verdict[]): readonly BriefIssue[] {
  const stated = brief.stated?.confidence
  if (stated === undefined || !verdicts.some(({ finding }) => finding !== undefined)) return []
  const { level, short } = confidenceOf(brief, verdicts)
  if (level === stated) return []
  return [
    {
      kind: 'verdict',
      path: ['stated', 'confidence'],
      what: `the brief calls its confidence ${stated}, and by the rule it is ${level}${short.length === 0 ? '' : ` (short of ${short.join('; ')})`}`,
      todo: 'take it out: the rule is printed in its place',
    },
  ]
}
