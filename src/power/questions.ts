import { type Analysis, type Unit, words } from '../findings/index.ts'
import type { Expected, PlanRequest, Study } from '../study/index.ts'
import { basisOf, type Basis, type Repeat } from './basis.ts'
import type { By, PowerDesign } from './design.ts'
import { ASSUMED, type Spread } from './spread.ts'

/** One thing that a study asks and whose power can be computed. */
export interface PowerQuestion {
  /** The finding's name; a comparison of two agents is named `difference(measure: agents)`. */
  readonly quantity: string
  readonly title: string
  readonly measure: string
  readonly unit: Unit
  readonly design: PowerDesign
  /** Tasks that one finding rests on in one repeat, and what a repeat brings. */
  readonly tasks: number
  readonly repeat: Repeat
  /** Where the spread is from: a run, the study's own `expected`, or nowhere: then effects are in spreads of one trial. */
  readonly spread: 'measured' | 'expected' | 'assumed'
  /** Who says so, where the study expects it. */
  readonly source?: string
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
 * What the study's own analyses ask, and for every mean the comparison of two agents: those that the levels asked for
 * can answer.
 *
 * @param request levels and tasks; default: those that the study takes when nobody says
 * @throws AssayError as `makePlan`
 */
export function powerQuestions(
  study: Study,
  given: Assumptions = {},
  request: Partial<PlanRequest> = {},
): readonly PowerQuestion[] {
  const basis = basisOf(study, request)
  const questions = study.findings.flatMap((analysis) => questionsOf(study, analysis, given, basis, request))
  return [...new Map(questions.map((each) => [each.quantity, each])).values()]
}

function questionsOf(
  study: Study,
  analysis: Analysis,
  given: Assumptions,
  basis: Basis,
  request: Partial<PlanRequest>,
): readonly PowerQuestion[] {
  const { name, measure, kind, options } = analysis
  const tasks = basis.tasks(analysis)
  if (kind === undefined || tasks === 0) return []
  const unit = study.outcome[measure]?.unit ?? 'score'
  const measured = given.spreads?.get(measure)
  const expected = measured === undefined ? expectedOf(study, measure, request) : undefined
  const known = measured ?? (expected?.spread === undefined ? undefined : { ...ASSUMED, total: expected.spread })
  const spread = spreadFor(unit, known, given)
  const base = {
    measure,
    unit,
    tasks,
    repeat: basis.repeat,
    spread: measured !== undefined ? 'measured' : known === undefined ? 'assumed' : 'expected',
    ...(expected !== undefined && known !== undefined && { source: expected.source }),
  } as const
  const title = words(measure)
  const share = unit === 'proportion' && known === undefined ? { base: given.base ?? 0.5 } : {}
  // A task that never comes again is a trial of its own.
  const byTask: By = basis.repeat === 'new tasks' ? 'trial' : 'task'
  if (kind === 'level') {
    const by = options['cluster'] === 'task' ? byTask : 'seed'
    const one: PowerDesign =
      unit === 'proportion'
        ? { kind: 'rate', by, base: given.base ?? 0.5, shared: spread.shared }
        : { kind: 'mean', by, spread }
    return [
      { ...base, quantity: name, title: `${title}, one agent against a fixed value`, design: one, agents: 1 },
      {
        ...base,
        quantity: `difference(${measure}: agents)`,
        title: `${title}, two agents against each other`,
        design: { kind: 'paired', by, spread, ...share },
        agents: 2,
      },
    ]
  }
  if (kind === 'change') {
    const by = options['pair'] === 'task' ? byTask : 'trial'
    return [
      {
        ...base,
        quantity: name,
        title: `${title}, two levels of a factor against each other`,
        design: { kind: 'paired', by, spread, ...share },
        agents: 1,
      },
    ]
  }
  const design: PowerDesign = {
    kind: 'survival',
    by: 'seed',
    seen: Math.min(0.99, given.base ?? 0.5),
    shared: spread.shared,
  }
  return [
    { ...base, quantity: name, title: `${title} (hazard ratio), two agents against each other`, design, agents: 2 },
  ]
}

/** What the study expects of a measure at the levels that are asked for, or at its standard ones. */
function expectedOf(study: Study, measure: string, { set = {} }: Partial<PlanRequest>): Expected | undefined {
  const isRun = ([name, level]: readonly [string, string]): boolean =>
    (set[name] ?? study.factors[name]?.standard ?? []).every((each) => each === level)
  return study.expected?.find((each) => each.measure === measure && Object.entries(each.where ?? {}).every(isRun))
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
