import { FREE, type Price, type Pricing } from './cost.ts'

const anthropic = { asOf: '2026-10-24', source: 'https://platform.claude.com/docs/en/about-claude/pricing' }
const openai = { asOf: '2026-03-21', source: 'https://developers.openai.com/api/docs/pricing' }

const fable: Price = { input: 10, cachedInput: 1, cacheWrite: 12.5, output: 50, ...anthropic }
const opus: Price = { input: 5, cachedInput: 0.5, cacheWrite: 6.25, output: 25, ...anthropic }
const sonnet: Price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15, ...anthropic }
const haiku: Price = { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 5, ...anthropic }

/**
 * Dollars for a million tokens, at the standard tier, by the model's full name. A model whose price is not one number (by
 * length of prompt, by hour) or not known for sure is not here: its cost is unknown until a configuration sets a price.
 */
export const prices: { readonly [model: string]: Price } = {
  'anthropic/claude-fable-5-1': { ...fable, cachedInput: 0.25 },
  'anthropic/claude-fable-5': fable,
  'anthropic/claude-opus-5-5': { input: 4, cachedInput: 0.2, cacheWrite: 5, output: 20, ...anthropic },
  'anthropic/claude-opus-5': opus,
  'anthropic/claude-opus-4-8': opus,
  'anthropic/claude-opus-4-7': opus,
  'anthropic/claude-opus-4-6': opus,
  'anthropic/claude-opus-4-5': opus,
  'anthropic/claude-opus-4-5-20251101': opus,
  'anthropic/claude-sonnet-5-5': { input: 2, cachedInput: 0.1, cacheWrite: 2.5, output: 10, ...anthropic },
  'anthropic/claude-sonnet-5': { input: 2, cachedInput: 0.2, cacheWrite: 2.5, output: 10, ...anthropic },
  'anthropic/claude-sonnet-4-6': sonnet,
  'anthropic/claude-sonnet-4-5': sonnet,
  'anthropic/claude-sonnet-4-5-20250929': sonnet,
  'anthropic/claude-haiku-4-5': haiku,
  'anthropic/claude-haiku-4-5-20251001': haiku,
  'openai/gpt-5.2': { input: 1.75, cachedInput: 0.175, output: 14, ...openai },
  'openai/gpt-5.1': { input: 1.25, cachedInput: 0.125, output: 10, ...openai },
  'openai/gpt-5': { input: 1.25, cachedInput: 0.125, output: 10, ...openai },
  'openai/gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2, ...openai },
  'openai/gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4, ...openai },
  'openai/gpt-4.1': { input: 2, cachedInput: 0.5, output: 8, ...openai },
  'openai/gpt-4.1-mini': { input: 0.4, cachedInput: 0.1, output: 1.6, ...openai },
  'openai/gpt-4.1-nano': { input: 0.1, cachedInput: 0.025, output: 0.4, ...openai },
  'openai/gpt-4o': { input: 2.5, cachedInput: 1.25, output: 10, ...openai },
  'openai/gpt-4o-mini': { input: 0.15, cachedInput: 0.075, output: 0.6, ...openai },
  'openai/o3': { input: 2, cachedInput: 0.5, output: 8, ...openai },
  'openai/o4-mini': { input: 1.1, cachedInput: 0.275, output: 4.4, ...openai },
}

/** Names of models that run in this process. */
const ON_THIS_MACHINE = /^(?:local|control)\//

/**
 * What calls of a model cost, from its name alone.
 *
 * @param own prices by the model's full name, before the built-in table: the configuration's
 * @returns `free` for local and control models that nobody gave a price
 */
export function pricingOf(name: string, own: { readonly [model: string]: Price } = {}): Pricing {
  for (const table of [own, prices]) {
    const price = Object.hasOwn(table, name) ? table[name] : undefined
    if (price !== undefined) return { type: 'priced', price }
  }
  return ON_THIS_MACHINE.test(name) ? FREE : { type: 'unknown', why: 'no price is known for the model' }
}
