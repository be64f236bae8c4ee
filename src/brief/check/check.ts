import { nearest } from '../../assay-error.ts'
import type { Brief } from '../brief.ts'
import type { RunEvidence } from '../evidence.ts'
import { dateIssues } from './dates.ts'
import { duplicateIssues } from './duplicates.ts'
import { evidenceIssues } from './evidence-issues.ts'
import type { BriefIssue } from './issue.ts'
import { quoteIssues, type FoundSource } from './quotes.ts'

/** What a brief is held against. */
export interface CheckedAgainst {
  readonly evidence: readonly RunEvidence[]
  /** Sources that name a file, by id. */
  readonly sources: ReadonlyMap<string, FoundSource>
  /** Milliseconds since 1970. */
  readonly now: number
  /** Days after which a brief is too old; absent: never. */
  readonly staleAfter?: number
  /** Quantities that a study can find; undefined where the study is not in this Assay. */
  readonly quantities?: (study: string) => readonly string[] | undefined
}

/** All that is wrong with a brief that can be read, in the order of the file. */
export function checkBrief(brief: Brief, against: CheckedAgainst): readonly BriefIssue[] {
  return [
    ...dateIssues(brief, against.evidence, against.now, against.staleAfter),
    ...quoteIssues(brief, against.sources),
    ...unanswerable(brief, against),
    ...evidenceIssues(brief, against.evidence),
    ...duplicateIssues(brief),
  ]
}

/** Names told in one line. */
const TOLD = 6

/** The name that was perhaps meant, then others. */
function nearFirst(name: string, known: readonly string[]): readonly string[] {
  const close = nearest(name, known)
  const ordered = close === undefined ? known : [close, ...known.filter((each) => each !== close)]
  return ordered.length > TOLD ? [...ordered.slice(0, TOLD), '…'] : ordered
}

/** Tests of a study that is here, on a quantity that it never finds. */
function unanswerable(brief: Brief, { quantities }: CheckedAgainst): readonly BriefIssue[] {
  return brief.claims.flatMap(({ id, test }, index): readonly BriefIssue[] => {
    const known = test === undefined ? undefined : quantities?.(test.study)
    if (test === undefined || known === undefined || known.includes(test.quantity)) return []
    return [
      {
        kind: 'test',
        path: ['claims', index, 'test', 'quantity'],
        claim: id,
        what: `no finding of ${test.study} is called ${test.quantity}`,
        todo: `name what it finds: ${nearFirst(test.quantity, known).join(', ')}`,
      },
    ]
  })
}
