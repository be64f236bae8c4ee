import { ask } from '../ask.ts'
import { faultOf, textOf } from '../call.ts'
import type { Shown, Thread } from '../context.ts'
import type { Reached } from '../limits.ts'
import { sizeOf } from '../size.ts'
import { estimated, nextTurn, rangesOf, type Item } from './contents.ts'
import { summaryRequest } from './texts.ts'

/** Why a thread cannot go on. */
export type Halt =
  | { readonly type: 'limit'; readonly reached: Reached }
  | { readonly type: 'fault'; readonly why: string }

export interface Said {
  readonly type: 'said'
  readonly text: string
  readonly amiss?: string
}

/**
 * Asks the model, outside the conversation, for what shall stand in place of what is dropped: it is shown the prefix, the
 * turns that go and the request. Where that is more than fits, the newest of those turns that fit; where the provider
 * still says that it is too long, once more the newer half.
 *
 * @param tokens that the answer may take
 */
export async function summaryOf(
  purpose: 'summary' | 'native',
  dropped: readonly Item[],
  tokens: number,
  window: number | undefined,
  { spec, schemas, context, conduct, effects }: Thread,
): Promise<Halt | Said> {
  const aside = { purpose, text: summaryRequest(tokens) }
  const { prefix, items, scale } = context.contents
  const request = sizeOf({ role: 'user', text: aside.text })
  const all = context.whole().size
  const others = estimated(items.slice(prefix))
  const fixed = all.tokens - scale * others + scale * request.tokens

  let shown = newest(dropped, window === undefined ? Infinity : (window - fixed) / scale)
  for (let again = true; ; again = false) {
    if (shown.length === 0) return { type: 'said', text: '', amiss: 'what was dropped does not fit into one request' }
    const asked: Shown = {
      messages: [...items.slice(0, prefix), ...shown].map(({ message }) => message),
      ref: { ranges: rangesOf([...items.slice(0, prefix), ...shown]) },
      // What a provider counted bounds the whole context, and so any part of it.
      size: {
        tokens: Math.ceil(fixed + scale * estimated(shown)),
        most: all.most,
      },
    }
    const called = await ask(spec, schemas, asked, conduct, effects, { aside })
    if (called.type === 'limit') return called
    const { call } = called
    if (call.output !== undefined) return { type: 'said', text: textOf(call), ...leftOut(shown, dropped) }
    if (call.failure?.kind !== 'context-overflow') return { type: 'fault', why: faultOf(call) }
    const half = newest(shown, estimated(shown) / 2)
    if (!again || half.length === 0 || half.length === shown.length)
      return { type: 'limit', reached: { limit: 'context', used: asked.size.tokens, cap: window ?? asked.size.tokens } }
    shown = half
  }
}

function leftOut(shown: readonly Item[], dropped: readonly Item[]): Pick<Said, 'amiss'> {
  const without = dropped.length - shown.length
  return without === 0 ? {} : { amiss: `the first ${without} of the dropped messages did not fit into the request` }
}

/** The newest whole turns that take at most so many estimated tokens. */
function newest(items: readonly Item[], tokens: number): readonly Item[] {
  let left = estimated(items)
  let from = 0
  while (left > tokens) {
    const next = nextTurn(items, from) ?? items.length
    for (; from < next; from++) left -= items[from]?.size.tokens ?? 0
    if (from === items.length) break
  }
  return from === 0 ? items : items.slice(from)
}
