import { DEFAULT_MAX_OUTPUT, tighter } from '../agent/index.ts'
import { ceiling, type Price } from '../model/index.ts'
import type { PlanRequest, Task } from '../study/index.ts'

/** What a model asks for its tokens, and how much it can hold; absent where unknown. */
export interface Priced {
  readonly name: string
  readonly price?: Price | undefined
  readonly window?: number | undefined
}

/** Dollars, or why nobody can say. */
export type Dollars = { readonly dollars: number } | { readonly dollars: undefined; readonly why: string }

/** The most that one trial can cost: its turn limit, each turn with a full context and the longest reply. */
export function trialCeiling(task: Pick<Task, 'limits' | 'scaffold'>, request: PlanRequest, model: Priced): Dollars {
  if (model.price === undefined) return { dollars: undefined, why: `the price of ${model.name} is not known` }
  if (model.price.input === 0 && model.price.output === 0) return { dollars: 0 }
  const { turns } = tighter(task.limits, request.limits)
  const window = task.scaffold.window ?? model.window
  if (turns === undefined) return { dollars: undefined, why: 'the trials have no turn limit' }
  if (window === undefined) return { dollars: undefined, why: `the window of ${model.name} is not known` }
  return {
    dollars: turns * (ceiling(window, request.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT, model.price) ?? 0),
  }
}
