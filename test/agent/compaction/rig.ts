import path from 'node:path'
import { z } from 'zod'
import { expect } from 'vitest'
import {
  defineTool,
  ThreadReader,
  type Compaction,
  type Conduct,
  type Effects,
  type Scaffold,
  type Stop,
  type ThreadSpec,
  type Tool,
} from '../../../src/agent/index.ts'
import { newMeters, type Meters } from '../../../src/agent/meters.ts'
import { FactTracker } from '../../../src/agent/recall/facts.ts'
import type { Answer, Model, Request } from '../../../src/model/index.ts'
import { allEvents, Journal, type BodyOf, type Event, type Message } from '../../../src/record/index.ts'
import type { Fact } from '../../../src/world/index.ts'
import { options } from '../../record/events.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { calls, desk, scripted, text, thread, type Line, type Scripted } from '../toys.ts'

export type Ask = (request: Request, turn: number) => Line | Answer | Promise<Line | Answer>

/** The desk with a tool whose results are long though its calls are short. */
function tools(): ReadonlyMap<string, Tool> {
  const page = defineTool({
    name: 'page',
    description: 'Read a page.',
    input: z.object({ n: z.number(), words: z.number().optional() }),
    effect: 'deterministic',
    run: ({ n, words = 40 }) => ({ text: `${n} ${'word '.repeat(words)}` }),
  })
  return new Map([...desk(), ['page', page]])
}

/** Reads so many pages and ends; what it is asked aside it answers by `aside`. */
export function worker(turns: number, aside: Ask = () => ({ parts: [text('Nothing new.')] })): Ask {
  let done = 0
  return (request, turn) => {
    if (request.toolChoice === 'none') return aside(request, turn)
    return done++ < turns ? { parts: [calls('page', { n: done })] } : { parts: [text('end')] }
  }
}

export interface Ran {
  readonly stop: Stop
  readonly events: readonly Event[]
  readonly compactions: readonly (Event & BodyOf<'compaction'>)[]
  readonly model: Scripted
  readonly file: string
  readonly facts: FactTracker
  readonly meters: Meters
}

export interface Setting {
  readonly scaffold?: Partial<Scaffold>
  readonly window?: number
  readonly change?: Partial<Model>
  readonly opening?: ThreadSpec['opening']
  readonly planted?: readonly Fact[]
  readonly conduct?: Omit<Partial<Conduct>, 'meters'>
  readonly effects?: Partial<Effects>
}

/**
 * Runs a thread under a compaction, and holds what must always be: the journal says for each call exactly what the model
 * was shown, no pair is split, the prefix stands first, and running the journal again asks nobody and ends the same.
 */
export async function run(compaction: Compaction, ask: Ask, setting: Setting = {}): Promise<Ran> {
  const file = path.join(temporaryFolder(), 'a.jsonl')
  const { window = 1000, change } = setting
  const own = { ...(window > 0 && { window }), ...change }
  const model: Scripted = scripted(ask, { ...own, ...watched(own, () => model) })
  const once = await again(file, compaction, model, setting)
  const events = [...allEvents(file)].map(({ event }) => event)
  assertShown(events, model, setting)

  const silent = scripted(() => Promise.reject(new Error('asked again')), { ...own, ...silentCompact(own) })
  const twice = await again(file, compaction, silent, setting)
  expect(twice.stop).toEqual(once.stop)
  expect(twice.seq).toBe(events.length)
  expect(twice.meters).toEqual(once.meters)
  expect(twice.facts.traces()).toEqual(once.facts.traces())
  expect(twice.facts.rows).toEqual(once.facts.rows)
  return { ...once, events, compactions: events.filter((event) => event.type === 'compaction'), model, file }
}

/** Runs a thread on a journal, from where that ends. */
export async function again(
  file: string,
  compaction: Compaction,
  model: Model,
  { scaffold, opening, planted, conduct, effects }: Setting,
): Promise<Pick<Ran, 'stop' | 'facts' | 'meters'> & { readonly seq: number }> {
  const journal = new Journal(file, options())
  const facts = new FactTracker(planted ?? [])
  const meters = newMeters()
  const stop = await thread(journal, model, {
    scaffold: { compaction, ...scaffold },
    tools: tools(),
    ...(opening !== undefined && { opening }),
    ...(planted !== undefined && { facts }),
    conduct: { ...conduct, meters },
    ...(effects !== undefined && { effects }),
  })
  await journal.close()
  return { stop, facts, meters, seq: journal.seq }
}

const opening: readonly Message[] = [
  { role: 'system', text: 'Rules.' },
  { role: 'user', text: 'Begin.' },
]

/** What the model's own compaction is asked stands among what it is asked. */
function watched({ compact }: Partial<Model>, model: () => Scripted): Partial<Model> {
  if (compact === undefined) return {}
  return {
    compact(request, options) {
      model().asked.push({ ...request, messages: [...request.messages] })
      return compact(request, options)
    },
  }
}

function silentCompact({ compact }: Partial<Model>): Partial<Model> {
  return compact === undefined ? {} : { compact: () => Promise.reject(new Error('compacted again')) }
}

/** Each call was shown what the journal says; an agent without memory is shown results as a user's words. */
function assertShown(events: readonly Event[], { asked }: Scripted, setting: Setting): void {
  if (setting.scaffold?.context === 'latest') return
  const prefix = setting.opening ?? opening
  const reader = new ThreadReader()
  let call = 0
  for (const event of events) {
    if (event.type === 'model.call') {
      const messages = asked[call++]?.messages ?? []
      const shown = reader.shown(event.input).map(({ message }) => message)
      const aside: Message[] = event.aside === undefined ? [] : [{ role: 'user', text: event.aside.text }]
      expect([...shown, ...aside]).toEqual(messages)
      expect(messages.slice(0, prefix.length)).toEqual(prefix)
      expect(pairsAreWhole(messages)).toBe(true)
    }
    if (event.type === 'compaction') expect(event.tokensAfter).toBeLessThan(event.tokensBefore)
    reader.add(event)
  }
  expect(call).toBe(asked.length)
}

/** Each result stands behind the call it answers, and each call has its result before the next words. */
function pairsAreWhole(messages: readonly Message[]): boolean {
  let open: string[] = []
  for (const message of messages) {
    if (message.role === 'tool') {
      if (!open.includes(message.callId)) return false
      open = open.filter((id) => id !== message.callId)
      continue
    }
    if (open.length > 0) return false
    if (message.role === 'assistant')
      open = message.parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []))
  }
  return open.length === 0
}
