import { z } from 'zod'
import { nearest } from '../assay-error.ts'
import { json } from '../record/index.ts'
import type { Quirks } from './chat-completions/quirks.ts'
import type { Price } from './cost.ts'
import type { Provider } from './providers.ts'

/** An object with these fields and no other: one that nobody knows is named, with what is known. */
export function onlyFields<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys' && Array.isArray(keys)
        ? unknownField(String(keys[0]), Object.keys(shape))
        : undefined,
  })
}

function unknownField(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return `no field "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`} Fields: ${known.join(', ')}`
}

const anyFields = z.record(z.string(), json)
const texts = z.record(z.string(), z.string())

const quirks: z.ZodType<Partial<Quirks>> = onlyFields({
  maxTokens: z.enum(['max_tokens', 'max_completion_tokens']).exactOptional(),
  seed: z.enum(['seed', 'random_seed', 'none']).exactOptional(),
  effort: z.enum(['reasoning_effort', 'reasoning.effort', 'refused']).exactOptional(),
  logprobs: z.enum(['logprobs', 'refused']).exactOptional(),
  usage: z.enum(['stream_options', 'unasked']).exactOptional(),
  reasoning: z
    .enum(['none', 'reasoning_content', 'reasoning', 'reasoning_details', 'thought_signature'])
    .exactOptional(),
  arguments: z.enum(['as-written', 'must-parse']).exactOptional(),
  output: z.enum(['completion_tokens', 'total_minus_prompt']).exactOptional(),
  completions: z.boolean().exactOptional(),
  streamOptions: anyFields.exactOptional(),
  extra: anyFields.exactOptional(),
})

/** A row of `providers`, as a configuration may write it. */
export const providerRow: z.ZodType<Partial<Provider>> = onlyFields({
  baseUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).exactOptional(),
  baseUrlFrom: onlyFields({ variable: z.string(), path: z.string().exactOptional() }).exactOptional(),
  keys: z.array(z.string()).exactOptional(),
  auth: z.enum(['bearer', 'api-key']).exactOptional(),
  headers: texts.exactOptional(),
  headersFrom: texts.exactOptional(),
  quirks: quirks.exactOptional(),
  atHome: quirks.exactOptional(),
  stream: z.boolean().exactOptional(),
})

/** A row of `prices`, as a configuration may write it. */
export const priceRow: z.ZodType<Price> = onlyFields({
  input: z.number().nonnegative(),
  cachedInput: z.number().nonnegative().exactOptional(),
  cacheWrite: z.number().nonnegative().exactOptional(),
  output: z.number().nonnegative(),
  asOf: z.iso.date(),
  source: z.string(),
})
