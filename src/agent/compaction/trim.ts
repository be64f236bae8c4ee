import { nextTurn, type Contents, type Smaller } from './contents.ts'
import type { Rules } from './rules.ts'

/** The oldest turns go. */
export const trim: Rules = { shrink: trimmed }

/**
 * Drops the oldest turns behind the prefix until at most `target` tokens are left. A turn goes as a whole, so a tool call
 * and its results stay together; the latest turn always stays.
 *
 * @returns undefined where nothing can go, or nothing need go
 */
export function trimmed({ prefix, items, tokens, scale }: Contents, target: number): Smaller | undefined {
  let cut = prefix
  let left = tokens
  while (left > target) {
    const next = nextTurn(items, cut)
    if (next === undefined) break
    for (; cut < next; cut++) left -= scale * (items[cut]?.size.tokens ?? 0)
  }
  if (cut === prefix) return undefined
  return { items: [...items.slice(0, prefix), ...items.slice(cut)], dropped: items.slice(prefix, cut) }
}
