import { ask } from '../ask.ts'
import { faultOf, textOf } from '../call.ts'
import type { Shown } from '../context.ts'
import { sizeOf } from '../size.ts'
import { estimated, nextTurn, rangesOf, type Item } from './contents.ts'
import type { Dropped, Halt, InPlace, Rules, Said } from './rules.ts'
import { summaryRequest } from './texts.ts'
import { trimmed } from './trim.ts'

/** The oldest turns go, and a summary that the model is asked for stands in their place. */
export const summary: Rules = { shrink: trimmed, inPlace: answer('summary', 'a summary of them') }

/** What the model answers to a request for it. */
export function answer(purpose: 'summary' | 'native', is: string): InPlace {
  const text: InPlace['text'] = (dropped) => summaryOf(purpose, dropped)
  return { text, is, lacking: 'summary', called: 'the answer', empty: 'the answer was empty' }
}

/**
 * Asks the model, outside the conversation, for what shall stand in place of what is dropped: it is shown the prefix, the
 * turns that go and the request. Where that is more than fits, the newest of those turns that fit; where the provider
 * still says that it is too long, once more the newer half.
 */
async function summaryOf(
  purpose: 'summary' | 'native',
  { items: dropped, tokens, window, thread }: Dropped,
): Promise<Halt | Said> {
  const { spec, schemas, context, conduct, effects } = thread
  const aside = { purpose, text: summaryRequest(tokens) }
  const { prefix, items, scale } = context.contents
  const request = sizeOf({ role: 'user', text: aside.text })
  const all = context.whole().size
  const others = estimated(items.slice(prefix))
  const fixed = all.tokens - scale * others + scale * request.tokens

  let shown = newest(dropped, window === undefined ? Infinity : (window - fixed) / scale)
  for (let again = true; ; again = false) {
    if (shown.length === 0) return { type: 'said', text: '', warning: 'what was dropped does not fit into one request' }
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

function leftOut(shown: readonly Item[], dropped: readonly Item[]): Pick<Said, 'warning'> {
  const without = dropped.length - shown.length
  return without === 0 ? {} : { warning: `the first ${without} of the dropped messages did not fit into the request` }
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
