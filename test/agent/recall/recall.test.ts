import * as fc from 'fast-check'
import { STRATEGIES } from '../../../src/agent/index.ts'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RECALL_REQUEST, SUMMARY_REQUEST, type Compaction } from '../../../src/agent/index.ts'
import { FactTracker } from '../../../src/agent/recall/facts.ts'
import { recallPoints } from '../../../src/agent/recall/row.ts'
import type { Request } from '../../../src/model/index.ts'
import type { Message } from '../../../src/record/index.ts'
import type { Fact } from '../../../src/world/index.ts'
import { run, worker, type Ask, type Ran, type Setting } from '../compaction/rig.ts'
import { calls, text } from '../toys.ts'

const factChange = z.object({ turn: z.number(), in: z.array(z.string()), out: z.array(z.string()) })
const shares = { at: 0.8, to: 0.5 } as const

/** A fact that page `n` shows. */
function onPage(n: number): Fact {
  return { id: `page-${n}`, text: `${n} word word`, question: `What stands on page ${n}?`, answer: `value ${n}` }
}

const inTask: Fact = { id: 'task', text: 'Begin.', question: 'How does it begin?', answer: 'Begin' }

function textsOf(messages: readonly Message[]): readonly string[] {
  return messages.flatMap((message) =>
    message.role === 'assistant'
      ? message.parts.map((part) => (part.type === 'tool-call' ? part.arguments : part.text))
      : [message.text],
  )
}

/** Turns that showed a fact, read off what the model was asked. */
function turnsOf({ text: wanted }: Fact, { model }: Ran): readonly number[] {
  const turns = model.asked.filter(({ toolChoice }) => toolChoice !== 'none')
  return turns.flatMap(({ messages }, index) =>
    textsOf(messages).some((each) => each.includes(wanted)) ? [index + 1] : [],
  )
}

function assertTraces(ran: Ran, facts: readonly Fact[]): void {
  const expected = facts.map((fact) => {
    const turns = turnsOf(fact, ran)
    const [first] = turns
    const last = turns.at(-1)
    return {
      id: fact.id,
      ...(first !== undefined && { first }),
      ...(last !== undefined && { last }),
      turns: turns.length,
    }
  })
  expect(ran.facts.traces()).toEqual(expected)
  // The journal alone says the same.
  const shown = new Map(facts.map(({ id }) => [id, 0]))
  const since = new Map<string, number>()
  const turns = ran.model.asked.filter(({ toolChoice }) => toolChoice !== 'none').length
  for (const event of ran.events) {
    if (event.type !== 'note' || event.topic !== 'facts') continue
    const change = factChange.parse(event.data)
    for (const id of change.in) since.set(id, change.turn)
    for (const id of change.out) {
      shown.set(id, (shown.get(id) ?? 0) + change.turn - (since.get(id) ?? 0))
      since.delete(id)
    }
  }
  for (const [id, from] of since) shown.set(id, (shown.get(id) ?? 0) + turns - from + 1)
  expect([...shown.values()]).toEqual(expected.map((each) => each.turns))
}

describe('the record knows when each fact was in context', () => {
  // Of two digits, since page 2's text would stand on page 12 too.
  const facts = [inTask, onPage(12), onPage(19), onPage(99)]

  test.each(STRATEGIES.filter((each) => each !== 'native'))('under %s', async (strategy) => {
    const how: Compaction = strategy === 'none' ? { strategy } : { strategy, ...shares }
    const ran = await run(how, worker(30), { planted: facts, window: strategy === 'none' ? 0 : 1500 })
    assertTraces(ran, facts)
    const [task, early, late, never] = ran.facts.traces()
    const turns = ran.meters.turns
    expect(task).toMatchObject({ first: 1, last: turns, turns })
    expect(early?.first).toBeGreaterThanOrEqual(13)
    expect(late?.first).toBeGreaterThanOrEqual(20)
    if (strategy === 'none') expect(early?.last).toBe(turns)
    else expect(early?.last).toBeLessThan(turns)
    expect(never).toEqual({ id: 'page-99', turns: 0 })
  })

  test('for an agent that sees the latest result only', async () => {
    const ran = await run({ strategy: 'none' }, worker(12), {
      planted: [onPage(10), onPage(12)],
      scaffold: { context: 'latest' },
    })
    assertTraces(ran, [onPage(10), onPage(12)])
    expect(ran.facts.traces()[0]).toEqual({ id: 'page-10', first: 11, last: 11, turns: 1 })
  })

  test('a summary that holds its text brings it back', async () => {
    const ran = await run(
      { strategy: 'summary', ...shares },
      worker(40, ({ messages }) => ({
        parts: [
          text(textsOf(messages).some((each) => each.includes('12 word word')) ? 'Page: 12 word word' : 'Nothing.'),
        ],
      })),
      { planted: [onPage(12)] },
    )
    assertTraces(ran, [onPage(12)])
    expect(ran.facts.traces()[0]).toEqual({ id: 'page-12', first: 13, last: 41, turns: 29 })
  })

  test('whatever the history', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(6), { maxLength: 3 }), { maxLength: 20 }),
        fc.constantFrom(...STRATEGIES.filter((each) => each !== 'none' && each !== 'native')),
        async (history, strategy) => {
          const planted = [0, 1, 2, 3, 4, 5].map(onPage)
          let next = 0
          const ask: Ask = ({ toolChoice }) => {
            if (toolChoice === 'none') return { parts: [text('3 word word')] }
            const pages = history[next++]
            return { parts: pages?.map((n) => calls('page', { n, words: 30 * (n + 1) })) ?? [text('end')] }
          }
          const scaffold = { nudge: { text: '4 word word', times: 2 } }
          assertTraces(await run({ strategy, ...shares }, ask, { planted, scaffold, window: 900 }), planted)
        },
      ),
      { numRuns: 60, seed: 6 },
    )
  })

  test('a fact that every message would hold is refused', () => {
    expect(() => new FactTracker([{ ...inTask, text: '' }])).toThrow(/The fact "task" needs a text/)
    expect(() => new FactTracker([{ ...inTask, answer: '' }])).toThrow(/needs a text and an answer/)
  })
})

