import type { Analysis } from '../findings/index.ts'
import { makePlan, type Plan, type PlanRequest, type Study } from '../study/index.ts'

/** What a repeat brings: the tasks of the first once more, or tasks that no other repeat has. */
export type Repeat = 'same tasks' | 'new tasks'

/** The trials of one agent in one repeat of a study, as its findings share them out. */
export interface Basis {
  readonly repeat: Repeat
  /** Trials of one agent in one repeat, over all cells. */
  readonly trials: number
  /** Distinct tasks of them. */
  readonly allTasks: number
  /** Distinct tasks that one finding of an analysis rests on in one repeat; 0 where the levels that it compares are not run. */
  readonly tasks: (analysis: Analysis) => number
}

/** An agent that is never asked: plans count its trials. */
const ANY = 'any/agent'

/** Levels at their standard, as a run without options has them. */
const STANDARD: PlanRequest = { models: [], set: {}, seed: '1', controls: 'off', sampling: {}, limits: {} }

/**
 * What the findings of a study rest on, read from its plan: a repeat is `new tasks` where no task of the second repeat has
 * the id of one of the first, since the analyses count tasks by their ids too.
 *
 * @param request levels and tasks that are asked for; default: those that the study takes when nobody says
 * @throws AssayError as `makePlan`
 */
export function basisOf(study: Study, request: Partial<PlanRequest> = {}): Basis {
  const plan = makePlan(study, { ...STANDARD, ...request, models: [ANY], controls: 'off', repeats: 2 }, new Map())
  const [first, second] = [0, 1].map((repeat) => plan.trials.filter((trial) => trial.repeat === repeat))
  const trials = first ?? []
  const known = new Set(trials.map(({ task }) => task))
  const repeats = (second ?? []).some(({ task }) => known.has(task))
  return {
    repeat: repeats ? 'same tasks' : 'new tasks',
    trials: trials.length,
    allTasks: known.size,
    tasks: (analysis) => tasksOf(analysis, plan, trials),
  }
}

/** Of the finding that has the fewest: what it sees, the others see too. */
function tasksOf({ kind, options }: Analysis, { varied }: Plan, trials: Plan['trials']): number {
  const { factor, from, to, over } = options
  const pooled = new Set([...(Array.isArray(over) ? over : []), factor])
  const ofLevel = (level: unknown): Plan['trials'] => trials.filter(({ cell }) => cell[String(factor)] === level)
  const compares = kind === 'change' && factor !== undefined
  if (compares && ofLevel(to).length === 0) return 0
  const own = compares ? ofLevel(from) : trials
  const groups = Map.groupBy(own, ({ cell }) =>
    JSON.stringify(varied.filter((name) => !pooled.has(name)).map((name) => cell[name])),
  )
  return Math.min(...[...groups.values()].map((group) => new Set(group.map(({ task }) => task)).size), own.length)
}
