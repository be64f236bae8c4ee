import path from 'node:path'
import { expect, test } from 'vitest'
import { runAgent, type AgentTask, type Ending } from '../../src/agent/index.ts'
import type { Model, Request } from '../../src/model/index.ts'
import { allEvents, Journal, randomFrom, type Event } from '../../src/record/index.ts'
import { options } from '../record/events.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { calls, effectsOf, farm, plain, scripted, text } from './toys.ts'

const QUESTION = 'Was that a test?'
const task: AgentTask = { scaffold: plain, sampling: {}, limits: {}, world: farm(), worldSeed: 'w', modelSeed: 'm' }

/** Draws what it does from the seed that it is given, so that a seed that moved would show. */
function drawing({ seed, messages, toolChoice }: Request): { readonly parts: [ReturnType<typeof text>] } {
  const drawn = Math.floor(100 * randomFrom(seed)())
  const last = messages.at(-1)
  if (last?.role === 'user' && last.text === QUESTION) {
    expect(toolChoice).toBe('none')
    return { parts: [text(`${drawn}%`)] }
  }
  return { parts: [drawn < 80 ? calls('sleep', {}) : text(`done ${drawn}`)] }
}

async function ran(
  change: Partial<AgentTask>,
  model: Model = scripted(drawing),
): Promise<{ readonly ending: Ending; readonly events: readonly Event[]; readonly file: string }> {
  const file = path.join(temporaryFolder(), 'a.jsonl')
  const journal = new Journal(file, options())
  const ending = await runAgent({ ...task, ...change }, effectsOf(journal, model))
  await journal.close()
  return { ending, events: [...allEvents(file)].map(({ event }) => event), file }
}

/** An event without its number, its times and the ids that a toy counts up. */
function said(event: Event): unknown {
  return JSON.parse(
    JSON.stringify(event, (key, value: unknown) =>
      ['at', 'ms', 'id', 'callId', 'wallMs', 'timing', 'toolCallId', 'call'].includes(key) ? undefined : value,
    ),
  )
}

test.each(Array.from({ length: 20 }, (_, seed) => [`m${seed}`]))(
  'with and without a fork a trial has the same events and draws up to it, seed %s',
  async (modelSeed) => {
    const without = await ran({ modelSeed })
    const asked = await ran({ modelSeed, fork: QUESTION })
    const before = asked.events.slice(0, without.events.length)
    expect(before.map(said)).toEqual(without.events.map(said))
    const [fork, ...more] = asked.events.slice(without.events.length)
    expect(more).toEqual([])
    expect(fork).toMatchObject({ type: 'model.call', aside: { purpose: 'fork', text: QUESTION } })
    const { forked, meters, ...rest } = asked.ending
    expect(forked).toMatch(/^\d+%$/)
    const { meters: alone, ...same } = without.ending
    expect(rest).toEqual(same)
    // What asking used is on a meter of its own.
    expect({ ...meters, probes: undefined }).toEqual({ ...alone, probes: undefined })
    expect(meters.probes.calls).toBe(1)
  },
)

test('the model is shown all that it said and did, and the question last', async () => {
  const model = scripted((_, turn) => ({ parts: [turn === 0 ? calls('sleep') : text('done')] }))
  await ran({ fork: QUESTION }, model)
  const [first, second, fork] = model.asked
  expect(fork?.messages.slice(0, second?.messages.length)).toEqual(second?.messages)
  expect(fork?.messages.slice(-2)).toEqual([
    { role: 'assistant', parts: [text('done')] },
    { role: 'user', text: QUESTION },
  ])
  expect(fork?.tools).toEqual(first?.tools)
})

test('no limit of the agent is used up by the fork, and one that ended it does not stop the question', async () => {
  const model = scripted((_, turn) => ({ parts: [turn < 2 ? calls('sleep') : text('70%')] }))
  const { ending } = await ran({ fork: QUESTION, limits: { turns: 2 } }, model)
  expect(ending).toMatchObject({ status: 'limit', stop: 'turns', forked: '70%' })
  expect(ending.meters.turns).toBe(2)
})

test('a fork that brings no reply says nothing, and the trial is as good as it was', async () => {
  const model = scripted((_, turn) =>
    turn === 0
      ? { parts: [text('done')] }
      : { type: 'failure', kind: 'server-error', message: 'down', retries: [], timing: { sent: 0, lastToken: 0 } },
  )
  const { ending } = await ran({ fork: QUESTION }, model)
  expect(ending.status).toBe('completed')
  expect(ending.forked).toBeUndefined()
})

test('a resumed trial reads the fork back and asks nobody again', async () => {
  const { ending, file } = await ran({ fork: QUESTION })
  const again = new Journal(file, options())
  const silent = scripted(() => Promise.reject(new Error('asked again')))
  expect(await runAgent({ ...task, fork: QUESTION }, effectsOf(again, silent))).toEqual(ending)
  await again.close()
})
