import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ThreadReader, type Limits } from '../../src/agent/index.ts'
import { limitReached, tighter } from '../../src/agent/limits.ts'
import { newMeters, spend, totalCost, totalUsage } from '../../src/agent/meters.ts'
import type { Model, Pricing } from '../../src/model/index.ts'
import { allEvents, Journal, type Event, type Message } from '../../src/record/index.ts'
import { options } from '../record/events.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { calls, conductOf, desk, scripted, text, thread } from './toys.ts'

const pricing: Pricing = {
  type: 'scripted',
  price: { input: 1_000_000, output: 1_000_000, asOf: '2026-01-01', source: 'test' },
}

/** A model that uses ten tokens in and five out, or as many as it may, and three milliseconds, a turn. */
function spender(turns = 50): Model {
  return scripted(
    ({ sampling: { maxOutputTokens = 5 } }, turn) => ({
      parts: turn < turns ? [calls('add', { n: 1 })] : [text('end')],
      usage: { input: 10, output: Math.min(5, maxOutputTokens) },
      took: 3,
    }),
    { pricing },
  )
}

function eventsOf(file: string): Event[] {
  return [...allEvents(file)].map(({ event }) => event)
}

const cases: readonly (readonly [keyof Limits, number, number])[] = [
  // limit, cap, model calls that fit
  ['turns', 4, 4],
  // Two to begin with and two a turn: after four turns ten; the fifth call would be the eleventh, its result the twelfth.
  ['messages', 10, 4],
  // Six replies of five, and one of the two that are left.
  ['outputTokens', 32, 7],
  ['workingMs', 10, 4],
]

describe('a limit', () => {
  test.each(cases)(
    'on %s stops before the call that would cross it, and stays when the trial is resumed',
    async (limit, cap, fit) => {
      const file = path.join(temporaryFolder(), 'a.jsonl')
      const limits = { [limit]: cap }
      const conduct = (): Partial<ReturnType<typeof conductOf>> => ({
        limits,
        sampling: { maxOutputTokens: 7 },
        meters: newMeters(),
      })
      const journal = new Journal(file, options())
      const stop = await thread(journal, spender(), { conduct: conduct() })
      await journal.close()
      expect(stop).toMatchObject({ type: 'limit', reached: { limit, cap } })
      const events = eventsOf(file)
      expect(events.filter(({ type }) => type === 'model.call')).toHaveLength(fit)
      expect(events.at(-1)).toMatchObject({ type: 'limit', limit, cap })

      const again = new Journal(file, options())
      const silent = scripted(() => Promise.reject(new Error('asked again')), { pricing })
      expect(await thread(again, silent, { conduct: conduct() })).toEqual(stop)
      await again.close()
      expect(eventsOf(file)).toHaveLength(events.length)
    },
  )

  test.each([
    ['inputTokens', 95],
    ['tokens', 140],
    ['dollars', 140],
  ] as const)('on %s is never crossed, whatever the cap', async (limit, top) => {
    for (let cap = 5; cap < top; cap += 15) {
      const journal = new Journal(path.join(temporaryFolder(), 'a.jsonl'), options())
      const meters = newMeters()
      const stop = await thread(journal, spender(), {
        tools: new Map([...desk()].filter(([name]) => name === 'add')),
        conduct: { limits: { [limit]: cap }, sampling: { maxOutputTokens: 5 }, meters },
      })
      await journal.close()
      const used = {
        inputTokens: meters.inputTokens,
        tokens: meters.inputTokens + meters.outputTokens,
        dollars: meters.dollars,
      }
      expect(stop).toMatchObject({ type: 'limit', reached: { limit, used: used[limit] } })
      expect(used[limit]).toBeLessThanOrEqual(cap)
    }
  })

  test('on wall time counts only while a process works on the trial', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    let time = 0
    const clock = options({ now: () => (time += 10) })
    const first = new Journal(file, clock)
    let asked = 0
    const model = (stopAfter: number) => ({
      model: spender(),
      effects: { stopping: () => asked++ >= stopAfter },
    })
    const one = model(3)
    await expect(
      thread(first, one.model, { conduct: { limits: { wallMs: 300 } }, effects: one.effects }),
    ).rejects.toThrow(/stop/)
    await first.close()
    time = 1e9
    asked = -100
    const second = new Journal(file, clock)
    const two = model(1e9)
    const stop = await thread(second, two.model, { conduct: { limits: { wallMs: 300 } }, effects: two.effects })
    await second.close()
    expect(stop).toMatchObject({ type: 'limit', reached: { limit: 'wallMs', cap: 300 } })
    expect(second.wallMs).toBeLessThan(350)
  })

  test('stands before every call of a reply, not only before the next reply', async () => {
    const journal = new Journal(path.join(temporaryFolder(), 'a.jsonl'), options())
    const greedy = scripted(() => ({ parts: Array.from({ length: 500 }, () => calls('add', { n: 1 })) }))
    const stop = await thread(journal, greedy, { conduct: { limits: { messages: 20 } } })
    await journal.close()
    expect(stop).toMatchObject({ type: 'limit', reached: { limit: 'messages', used: 20, cap: 20 } })
    expect(eventsOf(journal.path).filter(({ type }) => type === 'tool.call')).toHaveLength(17)
  })

  test('counts calls that said nothing at what they may have used', () => {
    const meters = newMeters()
    const next = { inputTokens: 100, outputTokens: 50, dollars: 2 }
    spend(meters, { usage: {}, cost: { type: 'unknown', why: 'no price' }, timing: { working: 1 } }, next)
    expect(limitReached({ tokens: 299 }, meters, next, { wallMs: 0, days: 0 })).toMatchObject({
      limit: 'tokens',
      used: 150,
    })
    expect(limitReached({ dollars: 3 }, meters, next, { wallMs: 0, days: 0 })).toMatchObject({
      limit: 'dollars',
      used: 2,
    })
    expect(totalUsage(meters)).toEqual({})
    expect(totalCost(meters)).toEqual({ type: 'unknown', why: 'no price' })
  })
})

