import type { PlacedMessage, ThreadReader } from '../agent/index.ts'
import type { BodyOf, Event, Message } from '../record/index.ts'

/** A message named in a compaction: the event that holds it, and how it begins, on one line. */
export interface MessageMark {
  readonly seq: number
  readonly who: string
  readonly glance: string
}

/** What a compaction did: what went, and what the model sees next. */
export interface CompactionSaid {
  /** Messages that went, counted by who said them: `of the assistant`, `results of read`. */
  readonly gone: readonly { readonly who: string; readonly count: number }[]
  /** First and last event of what went. */
  readonly between?: readonly [first: number, last: number]
  /** Results that were cut, and the event of each. */
  readonly cut: readonly { readonly seq: number; readonly from: number; readonly to: number }[]
  /** The event of what stands in place of it. */
  readonly entered?: number
  readonly sees: number
  /** The first and the last of what the model sees next: all of it, or as many of each. */
  readonly next: readonly MessageMark[]
}

/** Messages of what comes next that are named: so many of the first and of the last. */
const NAMED = 5
/** Characters of each. */
const GLANCE = 120

/** @param reader has read the journal up to the compaction, which it is told by */
export function compactionSaid(
  reader: ThreadReader,
  { seq, thread, dropped, cut, entered }: Event & BodyOf<'compaction'>,
): CompactionSaid {
  const gone = reader.shown({ ranges: dropped }, thread)
  const next = reader.shown({ base: seq, ranges: [] }, thread)
  const [first, last] = [gone[0], gone.at(-1)]
  const placeOf = (message: number): number | undefined =>
    reader.shown({ ranges: [[message, message + 1]] }, thread)[0]?.seq
  const instead = entered === undefined ? undefined : placeOf(entered)
  const kinds = Map.groupBy(gone, ({ message }) =>
    message.role === 'tool' ? `results of ${message.name}` : `of the ${message.role}`,
  )
  return {
    gone: [...kinds].map(([who, { length }]) => ({ who, count: length })),
    ...(first !== undefined && last !== undefined && { between: [first.seq, last.seq] as const }),
    cut: (cut ?? []).flatMap(({ message, characters, kept }) => {
      const at = placeOf(message)
      return at === undefined ? [] : [{ seq: at, from: characters, to: kept }]
    }),
    ...(instead !== undefined && { entered: instead }),
    sees: next.length,
    next: (next.length <= 2 * NAMED ? next : [...next.slice(0, NAMED), ...next.slice(-NAMED)]).map(mark),
  }
}

function mark({ seq, message }: PlacedMessage): MessageMark {
  const who = message.role === 'tool' ? `result of ${message.name}` : message.role
  return { seq, who, glance: textOf(message).replaceAll(/\s+/g, ' ').trim().slice(0, GLANCE) }
}

function textOf(message: Message): string {
  if (message.role !== 'assistant') return message.text.slice(0, 10 * GLANCE)
  return message.parts
    .map((part) => (part.type === 'tool-call' ? `${part.name} ${part.arguments}` : part.text).slice(0, 10 * GLANCE))
    .join(' ')
}
