import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runAgent, type AgentTask, type Ending } from '../../src/agent/index.ts'
import type { Model } from '../../src/model/index.ts'
import { allEvents, Journal, type Event } from '../../src/record/index.ts'
import { options } from '../record/events.ts'
import type { World } from '../../src/world/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { calls, COLLECTOR, effectsOf, farm, plain, scripted, text } from './toys.ts'

const task: AgentTask = { scaffold: plain, sampling: {}, limits: {}, world: farm(), worldSeed: 'w', modelSeed: 'm' }

async function run(
  model: Model,
  change: Partial<AgentTask> = {},
): Promise<{ readonly ending: Ending; readonly events: readonly Event[]; readonly file: string }> {
  const file = path.join(temporaryFolder(), 'a.jsonl')
  const journal = new Journal(file, options())
  const ending = await runAgent({ ...task, ...change }, effectsOf(journal, model))
  await journal.close()
  const again = new Journal(file, options())
  const silent = scripted(() => Promise.reject(new Error('asked again')))
  expect(await runAgent({ ...task, ...change }, effectsOf(again, silent))).toEqual(ending)
  await again.close()
  return { ending, events: [...allEvents(file)].map(({ event }) => event), file }
}

describe('an agent', () => {
  test('acts in its world until the world ends; the journal holds each view that changed', async () => {
    const { ending, events } = await run(scripted(() => ({ parts: [calls('look'), calls('sleep')] })))
    expect(ending).toMatchObject({ status: 'completed', stop: 'winter came' })
    expect(ending.views).toEqual(Array.from({ length: 11 }, (_, day) => ({ day, eggs: 0 })))
    expect(events.filter(({ type }) => type === 'world')).toHaveLength(11)
    expect(events.find(({ type }) => type === 'message')).toMatchObject({ message: { role: 'system' } })
  })

  test('is given its task and the world’s opening in one message', async () => {
    const model = scripted(() => ({ parts: [text('no')] }))
    await run(model, { prompt: 'Get rich.' })
    expect(model.asked[0]?.messages).toEqual([
      { role: 'system', text: 'Rules.' },
      { role: 'user', text: 'Get rich.\n\nYou keep a farm.' },
    ])
  })

  test('sleeps no day past its limit, however many it asks for at once', async () => {
    const model = scripted(() => ({ parts: Array.from({ length: 8 }, () => calls('sleep')) }))
    const { ending } = await run(model, { limits: { days: 5 } })
    expect(ending).toMatchObject({ status: 'limit', stop: 'days' })
    expect(ending.views.at(-1)).toEqual({ day: 5, eggs: 0 })
  })

  test('takes as many acts of one reply as its scaffold allows, refuses the rest, and counts no use of its memory', async () => {
    const scaffold = { ...plain, actsPerTurn: 1, memory: ['scratchpad'] as const }
    const model = scripted((_, turn) => ({
      parts: turn === 0 ? [calls('scratchpad_write', { text: 'a' }), calls('sleep'), calls('sleep')] : [text('done')],
    }))
    const { ending, events } = await run(model, { scaffold })
    expect(ending.views.at(-1)).toMatchObject({ day: 1 })
    const acts = events.flatMap((event) => (event.type === 'tool.call' ? [event] : []))
    expect(acts.map(({ status }) => status)).toEqual(['ok', 'ok', 'refused'])
    expect(acts.at(-1)?.result.text).toBe(
      'Only one act is carried out each turn. sleep was not: call it in a turn of its own.',
    )
  })

  test('does nothing more in a world that is over', async () => {
    const model = scripted(() => ({ parts: Array.from({ length: 40 }, () => calls('sleep')) }))
    const { ending, events } = await run(model)
    expect(ending.views.at(-1)).toMatchObject({ day: 10 })
    expect(events.filter(({ type }) => type === 'tool.call')).toHaveLength(10)
  })

  test.each([
    ['that does not open', 'start', /^canary: farm did not open: no farm$/],
    ['whose canary does not sing', 'canary', /^canary: look: Fog\.$/],
    ['that breaks under an act', 'act', /^collect: The tool broke: the barn burned down$/],
    ['that breaks when it is looked at', 'view', /^harness: no view$/],
  ] as const)('in a world %s makes an invalid trial', async (_, fault, why) => {
    const model = scripted((_request, turn) => ({
      parts: [turn === 1 ? calls('collect', { hens: 1 }) : calls('sleep')],
    }))
    const { ending } = await run(model, { world: farm(fault) })
    expect(ending.status).toBe('invalid')
    expect(ending.stop).toMatch(why)
  })

  test('with a limit on tokens has its replies bounded, and without one keeps the provider’s own', async () => {
    const limited = scripted(() => ({ parts: [text('x')], usage: { input: 1, output: 1 } }))
    await run(limited, { limits: { tokens: 100_000 } })
    expect(limited.asked[0]?.sampling).toEqual({ maxOutputTokens: 16_384 })
    const free = scripted(() => ({ parts: [text('x')] }))
    await run(free, { limits: { turns: 5 } })
    expect(free.asked[0]?.sampling).toEqual({})
  })
})

