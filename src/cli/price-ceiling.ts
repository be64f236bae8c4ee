import { DEFAULT_MAX_OUTPUT, mostTokens, tighter, type Limits } from '../agent/index.ts'
import { ceiling, isFree, LOCAL_WINDOW, pricingOf, publishedWindow, type Pricing } from '../model/index.ts'
import { taskFinder, type Plan, type PlanRequest, type Task } from '../study/index.ts'
import { TEST_OR_USE } from '../probe/index.ts'
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
 * The most that an agent's trials can cost in a plan: the one sum that `plan`, `power` and `brief` say. It is the least of what
 * bounds it: turns by windows, the limits of a trial, the tokens of the run. What paid partners cost is added where the tasks
 * say how often they are asked; with the first model comes what the controls ask of them.
 */
export function agentCeiling(plan: Plan, agent: Priced, config: Config): Dollars {
  const { partners = {}, maxTokens, models } = plan.request
  const paid = Object.entries(partners).filter(([, name]) => !isFree(pricingOf(name, config.prices)))
  const all = [agent.pricing, ...paid.map(([, name]) => pricingOf(name, config.prices))]
  const run = maxTokens === undefined ? [] : all.map((pricing) => ofTokens({ tokens: maxTokens }, pricing))
  const cap = run.length === 0 || run.includes(undefined) ? undefined : Math.max(...run.map((each) => each ?? 0))
  const asking = plan.trials.filter((trial) => (trial.control ? models[0] === agent.name : trial.agent === agent.name))
  const asked = paid.map(([role, name]) => partnerCeiling(plan, asking, role, pricedByName(name, config)))
  return least(sum([trialsCeiling(plan, agent), ...asked]), cap)
}

/** What trials ask of one partner. */
function partnerCeiling(plan: Plan, trials: Plan['trials'], role: string, { name, pricing }: Priced): Dollars {
  const find = taskFinder(plan.study)
  const answer = plan.request.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  return sum(
    trials.map((trial): Dollars => {
      const task = find(trial)
      if (task.runner === undefined || task.partners?.includes(role) !== true) return { dollars: 0 }
      const use = task.asks?.[role]
      if (use === undefined)
        return { dollars: undefined, why: `it is not known how often ${name} is asked as a partner` }
      const call = ceiling(use.inputTokens + answer, use.outputTokens, pricing)
      if (call === undefined) return { dollars: undefined, why: `the price of ${name} is not known` }
      return { dollars: use.calls * call }
    }),
  )
}

/** Together; not known where one is not. */
function sum(all: readonly Dollars[]): Dollars {
  const unknown = all.find(({ dollars }) => dollars === undefined)
  return unknown ?? { dollars: all.reduce((total, { dollars = 0 }) => total + dollars, 0) }
}

function trialsCeiling(plan: Plan, agent: Priced): Dollars {
  const find = taskFinder(plan.study)
  return sum(trialsOf(plan, agent.name).map((trial) => trialCeiling(find(trial), plan.request, agent)))
}

function least(found: Dollars, ...caps: readonly (number | undefined)[]): Dollars {
  const known = [found.dollars, ...caps].filter((each) => each !== undefined)
  return known.length === 0 ? found : { dollars: Math.min(...known) }
}

export function trialsOf({ trials }: Plan, agent: string): Plan['trials'] {
  return trials.filter((trial) => !trial.control && trial.agent === agent)
}

/** The most that one trial can cost: its calls, or what its limits on dollars and tokens leave; and the question in its fork. */
function trialCeiling(task: Task, request: PlanRequest, agent: Priced): Dollars {
  if (isFree(agent.pricing)) return { dollars: 0 }
  const limits = tighter(task.limits, request.limits)
  const own = least(ofCalls(task, limits, request, agent), limits.dollars, ofTokens(limits, agent.pricing))
  const fork = forkCeiling(task, request, agent)
  return own.dollars === undefined ? own : fork.dollars === undefined ? fork : { dollars: own.dollars + fork.dollars }
}

/** The question in the fork of a trial, with all that the agent may have been shown before it: no limit of the trial bounds it. */
function forkCeiling(
  task: Task,
  { awareness, sampling }: PlanRequest,
  { name, pricing, window: own }: Priced,
): Dollars {
  if (awareness !== true && task.fork === undefined) return { dollars: 0 }
  const output = sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  const question = onlyQuestion(task)
  const asked = mostTokens([{ role: 'user', text: task.fork ?? TEST_OR_USE }])
  const window =
    question === undefined ? (task.scaffold.window ?? own ?? publishedWindow(name)) : question + output + asked
  if (window === undefined) return { dollars: undefined, why: `the window of ${name} is not known` }
  const dollars = ceiling(window, output, pricing)
  return dollars === undefined ? { dollars, why: `the price of ${name} is not known` } : { dollars }
}

/** What asking in forks can cost at most in a plan, and how many questions it is; undefined where nobody is asked. */
export function askingCeiling(
  plan: Plan,
  agents: readonly Priced[],
): (Dollars & { readonly questions: number }) | undefined {
  const find = taskFinder(plan.study)
  let [dollars, questions] = [0, 0]
  for (const agent of agents)
    for (const trial of trialsOf(plan, agent.name)) {
      const task = find(trial)
      if (plan.request.awareness !== true && task.fork === undefined) continue
      questions++
      const most = isFree(agent.pricing) ? { dollars: 0 } : forkCeiling(task, plan.request, agent)
      if (most.dollars === undefined) return { ...most, questions }
      dollars += most.dollars
    }
  return questions === 0 ? undefined : { dollars, questions }
}

/** Its turn limit and the calls beside, each turn with a full context and the longest reply. */
function ofCalls(
  task: Task,
  limits: Limits,
  { sampling }: PlanRequest,
  { name, pricing, window: own }: Priced,
): Dollars {
  const question = onlyQuestion(task)
  const turns = question === undefined ? limits.turns : 1
  const window = question ?? task.scaffold.window ?? own ?? publishedWindow(name)
  if (turns === undefined) return { dollars: undefined, why: 'the trials have no turn limit' }
  if (window === undefined)
    return { dollars: undefined, why: `the window of ${name} is not known, and nothing limits the tokens of a trial` }
  const call = ceiling(window, sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT, pricing)
  if (call === undefined) return { dollars: undefined, why: `the price of ${name} is not known` }
  const { strategy } = task.scaffold.compaction
  // A summary is asked of the model beside the turn that needs it.
  const beside = ((task.runner && task.besideTurn) ?? 0) + (strategy === 'summary' || strategy === 'native' ? 1 : 0)
  return { dollars: turns * (1 + beside) * call }
}

/** The most that so many tokens cost, all of them of the dearer kind; undefined without a limit or a price. */
function ofTokens({ tokens, inputTokens, outputTokens }: Limits, pricing: Pricing): number | undefined {
  const most = (input: number | undefined, output: number | undefined): number =>
    (input === undefined || output === undefined ? undefined : ceiling(input, output, pricing)) ?? Infinity
  const together = tokens === undefined ? Infinity : Math.max(most(tokens, 0), most(0, tokens))
  const found = Math.min(together, most(inputTokens, outputTokens))
  return found === Infinity ? undefined : found
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
