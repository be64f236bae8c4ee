import * as fc from 'fast-check'
import { STRATEGIES } from '../../../src/agent/index.ts'
import { expect } from 'vitest'
import { NOTES_TOOL, SAVE_REQUEST, ThreadReader, type Compaction } from '../../../src/agent/index.ts'
import type { Answer } from '../../../src/model/index.ts'
import type { Message, Part, Usage } from '../../../src/record/index.ts'
import { calls, text, type Line } from '../toys.ts'
import { run, type Ask, type Ran } from './rig.ts'

/** One turn of a random history: what is said, and how many words each page has that it asks for. */
interface Turn {
  readonly said: string
  readonly pages: readonly number[]
  readonly overflow: boolean
}

const turn: fc.Arbitrary<Turn> = fc.record({
  said: fc.oneof({ weight: 4, arbitrary: fc.string({ maxLength: 120 }) }, fc.string({ maxLength: 3000, size: 'max' })),
  pages: fc.array(
    fc.oneof({ weight: 8, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.integer({ min: 500, max: 3000 }) }),
    { maxLength: 3 },
  ),
  overflow: fc.boolean().chain((once) => (once ? fc.nat(12).map((n) => n === 0) : fc.constant(false))),
})

const shares = fc.record({ at: fc.constantFrom(0.6, 0.8, 1), to: fc.constantFrom(0.05, 0.2, 0.5) })
const compaction: fc.Arbitrary<Compaction> = fc.oneof(
  fc.constant({ strategy: 'none' } as const),
  ...STRATEGIES.filter((strategy) => strategy !== 'none').map((strategy) =>
    shares.map((own) => ({ strategy, ...own })),
  ),
)

/** Plays a history; `counts` is how many tokens its provider counts to one that we estimate, or 0 where it counts none. */
function player(history: readonly Turn[], summary: string, counts: number): Ask {
  let next = 0
  return ({ messages, toolChoice }) => {
    const usage: Usage = counts === 0 ? {} : { input: Math.ceil(counts * lengthOf(messages)), output: 7 }
    const line = (...parts: readonly Part[]): Line => ({ parts, usage })
    if (toolChoice === 'none') return line(text(summary))
    const last = messages.at(-1)
    if (last?.role === 'user' && last.text.startsWith(SAVE_REQUEST)) return line(calls(NOTES_TOOL, { text: summary }))
    const now = history[next++]
    if (now === undefined) return line(text('end'))
    if (now.overflow) return tooLong
    return line(text(now.said), ...now.pages.map((words, n) => calls('page', { n, words })))
  }
}

const tooLong: Answer = {
  type: 'failure',
  kind: 'context-overflow',
  message: 'too long',
  retries: [],
  timing: { sent: 0, lastToken: 0 },
}

function lengthOf(messages: readonly Message[]): number {
  return JSON.stringify(messages).length / 4
}

/** What is left after a compaction that did not reach its target cannot be made smaller by its strategy. */
function assertLeast({ events }: Ran, { strategy, to }: Exclude<Compaction, { strategy: 'none' }>): void {
  const reader = new ThreadReader()
  for (const event of events) {
    reader.add(event)
    if (event.type !== 'compaction' || event.cut !== undefined || event.window === undefined) continue
    if (event.tokensAfter <= to * event.window) continue
    const rest = reader
      .shown({ base: event.seq, ranges: [] })
      .slice(2)
      .map(({ message }) => message)
    if (strategy === 'clear') {
      const latest = rest.findLastIndex(({ role }) => role !== 'tool')
      for (const message of rest.slice(0, latest))
        if (message.role === 'tool') expect(message.text.length).toBeLessThanOrEqual(100)
    } else {
      const turns = rest.filter(({ role }) => role !== 'tool').length
      expect(turns).toBeLessThanOrEqual(event.entered === undefined ? 1 : 2)
    }
  }
}

/** So many random histories under random compactions: whole pairs, the prefix first, the target where it can be had, the same replay. */
export async function assertWhatever(numRuns: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      compaction,
      fc.array(turn, { maxLength: 25 }),
      fc.oneof(fc.string({ maxLength: 300 }), fc.constant(''), fc.constant('long '.repeat(2000))),
      fc.constantFrom(0, 0.7, 1.6),
      fc.constantFrom(250, 600, 1500, 0),
      async (how, history, summary, counts, window) => {
        const native = { compact: async (): Promise<Answer> => own(summary) }
        const ran = await run(how, player(history, summary, counts), {
          window,
          scaffold: { nudge: { text: 'Use a tool.', times: 3 } },
          ...(how.strategy === 'native' && { change: native }),
        })
        expect(ran.stop.type === 'said' || (ran.stop.type === 'limit' && ran.stop.reached.limit === 'context')).toBe(
          true,
        )
        if (how.strategy === 'none') expect(ran.compactions).toEqual([])
        else assertLeast(ran, how)
      },
    ),
    { numRuns, seed },
  )
}

function own(summary: string): Answer {
  const timing = { sent: 0, lastToken: 0 }
  return { type: 'reply', parts: [text(summary)], finish: 'stop', usage: {}, timing, retries: [], ids: {} }
}
