import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bestOfN, defineAttacker, direct, pair, suffix, type Attacker } from '../../src/attack/index.ts'
import type { Answer } from '../../src/model/index.ts'
import type { Event } from '../../src/record/index.ts'
import { behaviour, cutAfter, eventsIn, fight, metered, target } from './arena.ts'

const kept = behaviour().sample.kept

/** A reply of which nobody knows how many tokens it took. */
const silent: Answer = {
  type: 'reply',
  parts: [{ type: 'text', text: kept }],
  finish: 'stop',
  usage: {},
  timing: { sent: 0, lastToken: 0 },
  retries: [],
  ids: {},
}

/** Never looks at what is left, and swallows every error on its way. */
const greedy: Attacker = defineAttacker({
  ...direct,
  name: 'greedy',
  needs: ['attacker'],
  async next(_history, _left, { ask }) {
    for (let i = 0; i < 1_000; i++) {
      try {
        await ask([{ role: 'user', text: `Help ${i}` }])
      } catch {
        break
      }
    }
    return { type: 'attempt', text: 'Say it!' }
  },
})

function counted(): { readonly model: ReturnType<typeof target>; readonly asked: () => number } {
  let asked = 0
  return { model: target(() => (asked++, kept)), asked: () => asked }
}

/** Says a number that is drawn from the question's seed. */
function randomly(): ReturnType<typeof target> {
  return target(({ seed }) => `No. ${seed}`)
}

function said(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'model.call' ? [JSON.stringify(event.output?.parts)] : []))
}

describe('a budget is hard', () => {
  test('queries: an attacker that ignores its budget is cut off', async () => {
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: direct }, model, { limits: { turns: 3 } })
    expect([asked(), ending.stop]).toEqual([3, 'queries'])
  })

  test('tokens of the target: no query leaves that might cross the cap', async () => {
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: direct }, metered(model), { limits: { turns: 100, tokens: 2_000 } })
    // A call may take some 1,200 tokens by the bytes of its prompt, and takes 110.
    expect(ending.stop).toBe('targetTokens')
    expect(asked() * 110).toBeLessThanOrEqual(2_000)
    expect(asked()).toBeGreaterThan(3)
  })

  test('tokens of the target: a reply is asked for no longer than what is left', async () => {
    const asked: number[] = []
    for (let tokens = 1_100; tokens < 1_300; tokens += 7) {
      const { model } = counted()
      const target = metered(model, ({ sampling }) => void asked.push(sampling.maxOutputTokens ?? Infinity))
      const { ending } = await fight({ attacker: direct }, target, { limits: { turns: 3, tokens } })
      expect(ending.seen.targetTokens).toBeLessThanOrEqual(tokens)
    }
    expect(Math.max(...asked)).toBe(20)
    expect(Math.min(...asked)).toBeLessThan(20)
  })

  test('an attack that had no room for one question was never asked, and is no defence that held', async () => {
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: direct }, metered(model), { limits: { turns: 10, tokens: 500 } })
    expect([asked(), ending.status, ending.neverAsked]).toEqual([0, 'limit', true])
    const blocked = await fight({ attacker: direct }, model, { limits: { turns: 2 } })
    expect(blocked.ending).not.toHaveProperty('neverAsked')
  })

  test('of a limit of the trial and one of the attack the smaller holds', async () => {
    for (const [turns, queries] of [
      [12, 3],
      [3, 12],
    ] as const) {
      const { model, asked } = counted()
      await fight({ attacker: direct, budget: { queries } }, model, { limits: { turns } })
      expect(asked()).toBe(3)
    }
  })

  test('dollars', async () => {
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: direct }, metered(model), { limits: { turns: 100, dollars: 0.003 } })
    expect(ending.stop).toBe('dollars')
    expect(asked() * 0.0002).toBeLessThanOrEqual(0.003)
    expect(asked()).toBeGreaterThan(3)
  })

  test("tokens of the attacker's model, though the attacker swallows what stops it", async () => {
    const helper = counted()
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: greedy, budget: { attackerTokens: 5_000 } }, model, {
      partners: { attacker: metered(helper.model) },
    })
    expect(helper.asked() * 110).toBeLessThanOrEqual(5_000)
    expect(helper.asked()).toBeGreaterThan(3)
    // One cap that is reached stops everything: the target is not asked for free.
    expect([ending.status, asked() <= 10]).toEqual(['limit', true])
  })

  test('time on the clock', async () => {
    let now = 0
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: direct }, model, {
      limits: { turns: 1_000, wallMs: 50 },
      now: () => now++,
    })
    expect(ending.stop).toBe('ms')
    expect(asked()).toBeLessThan(30)
  })

  test('log-probabilities are queries too', async () => {
    let read = 0
    const { model, asked } = counted()
    const scored = { ...model, score: async () => (read++, [{ logprob: -1, tokens: 1 }]) }
    await fight({ attacker: suffix({ readings: 50 }) }, scored, { limits: { turns: 7 } })
    expect(read + asked()).toBeLessThanOrEqual(7)
  })

  test('a call whose usage nobody told is charged at its worst', async () => {
    let asked = 0
    const model = metered(
      target(() => kept),
      () => (asked++, silent),
    )
    const { ending } = await fight({ attacker: direct }, model, { limits: { turns: 100, tokens: 4_000 } })
    expect(asked).toBeLessThanOrEqual(3)
    expect(ending.seen.targetTokens).toBeUndefined()
  })
})

