import { z } from 'zod'
import type { Json } from '../../record/index.ts'
import { isObject, type Wire } from './guards.ts'

/**
 * OpenRouter's `reasoning_details`: blocks that must go back unchanged, or the next turn forgets what was thought.
 * They arrive in pieces (text, summary and data grow; the signature comes last) and are kept as one string, in the
 * place of a signature.
 */
export class ReasoningDetails {
  readonly #blocks: Wire[] = []

  add(entries: readonly unknown[]): void {
    for (const entry of entries.filter(isObject)) {
      const at = this.#blocks.findLastIndex(
        (block) => block['index'] === entry['index'] && block['type'] === entry['type'],
      )
      const block = this.#blocks[at]
      if (block === undefined || entry['index'] === undefined) this.#blocks.push(entry)
      else this.#blocks[at] = grown(block, entry)
    }
  }

  /** The blocks as text, or undefined where there are none. */
  text(): string | undefined {
    return this.#blocks.length === 0 ? undefined : JSON.stringify(this.#blocks)
  }
}

function grown(block: Wire, piece: Wire): Wire {
  const next: { [key: string]: unknown } = { ...block }
  for (const [key, value] of Object.entries(piece)) {
    if (value === null || value === undefined) continue
    const old = next[key]
    const grows = key === 'text' || key === 'summary' || key === 'data'
    next[key] = grows && typeof old === 'string' && typeof value === 'string' ? old + value : value
  }
  return next
}

const blocks: z.ZodType<Json> = z.array(z.record(z.string(), z.json()))

/** The blocks again, from the text; undefined where the signature is another provider's. */
export function detailsFrom(signature: string): Json | undefined {
  try {
    const parsed = blocks.safeParse(JSON.parse(signature))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
