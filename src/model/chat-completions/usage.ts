import type { Json, Usage } from '../../record/index.ts'
import { object, whole } from './guards.ts'
import type { Quirks } from './quirks.ts'

/**
 * Tokens as any provider writes them. Absent stays absent.
 *
 * Some providers leave reasoning out of `completion_tokens` and count it in `total_tokens` alone; then the total tells.
 */
export function usageFrom(wire: unknown, output: Quirks['output'] = 'completion_tokens'): Usage | undefined {
  const usage = object(wire)
  if (usage === undefined) return undefined
  const input = whole(usage['prompt_tokens'])
  const completion = whole(usage['completion_tokens'])
  const total = whole(usage['total_tokens'])
  const prompt = object(usage['prompt_tokens_details'])
  const written = object(usage['completion_tokens_details'])
  const cachedInput =
    whole(prompt?.['cached_tokens']) ?? whole(usage['prompt_cache_hit_tokens']) ?? whole(usage['cached_tokens'])
  const cacheWrite = whole(prompt?.['cache_write_tokens'])
  const reasoning = whole(written?.['reasoning_tokens']) ?? whole(usage['reasoning_tokens'])
  const rest = total !== undefined && input !== undefined ? total - input : undefined
  const apart =
    output === 'total_minus_prompt' ||
    (reasoning !== undefined && completion !== undefined && reasoning > 0 && rest === completion + reasoning)
  const all = apart && rest !== undefined && rest >= (completion ?? 0) ? rest : completion
  const found: Usage = {
    ...(input === undefined ? {} : { input }),
    ...(cachedInput === undefined ? {} : { cachedInput }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
    ...(all === undefined ? {} : { output: all }),
    ...(reasoning === undefined ? {} : { reasoning }),
  }
  return Object.keys(found).length === 0 ? undefined : found
}

/** Our usage for the wire; undefined where input or output is unknown, since the wire has no word for that. */
export function usageTo(usage: Usage): { readonly [key: string]: Json } | undefined {
  if (usage.input === undefined || usage.output === undefined) return undefined
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    ...(usage.cachedInput === undefined ? {} : { prompt_tokens_details: { cached_tokens: usage.cachedInput } }),
    ...(usage.reasoning === undefined ? {} : { completion_tokens_details: { reasoning_tokens: usage.reasoning } }),
  }
}
