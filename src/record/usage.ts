import { z } from 'zod'

/**
 * Tokens of one call as the provider counted them. Unknown is absent, never 0.
 *
 * `input` holds all prompt tokens, the cached ones included; `output` holds all generated ones, reasoning included.
 */
export interface Usage {
  readonly input?: number
  readonly cachedInput?: number
  readonly cacheWrite?: number
  readonly output?: number
  readonly reasoning?: number
}

const tokens = z.number().int().nonnegative().exactOptional()

export const usage: z.ZodType<Usage> = z.object({
  input: tokens,
  cachedInput: tokens,
  cacheWrite: tokens,
  output: tokens,
  reasoning: tokens,
})