test('a resumed trial tells its world of each act that it reads back, of acts that changed no file too', async () => {
  const told: (readonly [string, number])[] = []
  const outside: World = {
    name: 'outside',
    tools: ['bash', 'write'].map((name) => ({ name, description: name, input: z.object({}), outside: true })),
    canary: [],
    open: () => ({
      act: (tool) =>
        tool === 'bash' ? { text: 'installed' } : { text: 'wrote', changes: [{ path: 'a', after: 'h' }] },
      opening: () => 'Begin.',
      view: () => ({}),
      days: () => 0,
      ended: () => undefined,
      replayed: (tool, changes) => void told.push([tool, changes.length]),
    }),
  }
  const script = [calls('bash'), calls('write'), calls('bash', 'no JSON'), calls('nothing')]
  const model = scripted((_request, turn) => ({ parts: [script[turn] ?? text('end')] }))
  await run(model, { world: outside })
  expect(told).toEqual([
    ['bash', 0],
    ['write', 1],
  ])
})

describe('a sub-agent', () => {
  const scaffold = { ...plain, delegation: 'subagent' } as const

  test('has the delegated tools alone and rules of its own, in a thread of its own, on the same meters', async () => {
    const model = scripted((request, turn) => {
      const collects = request.tools.some(({ name }) => name === 'collect')
      if (collects) return { parts: turn === 1 ? [calls('collect', { hens: 3 })] : [text('Collected three.')] }
      return { parts: turn === 0 ? [calls('collector', { task: 'Collect eggs.' })] : [text('Good.')] }
    })
    const { ending, events } = await run(model, { scaffold })
    expect(ending).toMatchObject({ status: 'completed', text: 'Good.', meters: { turns: 4 } })
    expect(ending.views.at(-1)).toEqual({ day: 0, eggs: 3 })
    expect(model.asked[0]?.tools.map(({ name }) => name)).toEqual(['sleep', 'look', 'collector'])
    expect(model.asked[1]?.tools.map(({ name }) => name)).toEqual(['collect'])
    expect(model.asked[1]?.messages).toEqual([
      { role: 'system', text: COLLECTOR.system },
      { role: 'user', text: 'Collect eggs.' },
    ])
    expect(model.asked[3]?.messages.at(-1)).toMatchObject({ role: 'tool', text: 'Collected three.' })
    const threads = events.filter(({ type }) => type === 'model.call').map((event) => 'thread' in event && event.thread)
    expect(threads).toEqual([false, 'collector-0', 'collector-0', false])
  })

  test('is under the trial’s limits; a fault of its own is a fault of the trial', async () => {
    const endless = scripted(({ tools }) => ({
      parts: [
        tools.some(({ name }) => name === 'collect')
          ? calls('collect', { hens: 1 })
          : calls('collector', { task: 'go' }),
      ],
    }))
    const { ending, events } = await run(endless, { scaffold, limits: { turns: 7 } })
    expect(ending).toMatchObject({ status: 'limit', stop: 'turns', meters: { turns: 7 } })
    expect(events.filter(({ type }) => type === 'limit')).toMatchObject([{ thread: 'collector-0' }, { limit: 'turns' }])

    const broken = await run(endless, { scaffold, world: farm('act') })
    expect(broken.ending).toMatchObject({ status: 'invalid', stop: expect.stringContaining('the barn burned down') })
  })
})

describe('memory', () => {
  test('a scratchpad and keys keep what was written, are rebuilt on resume, and refuse what is too long', async () => {
    const script = [
      calls('scratchpad_read'),
      calls('scratchpad_write', { text: 'buy low' }),
      calls('scratchpad_read'),
      calls('scratchpad_write', { text: 'x'.repeat(20_001) }),
      calls('memory_set', { key: '__proto__', value: 'v' }),
      calls('memory_get', { key: '__proto__' }),
      calls('memory_list'),
      calls('memory_delete', { key: '__proto__' }),
      calls('memory_get', { key: '__proto__' }),
      calls('memory_list'),
    ]
    const { events } = await run(
      scripted((_, turn) => {
        const next = script[turn]
        return { parts: next === undefined ? [text('end')] : [next] }
      }),
      { scaffold: { ...plain, memory: ['scratchpad', 'key-value'] } },
    )
    expect(events.flatMap((event) => (event.type === 'tool.call' ? [event.result.text] : []))).toEqual([
      '(empty)',
      'Written.',
      'buy low',
      'The scratchpad holds at most 20000 characters.',
      'Kept __proto__.',
      'v',
      '__proto__',
      'Forgot __proto__.',
      'Nothing is kept under __proto__.',
      '(none)',
    ])
  })
})
