import type Table from 'cli-table3'
import { AssayError } from '../assay-error.ts'
import { costOf } from '../model/index.ts'
import type { Config } from '../project/index.ts'
import type { Outcome } from '../record/index.ts'
import type { Plan } from '../study/index.ts'
import type { PowerQuestion, Purchase } from '../power/index.ts'
import { counted } from '../report/index.ts'
import { plainTable } from './table.ts'
import type { PowerOptions } from './power-options.ts'
import { agentCeiling, pricedByName, trialsOf, type Dollars } from './price-ceiling.ts'

/** What every trial of the table is bought for. */
export interface Arms {
  /** Trials of agents for each task that a finding rests on, and each repeat. */
  readonly count: number
  /** What they are, in words. */
  readonly text: string
}

/**
 * A comparison of two agents takes the trials of both, whether they were named or not.
 *
 * @param trials of one agent in one repeat, over all cells
 */
export function armsOf(question: PowerQuestion, trials: number, models: readonly string[]): Arms {
  const named = new Set(models).size
  const { kind } = question.design
  if (kind === 'pairs') return { count: 2, text: 'two deliverables a pair; raters are not priced' }
  if (kind === 'layers') return { count: 2, text: 'every case against each of the two layers' }
  const agents = Math.max(question.agents, named)
  const others = agents - named
  const beside =
    others === 0
      ? ''
      : named === 0
        ? ', none of which is named'
        : `: ${[...new Set(models)].join(', ')} and ${others === 1 ? 'one more at its price' : `${others} more at its price`}`
  const cells = trials / question.tasks
  const each = cells === 1 ? '' : `${Number(cells.toPrecision(3))} cells × `
  return { count: cells * agents, text: `trials = tasks × repeats × ${each}${counted(agents, 'agent')}${beside}` }
}

export type TrialCost = Dollars & { readonly text: string }

/** What a trial of a model costs: as measured, as its tokens say, or at most. */
export function trialCost(
  model: string,
  plan: Plan,
  config: Config,
  options: Pick<PowerOptions, 'from' | 'trialTokens'>,
  rows: readonly Outcome[] | undefined,
): TrialCost {
  const agent = pricedByName(model, config)
  const { pricing } = agent
  const own = (rows ?? []).filter((row) => row.agent === model && row.status !== 'invalid')
  const paid = own.flatMap(({ cost }) => (cost.type === 'known' ? [cost.dollars] : []))
  if (own.length > 0 && paid.length === own.length) {
    const dollars = paid.reduce((a, b) => a + b, 0) / paid.length
    return { dollars, text: `$${dollars.toPrecision(3)} a trial, the mean of ${own.length} trials of ${options.from}` }
  }
  if (pricing.type === 'free') return { dollars: 0, text: 'costs nothing: it runs on this machine' }
  if (pricing.type === 'unknown') {
    const why = 'its price is not known: give it in assay.config.ts'
    return { dollars: undefined, why, text: why }
  }
  const { asOf } = pricing.price
  const tokens = tokensOf(options)
  if (tokens !== undefined) {
    const cost = costOf(tokens, pricing)
    const dollars = cost.type === 'known' ? cost.dollars : 0
    return {
      dollars,
      text: `$${dollars.toPrecision(3)} a trial of ${tokens.input} tokens in and ${tokens.output} out (prices of ${asOf})`,
    }
  }
  const most = agentCeiling(plan, agent, config)
  if (most.dollars === undefined) {
    const why = `no ceiling: ${most.why}; say --trial-tokens in,out, or --from a run`
    return { dollars: undefined, why, text: why }
  }
  const dollars = most.dollars / trialsOf(plan, model).length
  return {
    dollars,
    text: `at most $${dollars.toPrecision(3)} a trial: its turn limit with a full context (prices of ${asOf}); say --trial-tokens in,out for less`,
  }
}

/** @throws AssayError `cli/usage` where `--trial-tokens` is not two counts */
export function tokensOf({
  trialTokens,
}: Pick<PowerOptions, 'trialTokens'>): { readonly input: number; readonly output: number } | undefined {
  if (trialTokens === undefined) return undefined
  const [input, output, ...more] = trialTokens
  if (input === undefined || output === undefined || more.length > 0 || input < 0 || output < 0)
    throw new AssayError('cli/usage', '--trial-tokens takes tokens in and tokens out, as 20000,2000.')
  return { input, output }
}

/** Cents, and what is less than a cent with two digits. */
export function dollarsText(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? `$${dollars.toPrecision(2)}` : `$${dollars.toFixed(2)}`
}

type Bought = Purchase & { readonly text: string }

export function buyTable(buys: readonly Bought[], costs: readonly TrialCost[]): Table.Table {
  const table = plainTable(['to see', 'tasks', 'repeats', 'trials', ...(costs.length > 0 ? ['dollars'] : [])])
  for (const each of buys) {
    const dollars = dollarsOf(each, costs)
    table.push(
      each.type === 'none'
        ? [each.text, { colSpan: costs.length > 0 ? 4 : 3, content: each.why }]
        : [
            each.text,
            each.size.tasks,
            each.size.repeats,
            each.trials,
            ...(costs.length > 0 ? [dollars === undefined ? 'unknown' : `$${dollars.toFixed(2)}`] : []),
          ],
    )
  }
  return table
}

/** Each model runs its part of the arms; an agent that is not named is taken to cost what the named ones do. */
export function dollarsOf(each: Purchase, costs: readonly TrialCost[]): number | undefined {
  if (each.type === 'none' || costs.length === 0) return undefined
  let sum = 0
  for (const cost of costs) {
    if (cost.dollars === undefined) return undefined
    sum += (cost.dollars * each.trials) / costs.length
  }
  return sum
}
