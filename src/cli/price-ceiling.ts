import { DEFAULT_MAX_OUTPUT, tighter } from '../agent/index.ts'
import { ceiling, isFree, LOCAL_WINDOW, pricingOf, type Pricing } from '../model/index.ts'
import { taskFinder, type Plan, type PlanRequest, type Task } from '../study/index.ts'
import type { Config } from '../project/index.ts'

/** What calls of a model cost, and how much it can hold, where known. */
export interface Priced {
  readonly name: string
  readonly pricing: Pricing
  readonly window?: number | undefined
}

/** Dollars, or why they are not known. */
export type Dollars = { readonly dollars: number } | { readonly dollars: undefined; readonly why: string }

/** What is known of a model that was not opened. */
export function pricedByName(name: string, { prices }: Config): Priced {
  return { name, pricing: pricingOf(name, prices), ...(name.startsWith('local/') && { window: LOCAL_WINDOW }) }
}

/**
 * The most that an agent's trials can cost in a plan: the one sum that `plan`, `power` and `brief` tell. A partner that
 * is paid makes it unknown, since no limit of a trial says how often a partner is asked.
 */
export function agentCeiling(plan: Plan, agent: Priced, config: Config): Dollars {
  const partner = Object.values(plan.request.partners ?? {}).find((name) => !isFree(pricingOf(name, config.prices)))
  if (partner !== undefined)
    return { dollars: undefined, why: `it is not known how often ${partner} is asked as a partner` }
  const find = taskFinder(plan.study)
  let dollars = 0
  for (const trial of trialsOf(plan, agent.name)) {
    const most = trialCeiling(find(trial), plan.request, agent)
    if (most.dollars === undefined) return most
    dollars += most.dollars
  }
  return { dollars }
}

export function trialsOf({ trials }: Plan, agent: string): Plan['trials'] {
  return trials.filter((trial) => !trial.control && trial.agent === agent)
}

/** The most that one trial can cost: its turn limit and the calls beside, each with a full context and the longest reply. */
function trialCeiling(task: Task, request: PlanRequest, agent: Priced): Dollars {
  const { name, pricing } = agent
  if (isFree(pricing)) return { dollars: 0 }
  const { turns } = tighter(task.limits, request.limits)
  const window = task.scaffold.window ?? agent.window
  if (turns === undefined) return { dollars: undefined, why: 'the trials have no turn limit' }
  if (window === undefined) return { dollars: undefined, why: `the window of ${name} is not known` }
  const call = ceiling(window, request.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT, pricing)
  return call === undefined
    ? { dollars: undefined, why: `the price of ${name} is not known` }
    : { dollars: turns * (1 + ((task.runner && task.besideTurn) ?? 0)) * call }
}
