import type { Cost, Usage } from '../record/index.ts'

/** Dollars for a million tokens, on a date. */
export interface Price {
  readonly input: number
  readonly cachedInput?: number
  readonly cacheWrite?: number
  readonly output: number
  /** The day the price was read, YYYY-MM-DD. */
  readonly asOf: string
  readonly source: string
}

/**
 * What calls of a model cost: the one fact that bills, budgets, limits and every price that is shown come from.
 *
 * - `free`: nobody is paid. Its calls spend nothing of a run's budgets, in dollars or tokens.
 * - `priced`: each call is paid, and reserved before it is made, wherever the model runs.
 * - `unknown`: each call may be paid, and nobody knows how much: a budget in dollars refuses it.
 * - `scripted`: what a study says that its control would cost. It stands in the control's rows and counts against a
 *   trial's limits; it is no money, so it spends nothing of a run's budgets.
 */
export type Pricing =
  | { readonly type: 'free' }
  | { readonly type: 'priced'; readonly price: Price }
  | { readonly type: 'unknown'; readonly why: string }
  | { readonly type: 'scripted'; readonly price: Price }

export const FREE: Pricing = { type: 'free' }

/** Whether calls spend a run's budgets, and are reserved before they are made. */
export function isMetered({ type }: Pricing): boolean {
  return type === 'priced' || type === 'unknown'
}

const million = 1_000_000

/**
 * What a call cost. Tokens that a provider does not say were cached are paid in full.
 *
 * @returns unknown, with the reason, where a price or a count that it needs is unknown; never a guess
 */
export function costOf(usage: Usage, pricing: Pricing): Cost {
  if (pricing.type === 'unknown') return pricing
  if (pricing.type === 'free' || isZero(pricing.price)) return { type: 'known', dollars: 0 }
  const { price } = pricing
  if (usage.input === undefined) return unknown('the provider did not count the input')
  if (usage.output === undefined) return unknown('the provider did not count the output')
  const cached = usage.cachedInput ?? 0
  const written = usage.cacheWrite ?? 0
  if (cached + written > usage.input) return unknown('the provider counts more cached tokens than input')
  if (cached > 0 && price.cachedInput === undefined) return unknown('no price is known for cached input')
  if (written > 0 && price.cacheWrite === undefined) return unknown('no price is known for writing the cache')
  const dollars =
    (usage.input - cached - written) * price.input +
    cached * (price.cachedInput ?? 0) +
    written * (price.cacheWrite ?? 0) +
    usage.output * price.output
  return { type: 'known', dollars: dollars / million }
}

/**
 * The most that a call can cost, for setting aside before it is made: no token cached, all of them written to the cache
 * where that costs more, and the whole of the output used.
 *
 * @returns undefined where the price is unknown
 */
export function ceiling(inputTokens: number, outputTokens: number, pricing: Pricing): number | undefined {
  if (pricing.type === 'unknown') return undefined
  if (pricing.type === 'free') return 0
  const { price } = pricing
  const input = Math.max(price.input, price.cachedInput ?? 0, price.cacheWrite ?? 0)
  return (inputTokens * input + outputTokens * price.output) / million
}

/** Whether a call is known to cost nothing, whatever it uses: one of a free model, or at a price of zero. */
export function isFree(pricing: Pricing): boolean {
  return pricing.type === 'free' || (pricing.type !== 'unknown' && isZero(pricing.price))
}

function isZero({ input, cachedInput = 0, cacheWrite = 0, output }: Price): boolean {
  return [input, cachedInput, cacheWrite, output].every((one) => one === 0)
}

function unknown(why: string): Cost {
  return { type: 'unknown', why }
}