/** Knows what is shown, and says so. */
const honest = ({ messages }: Request): { parts: [ReturnType<typeof text>] } => {
  const question = textsOf(messages.slice(-1))[0] ?? ''
  if (question.startsWith(SUMMARY_REQUEST)) return { parts: [text('Nothing.')] }
  const n = /page (\d+)/.exec(question)?.[1]
  const wanted = n === undefined ? 'Begin.' : `${n} word word`
  const known = textsOf(messages.slice(0, -1)).some((each) => each.includes(wanted))
  return { parts: [text(known ? `It is value ${n ?? 'Begin'}, I think.` : 'I do not know.')] }
}

/** What was asked of the agent, without the experimenter's questions. */
const own = ({ model }: Ran): unknown[] =>
  model.asked
    .filter(({ messages }) => !textsOf(messages.slice(-1))[0]?.startsWith(RECALL_REQUEST))
    .map(({ messages, seed }) => ({ seed, messages: textsOf(messages) }))

describe('a recall probe', () => {
  const planted = [inTask, onPage(10), onPage(12)]
  const how = { strategy: 'summary', ...shares } as const
  function probed(recall: number, setting: Setting = {}, aside: Ask = honest): Promise<Ran> {
    return run(how, worker(40, aside), { planted, ...setting, scaffold: { recall } })
  }

  test('asks after each compaction for the facts that were shown, and grades by the exact answer', async () => {
    const ran = await probed(3)
    const { rows } = ran.facts
    expect(new Set(rows.map(({ compaction }) => compaction)).size).toBe(ran.compactions.length)
    for (const row of rows) {
      expect(row).toMatchObject({ strategy: 'summary', recalled: row.inContext })
      const trace = ran.facts.traces().find(({ id }) => id === row.fact)
      expect(row.sinceShown).toBe(row.turn - (trace?.first ?? 0))
      expect(row.sinceContext).toBe(row.inContext ? 0 : row.turn - (trace?.last ?? 0))
    }
    // The task is always known; a page is not, once it was dropped.
    expect(rows.filter(({ fact }) => fact === 'task').every(({ recalled }) => recalled === true)).toBe(true)
    expect(rows.some(({ fact, recalled }) => fact === 'page-10' && recalled === false)).toBe(true)
    expect(rows.every(({ fact, sinceShown }) => fact === 'task' || sinceShown >= 1)).toBe(true)
    expect(recallPoints(rows, 'sinceShown')).toHaveLength(rows.length)
    expect(ran.meters.probes).toMatchObject({ calls: rows.length, events: 2 * rows.length })
  })

  test('takes no longer number or word for the answer', async () => {
    const fact = { ...inTask, answer: '5 minutes fast' }
    const says = async (said: string): Promise<boolean> => {
      const { facts } = await probed(1, { planted: [fact] }, () => ({ parts: [text(said)] }))
      return facts.rows.length > 0 && facts.rows.every(({ recalled }) => recalled === true)
    }
    expect(await says('The clock is 5 minutes FAST.')).toBe(true)
    expect(await says('The clock is 25 minutes fast.')).toBe(false)
    expect(await says('It is 5 minutes faster.')).toBe(false)
  })

  test('changes nothing that the agent is shown, draws or uses', async () => {
    const [without, withThem] = [await probed(0, {}, honest), await probed(3, {}, honest)]
    expect(own(withThem)).toEqual(own(without))
    const { probes: _none, ...meters } = without.meters
    const { probes, ...same } = withThem.meters
    expect(same).toEqual(meters)
    expect(probes.calls).toBeGreaterThan(3)
    expect(withThem.model.asked.length).toBe(without.model.asked.length + probes.calls)
  })

  test('that the provider does not answer is a row without an answer, and the trial goes on', async () => {
    const ran = await probed(1, {}, (request) =>
      textsOf(request.messages.slice(-1))[0]?.startsWith(RECALL_REQUEST) === true
        ? { type: 'failure', kind: 'server-error', message: 'no', retries: [], timing: { sent: 0, lastToken: 0 } }
        : honest(request),
    )
    expect(ran.stop).toEqual({ type: 'said', text: 'end' })
    expect(ran.facts.rows.every(({ warning, recalled }) => warning === 'server-error' && recalled === undefined)).toBe(
      true,
    )
    expect(recallPoints(ran.facts.rows, 'sinceContext')).toEqual([])
  })

  test('asks no more facts than it is told to, each as often as any other', async () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 12; seed++) {
      const ran = await probed(1, { conduct: { seed: `s${seed}` } })
      for (const { fact, compaction } of ran.facts.rows)
        if (compaction > 4) counts.set(fact, (counts.get(fact) ?? 0) + 1)
      expect(ran.facts.rows.length).toBe(ran.compactions.length)
    }
    const [least, most] = [Math.min(...counts.values()), Math.max(...counts.values())]
    expect(counts.size).toBe(3)
    expect(most / least).toBeLessThan(4)
  })
})
