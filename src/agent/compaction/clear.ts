import type { Message, ToolMessage } from '../../record/index.ts'
import { sizeOf } from '../size.ts'
import { latestTurn, type Contents, type Item, type Smaller } from './contents.ts'
import type { Rules } from './rules.ts'

/** The oldest tool results are replaced by a short mark; calls and words stay. */
export const clear: Rules = { shrink: cleared }

/** Results of at most so many characters stay: a mark would save next to nothing, and is itself no longer than this. */
const SHORT = 100

/** What stands where a tool's result stood. */
function clearedMark(text: string): string {
  return `[This result was cleared to save room: ${text.length} characters.]`
}

/** The message as it is shown once it was cleared. */
export function clearedMessage(message: Message): Message {
  return isClearable(message) ? { ...message, text: clearedMark(message.text) } : message
}

function isClearable(message: Message): message is ToolMessage {
  return message.role === 'tool' && message.text.length > SHORT
}

/**
 * Replaces the oldest tool results by a short mark until at most `target` tokens are left. Calls and words stay; so do the
 * results of the latest turn.
 *
 * @returns undefined where there is nothing to clear
 */
function cleared(contents: Contents, target: number): Smaller | undefined {
  const { prefix, items, scale } = contents
  const end = latestTurn(contents)
  let left = contents.tokens
  let results = 0
  let index = prefix
  const marked: Item[] = []
  for (; index < end && left > target; index++) {
    const item = items[index]
    if (item === undefined) break
    const message = clearedMessage(item.message)
    if (message === item.message) {
      marked.push(item)
      continue
    }
    const size = sizeOf(message)
    left -= scale * (item.size.tokens - size.tokens)
    results++
    marked.push({ ...item, message, size })
  }
  if (results === 0) return undefined
  const before = (items[index - 1]?.number ?? 0) + 1
  return {
    items: [...items.slice(0, prefix), ...marked, ...items.slice(index)],
    dropped: [],
    cleared: { before, results },
  }
}
