import { isMetered } from '../../model/index.ts'
import type { BodyOf } from '../../record/index.ts'
import { ask, nextCall } from '../ask.ts'
import { clockOf, NOTHING } from '../conduct.ts'
import type { Shown, Thread } from '../context.ts'
import { biting, meterSummary, type Bite } from '../limits.ts'
import { sizeOf } from '../size.ts'
import { estimated, nextTurn, rangesOf, type Item } from './contents.ts'
import { summaryRequest } from './texts.ts'

/** Why a thread cannot go on. */
export type Halt = { readonly type: 'limit'; readonly bite: Bite } | { readonly type: 'fault'; readonly why: string }

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
  const { turns: _turns, messages: _messages, ...limits } = conduct.limits

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
    const next = nextCall(asked.size.tokens, conduct, effects)
    const bite = biting(limits, conduct.meters, next, clockOf(conduct, effects))
    if (bite !== undefined) return { type: 'limit', bite }
    const replayed = effects.journal.replaying
    const call = await ask(spec, schemas, asked, conduct, effects, aside)
    meterSummary(
      conduct.meters,
      call.usage,
      call.cost,
      call.timing.working,
      isMetered(effects.model.pricing) ? next : NOTHING,
    )
    effects.onCall?.(call, replayed)
    if (call.output !== undefined) return { type: 'said', text: textOf(call), ...leftOut(shown, dropped) }
    if (call.failure?.kind !== 'context-overflow')
      return { type: 'fault', why: `${call.failure?.kind ?? 'no reply'}: ${call.failure?.message ?? ''}` }
    const half = newest(shown, estimated(shown) / 2)
    if (!again || half.length === 0 || half.length === shown.length)
      return { type: 'limit', bite: { limit: 'context', used: asked.size.tokens, cap: window ?? asked.size.tokens } }
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

function textOf({ output }: BodyOf<'model.call'>): string {
  return (output?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}
