import { DEFAULT_MAX_OUTPUT, mostTokens, tighter } from '../agent/index.ts'
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

/** The most that one trial can cost: its turn limit and the calls beside, each turn with a full context and the longest reply. */
function trialCeiling(task: Task, request: PlanRequest, agent: Priced): Dollars {
  const { name, pricing } = agent
  if (isFree(pricing)) return { dollars: 0 }
  const output = request.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  const question = onlyQuestion(task)
  const { turns } = question === undefined ? tighter(task.limits, request.limits) : { turns: 1 }
  const window = question ?? task.scaffold.window ?? agent.window
  if (turns === undefined) return { dollars: undefined, why: 'the trials have no turn limit' }
  if (window === undefined) return { dollars: undefined, why: `the window of ${name} is not known` }
  const call = ceiling(window, output, pricing)
  return call === undefined
    ? { dollars: undefined, why: `the price of ${name} is not known` }
    : { dollars: turns * (1 + ((task.runner && task.besideTurn) ?? 0)) * call }
}

/** Tokens of a task that is one question and its answer, at most: without tools a trial ends at its first reply. */
function onlyQuestion({ runner, world, prompt = '', scaffold }: Task): number | undefined {
  const { system, memory, nudge, delegation, compaction } = scaffold
  const alone = runner === undefined && world === undefined && memory.length === 0 && delegation === 'none'
  if (!alone || nudge !== undefined || compaction.strategy !== 'none') return undefined
  return mostTokens([
    { role: 'system', text: system },
    { role: 'user', text: prompt },
  ])
}
