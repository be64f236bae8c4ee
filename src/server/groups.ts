import type { Finding } from '../findings/index.ts'
import { axisFor, doubtOf, headlines, plain, shortAnswer, type AnswerPart, type Axis } from '../report/index.ts'

/** Findings of one question: a quantity, or all pairs of agents by one measure. */
export interface FindingGroup {
  readonly title: string
  /** Where on the page it is: the first headline, what else was measured, or differences. */
  readonly section: 'headline' | 'measured' | 'difference'
  /** Its place in `findings` of the page. */
  readonly members: readonly number[]
  /** In which condition the short answer holds; empty where there is one. */
  readonly where: string
  readonly short: readonly AnswerPart[]
  readonly doubt?: string
  readonly axis: Axis
}

/** Findings by what they answer, the run's headlines first. */
export function groupsOf(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly FindingGroup[] {
  const first = headlines(findings, isHeadline).find(({ subject }) => subject.type !== 'pair') ?? findings[0]
  const places = new Map(findings.map((finding, place) => [finding, place]))
  const groups = [...Map.groupBy(findings, keyOf).values()].map((group): FindingGroup => {
    const [lead] = group
    const { where, parts } = shortAnswer(group)
    return {
      title: plain(lead?.title ?? ''),
      section: lead?.quantity === first?.quantity ? 'headline' : lead?.kind === 'change' ? 'difference' : 'measured',
      members: group.flatMap((finding) => places.get(finding) ?? []),
      where,
      short: parts,
      ...doubtOf(group),
      axis: axisFor(group),
    }
  })
  const order = ['headline', 'measured', 'difference']
  return groups.toSorted((a, b) => order.indexOf(a.section) - order.indexOf(b.section))
}

/** All pairs of agents by one measure are one question. */
function keyOf({ quantity, subject, title, unit }: Finding): string {
  return subject.type === 'pair' ? `pair ${title} ${unit}` : quantity
}
