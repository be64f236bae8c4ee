import { type Analysis, type Unit, words } from '../findings/index.ts'
import type { Study } from '../study/index.ts'
import type { PowerDesign } from './design.ts'
import { ASSUMED, type Spread } from './spread.ts'

/** One thing that a study asks and whose power can be computed. */
export interface PowerQuestion {
  /** The finding's name; a comparison of two agents is named `difference(measure: agents)`. */
  readonly quantity: string
  readonly title: string
  readonly measure: string
  readonly unit: Unit
  readonly design: PowerDesign
  /** Whether the spread was measured or assumed. */
  readonly spread: 'measured' | 'assumed'
  /** Agents whose trials it takes: 2 where two are compared, 1 where one is held against a number or against itself. */
  readonly agents: 1 | 2
}

/** What is known or assumed about the measures of a study. */
export interface Assumptions {
  /** Share expected of a proportion, and of trials in which an event comes. Default 0.5, where a share varies most. */
  readonly base?: number
  readonly shared?: number
  readonly agree?: number
  readonly clustered?: number
  /** Measured spreads, by measure. */
  readonly spreads?: ReadonlyMap<string, Spread>
}

/**
 * What the study's own analyses ask, and for every mean the comparison of two agents.
 */
export function powerQuestions(study: Study, given: Assumptions = {}): readonly PowerQuestion[] {
  const questions = study.findings.flatMap((analysis) => questionsOf(study, analysis, given))
  return [...new Map(questions.map((each) => [each.quantity, each])).values()]
}

function questionsOf(study: Study, analysis: Analysis, given: Assumptions): readonly PowerQuestion[] {
  const { name, measure, kind, options } = analysis
  const unit = study.outcome[measure]?.unit ?? 'score'
  const known = given.spreads?.get(measure)
  const spread = spreadFor(unit, known, given)
  const base = { measure, unit, spread: known === undefined ? 'assumed' : 'measured' } as const
  const title = words(measure)
  const expected = unit === 'proportion' && known === undefined ? { base: given.base ?? 0.5 } : {}
  if (kind === 'level') {
    const by = options['cluster'] === 'task' ? 'task' : 'seed'
    const one: PowerDesign =
      unit === 'proportion'
        ? { kind: 'rate', by, base: given.base ?? 0.5, shared: spread.shared }
        : { kind: 'mean', by, spread }
    return [
      { ...base, quantity: name, title: `${title}, one agent`, design: one, agents: 1 },
      {
        ...base,
        quantity: `difference(${measure}: agents)`,
        title: `${title}, two agents`,
        design: { kind: 'paired', by, spread, ...expected },
        agents: 2,
      },
    ]
  }
  if (kind === 'change') {
    const by = options['pair'] === 'task' ? 'task' : 'trial'
    return [
      {
        ...base,
        quantity: name,
        title: `${title}, two levels of a factor`,
        design: { kind: 'paired', by, spread, ...expected },
        agents: 1,
      },
    ]
  }
  if (kind === 'time') {
    const design: PowerDesign = {
      kind: 'survival',
      by: 'seed',
      seen: Math.min(0.99, given.base ?? 0.5),
      shared: spread.shared,
    }
    return [{ ...base, quantity: name, title: `${title}, two agents`, design, agents: 2 }]
  }
  return []
}

function spreadFor(unit: Unit, known: Spread | undefined, given: Assumptions): Spread {
  const share = given.base ?? 0.5
  const start = known ?? { ...ASSUMED, total: unit === 'proportion' ? Math.sqrt(share * (1 - share)) : 1 }
  return {
    ...start,
    ...(given.shared !== undefined && { shared: given.shared }),
    ...(given.agree !== undefined && { agree: given.agree }),
    ...(given.clustered !== undefined && { clustered: given.clustered }),
  }
}