test('where two sets of limits meet, the smaller of each holds', () => {
  expect(tighter<Limits>({ turns: 3, tokens: 500 }, { turns: 12, tokens: 100, days: 2 })).toEqual({
    turns: 3,
    tokens: 100,
    days: 2,
  })
})

describe('a window', () => {
  const long = 'word '.repeat(40)

  test('that is full ends a trial without compaction as a limit on its context', async () => {
    const journal = new Journal(path.join(temporaryFolder(), 'a.jsonl'), options())
    const model = scripted(() => ({ parts: [calls('echo', { text: long })] }), { window: 1000 })
    const stop = await thread(journal, model, { conduct: { limits: { turns: 100 } } })
    await journal.close()
    expect(stop).toMatchObject({ type: 'limit', reached: { limit: 'context', cap: 1000 } })
    expect(model.asked.length).toBeGreaterThan(3)
  })

  test('is kept by trimming, and each call’s reference names the messages it was shown', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const scaffold = { compaction: { strategy: 'trim', at: 0.8, to: 0.5 } } as const
    const model = scripted(
      (_, turn) => ({ parts: turn < 60 ? [calls('echo', { text: `${turn} ${long}` })] : [text('end')] }),
      { window: 1000 },
    )
    const journal = new Journal(file, options())
    expect(await thread(journal, model, { scaffold })).toEqual({ type: 'said', text: 'end' })
    await journal.close()

    const events = eventsOf(file)
    const reader = new ThreadReader()
    const shown: (readonly Message[])[] = []
    for (const event of events) {
      if (event.type === 'model.call') shown.push(reader.shown(event.input).map(({ message }) => message))
      reader.add(event)
    }
    expect(shown).toEqual(model.asked.map(({ messages }) => messages))
    const compactions = events.filter(({ type }) => type === 'compaction')
    expect(compactions.length).toBeGreaterThan(3)
    for (const event of compactions) expect(event).toMatchObject({ strategy: 'trim' })

    const again = new Journal(file, options())
    const silent = scripted(() => Promise.reject(new Error('asked again')), { window: 1000 })
    expect(await thread(again, silent, { scaffold })).toEqual({ type: 'said', text: 'end' })
    await again.close()
  })
})
