import { z } from 'zod'
import { ThreadReader } from '../agent/index.ts'
import { compactionSaid } from '../project/index.ts'
import { allEvents, type BodyOf, type Event, type Json } from '../record/index.ts'
import { counted } from '../report/index.ts'
import { partText, shown } from './shown-text.ts'

/** What each of a page's compactions did, in words, by its event's number. Reads the journal from its beginning. */
export function compactionTexts(file: string, events: readonly Event[]): ReadonlyMap<number, string> {
  const wanted = new Set(events.filter(({ type }) => type === 'compaction').map(({ seq }) => seq))
  const texts = new Map<number, string>()
  if (wanted.size === 0) return texts
  const reader = new ThreadReader()
  const last = Math.max(...wanted)
  for (const { event } of allEvents(file)) {
    reader.add(event)
    if (event.type === 'compaction' && wanted.has(event.seq)) texts.set(event.seq, compactionText(reader, event))
    if (event.seq >= last) break
  }
  return texts
}

function compactionText(reader: ThreadReader, event: Event & BodyOf<'compaction'>): string {
  const { strategy, forced, window, tokensBefore, tokensAfter, cleared, warning } = event
  const { gone, between, cut, entered, sees, next } = compactionSaid(reader, event)
  const of = window === undefined ? '' : ` of ${whole(window)}`
  const lines = [
    `${strategy}: ${whole(tokensBefore)}${of} tokens before, ${whole(tokensAfter)} after${forced === true ? ', since the provider said that the context was too long' : ''}`,
  ]
  if (between !== undefined) {
    const messages = gone.reduce((sum, { count }) => sum + count, 0)
    const kinds = gone.map(({ who, count }) => `${count} ${shown(who)}`).join(', ')
    lines.push(`dropped ${counted(messages, 'message')}: ${kinds} (events ${between[0]} to ${between[1]})`)
  }
  if (cleared !== undefined)
    lines.push(`cleared ${counted(cleared.results, 'tool result')}: a mark is in place of each`)
  for (const { seq, from, to } of cut)
    lines.push(`cut the result in event ${seq} from ${whole(from)} to ${whole(to)} characters`)
  if (entered !== undefined) lines.push(`in their place is event ${entered}`)
  if (warning !== undefined) lines.push(`warning: ${shown(warning)}`)
  lines.push(`the model sees next ${counted(sees, 'message')}:`)
  for (const [index, { seq, who, glance }] of next.entries()) {
    if (sees > next.length && index === next.length / 2) lines.push(`  … ${counted(sees - next.length, 'message')} …`)
    lines.push(`  ${String(seq).padStart(5)} ${shown(who)} ${shown(glance)}`)
  }
  return lines.join('\n      ')
}

/** A question outside the conversation, and its answer. */
export function asideText({ aside, output, failure }: BodyOf<'model.call'>): string {
  const answer =
    failure === undefined ? (output?.parts ?? []).map(partText).join(' ') : `${failure.kind}: ${shown(failure.message)}`
  return `${shown(aside?.text ?? '')}\n      answer: ${answer}`
}

const change = z.object({ turn: z.number(), in: z.array(z.string()), out: z.array(z.string()) })
const row = z.object({
  fact: z.string(),
  inContext: z.boolean(),
  sinceShown: z.number(),
  sinceContext: z.number(),
  recalled: z.boolean().optional(),
  warning: z.string().optional(),
})

/** A note on planted facts in words; undefined for other notes. */
export function factsText(topic: string, data: Json): string | undefined {
  if (topic === 'facts') {
    const changed = change.safeParse(data)
    if (!changed.success) return undefined
    const ids = [...changed.data.in.map((id) => `+${shown(id)}`), ...changed.data.out.map((id) => `−${shown(id)}`)]
    return `in context from turn ${changed.data.turn} on: ${ids.join(', ')}`
  }
  const asked = topic === 'recall' ? row.safeParse(data) : undefined
  if (asked?.success !== true) return undefined
  const { fact, inContext, sinceShown, sinceContext, recalled, warning } = asked.data
  const said = recalled === undefined ? `no answer (${shown(warning ?? '')})` : recalled ? 'recalled' : 'not recalled'
  const where = inContext ? 'in context' : `out of context for ${counted(sinceContext, 'turn')}`
  return `${shown(fact)}: ${said}; ${where}, first shown ${counted(sinceShown, 'turn')} ago`
}

function whole(count: number): string {
  return count.toLocaleString('en-US')
}
