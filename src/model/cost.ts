import type { Cost, Usage } from '../record/index.ts'
import type { Price } from './model.ts'

const million = 1_000_000

/**
 * What a call cost. Tokens that a provider does not say were cached are paid in full.
 *
 * @returns unknown, with the reason, where a price or a count that it needs is unknown; never a guess
 */
export function costOf(usage: Usage, price: Price | undefined): Cost {
  if (price === undefined) return unknown('no price is known for the model')
  if (isFree(price)) return { type: 'known', dollars: 0 }
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
export function ceiling(inputTokens: number, outputTokens: number, price: Price | undefined): number | undefined {
  if (price === undefined) return undefined
  const input = Math.max(price.input, price.cachedInput ?? 0, price.cacheWrite ?? 0)
  return (inputTokens * input + outputTokens * price.output) / million
}

function isFree(price: Price): boolean {
  return [price.input, price.cachedInput ?? 0, price.cacheWrite ?? 0, price.output].every((one) => one === 0)
}

function unknown(why: string): Cost {
  return { type: 'unknown', why }
}