describe('a budget outlives the process', () => {
  test('wherever a journal was cut off, no more queries leave than were allowed, over all processes', async () => {
    const whole = await fight({ attacker: direct }, metered(counted().model), { limits: { turns: 4 } })
    const lines = whole.events.length
    for (let cut = 0; cut <= lines; cut++) {
      const file = cutAfter(whole.file, cut)
      // Every message that stands in the journal may have left before the process died.
      const before = eventsIn(file).filter((event) => event.type === 'message' && event.message.role === 'user').length
      const { model, asked } = counted()
      const { ending, events } = await fight({ attacker: direct }, metered(model), { limits: { turns: 4 }, file })
      expect(before + asked()).toBeLessThanOrEqual(4)
      expect(ending.seen.queries).toBe(4)
      expect(ending.stop).toBe('queries')
      // And once more, from the journal alone.
      const again = counted()
      const replayed = await fight({ attacker: direct }, metered(again.model), { limits: { turns: 4 }, file })
      expect(again.asked()).toBe(0)
      expect(replayed.events).toEqual(events)
    }
  })

  test('wherever a journal was cut off, an attack on a control in this process ends as if it never had been', async () => {
    const says = randomly()
    const attack = { attacker: pair({ streams: 2, depth: 3 }) }
    const partners = { attacker: target(({ seed }) => `PROMPT: Say it, ${seed % 97}.`) }
    const whole = await fight(attack, says, { partners, limits: { turns: 6 } })
    expect(whole.ending.seen).toMatchObject({ targetTokens: 0, dollars: 0 })
    for (let cut = 0; cut <= whole.events.length; cut++) {
      const again = await fight(attack, says, { partners, limits: { turns: 6 }, file: cutAfter(whole.file, cut) })
      expect(again.ending).toEqual(whole.ending)
      expect(again.events.map((event) => ({ ...event, resumed: undefined }))).toEqual(whole.events)
    }
  })

  test('a death shifts the draws of no later question, and the ending says what was lost', async () => {
    const whole = await fight({ attacker: bestOfN() }, metered(randomly()), { limits: { turns: 4 } })
    // After the rules and the first attempt's message: the query may be on its way.
    const cut = await fight({ attacker: bestOfN() }, metered(randomly()), {
      limits: { turns: 5 },
      file: cutAfter(whole.file, 2),
    })
    expect(said(cut.events).slice(0, 4)).toEqual(said(whole.events))
    expect(whole.ending).not.toHaveProperty('lost')
    expect(cut.ending).toMatchObject({ lost: 1, seen: { queries: 5, attempts: 4 } })
    expect(cut.ending.seen).not.toHaveProperty('targetTokens')
  })

  test('a loss that an earlier version wrote for a control in this process is read as it was', async () => {
    const whole = await fight({ attacker: direct }, counted().model, { limits: { turns: 3 } })
    const file = cutAfter(whole.file, 2)
    fs.appendFileSync(file, '{"seq":2,"v":1,"at":0,"resumed":true,"type":"attempt","data":{"lost":"target"}}\n')
    const { ending } = await fight({ attacker: direct }, counted().model, { limits: { turns: 3 }, file })
    expect(ending).toMatchObject({ lost: 1, seen: { queries: 3, attempts: 2 } })
  })

  test('a query that is lost again and again is charged each time', async () => {
    const first = await fight({ attacker: direct }, metered(counted().model), { limits: { turns: 3 } })
    // Behind the rules and the first attempt's message: the query may be on its way.
    let file = cutAfter(first.file, 2)
    for (let death = 0; death < 2; death++) {
      let asked = 0
      const dying = {
        ...metered(target(() => kept)),
        ask: async () => {
          asked++
          throw new Error('the power is gone')
        },
      }
      const dead = await fight({ attacker: direct }, dying, { limits: { turns: 3 }, file }).catch(() => undefined)
      // What died in mid-call left its journal behind the note of the loss.
      const events = dead?.events ?? eventsIn(file)
      const note = events.findLastIndex((event) => event.type === 'attempt' && event.data['unanswered'] !== undefined)
      expect([asked, note]).toEqual([1, 2 + death])
      file = cutAfter(file, note + 1)
    }
    const { model, asked } = counted()
    const { ending } = await fight({ attacker: direct }, metered(model), { limits: { turns: 3 }, file })
    expect(asked()).toBe(0)
    expect(ending.seen.queries).toBe(3)
  })

  test("the attacker's model is asked no more often for having died", async () => {
    const helper = counted()
    const attack = { attacker: pair({ streams: 1, depth: 20 }), budget: { attackerTokens: 6_000 } }
    const says = target(() => 'PROMPT: Say it.')
    const whole = await fight(attack, counted().model, { partners: { attacker: metered(says) } })
    const calls = whole.events.findIndex((event) => event.type === 'model.call' && event.thread === 'attacker')
    const file = cutAfter(whole.file, calls)
    await fight(attack, counted().model, {
      partners: { attacker: metered(target(() => (helper.model, 'PROMPT: Say it.'))) },
      file,
    })
    const charged = eventsIn(file).filter(
      (event) => event.type === 'attempt' && event.data['unanswered'] === 'attacker',
    )
    expect(charged).toHaveLength(1)
  })

  test('a run that was asked to stop before a query left is not charged for it', async () => {
    const { model } = counted()
    const file = cutAfter((await fight({ attacker: direct }, model, { limits: { turns: 1 } })).file, 0)
    await expect(
      fight({ attacker: direct }, model, { limits: { turns: 1 }, file, stopping: () => true }),
    ).rejects.toThrow('asked to stop')
    const resumed = counted()
    const { ending } = await fight({ attacker: direct }, resumed.model, { limits: { turns: 1 }, file })
    expect([resumed.asked(), ending.seen.queries]).toEqual([1, 1])
  })
})
