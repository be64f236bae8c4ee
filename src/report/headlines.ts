import type { Finding } from '../findings/index.ts'
import { counted } from './plain.ts'
import { resultOf, textOf, type Answer } from './result.ts'

/** What a run found: the answer to its question, and what else may be said first. */
export interface RunAnswer {
  /** Absent where no agent was measured. */
  readonly answer?: Answer
  readonly also: readonly Answer[]
}

/** Sentences after the first on a page. */
const ALSO = 3
/** Sentences on a terminal. */
const SENTENCES = 6

/**
 * The findings that answer a run's question: agents against each other, then of agents, not of controls, those that the
 * study shows first, or its first quantity where it does not say.
 */
export function headlines(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly Finding[] {
  const pairs = findings.filter(({ subject }) => subject.type === 'pair')
  const ofAgents = findings.filter(({ subject }) => subject.type !== 'control' && subject.type !== 'pair')
  return [
    ...pairs,
    ...ofAgents.filter((finding) => isHeadline?.(finding) ?? finding.quantity === ofAgents[0]?.quantity),
  ]
}

/** What a run found, a sentence a line: at most six of its headlines, and how many more there are. */
export function resultSentences(
  findings: readonly Finding[],
  isHeadline?: (finding: Finding) => boolean,
): readonly string[] {
  const found = headlines(findings, isHeadline)
  if (found.length === 0) return findings.length === 0 ? [] : ['Result: only controls ran, so no agent was measured.']
  const more = found.length - SENTENCES
  // Each agent's own number is in the tables too; which of them is better comes first.
  return [
    ...found.slice(0, SENTENCES).map((finding) => textOf(resultOf([finding], 'full', findings))),
    ...(more > 0 ? [`And ${counted(more, 'more result')} in the tables.`] : []),
  ]
}

/**
 * The findings of a run's headlines as sentences for a page: the first quantity of its agents is the answer; after it come
 * pairs of agents that differ, then its other headlines.
 *
 * @param isHeadline as the study says it; default: its first quantity
 */
export function runAnswer(findings: readonly Finding[], isHeadline?: (finding: Finding) => boolean): RunAnswer {
  const found = headlines(findings, isHeadline)
  const own = found.filter(({ subject }) => subject.type !== 'pair')
  const [first, ...others] = [...Map.groupBy(own, ({ quantity }) => quantity).values()]
  if (first === undefined) return { also: [] }
  const pairs = found.filter(({ subject }) => subject.type === 'pair')
  const shown = [...pairs.filter(isApart), ...pairs.filter((each) => !isApart(each))].slice(0, ALSO - 1)
  return {
    answer: resultOf(first, 'glance'),
    also: [...shown.map((each) => [each]), ...others].map((each) => resultOf(each, 'glance')).slice(0, ALSO),
  }
}

/** Whether an interval excludes no difference. */
function isApart({ estimate }: Finding): boolean {
  return estimate.type === 'estimate' && (estimate.interval.low > 0 || estimate.interval.high < 0)
}
