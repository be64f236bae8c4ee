import path from 'node:path'
import { z } from 'zod'
import { describe, expect, test } from 'vitest'
import { Interruption } from '../../src/agent/index.ts'
import type { FailureKind } from '../../src/model/index.ts'
import { defineTool } from '../../src/agent/tool.ts'
import { allEvents, AppendFile, Journal, type Event, type Message } from '../../src/record/index.ts'
import { options } from '../record/events.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { calls, desk, scripted, text, thread, type Scripted } from './toys.ts'

function fresh(): Journal {
  return new Journal(path.join(temporaryFolder(), 'a.jsonl'), options())
}

function eventsOf(journal: Journal): Event[] {
  return [...allEvents(journal.path)].map(({ event }) => event)
}

async function seeds(): Promise<readonly number[]> {
  const journal = fresh()
  const model = scripted((_, turn) => ({ parts: turn < 3 ? [calls('add', { n: 1 })] : [text('end')] }))
  await thread(journal, model)
  await journal.close()
  return model.asked.map(({ seed }) => seed)
}

function failing(kind: FailureKind): Scripted {
  return scripted(() => ({ type: 'failure', kind, message: 'no', retries: [], timing: { sent: 0, lastToken: 1 } }))
}

describe('the loop', () => {
  test('runs the tools that are called, shows their results, and stops at the answer handed in', async () => {
    const journal = fresh()
    const model = scripted((_, turn) =>
      turn < 2 ? { parts: [text('hm'), calls('add', { n: 2 })] } : { parts: [calls('submit', { answer: '4' })] },
    )
    expect(await thread(journal, model)).toEqual({ type: 'submitted', text: '4' })
    await journal.close()
    expect(model.asked[2]?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
    ])
    expect(model.asked[2]?.messages.at(-1)).toMatchObject({ role: 'tool', text: '4' })
    expect(eventsOf(journal).map(({ type }) => type)).toEqual([
      'message',
      'message',
      'model.call',
      'tool.call',
      'model.call',
      'tool.call',
      'model.call',
      'tool.call',
    ])
  })

  test('runs all calls of one reply before it stops', async () => {
    const journal = fresh()
    const model = scripted(() => ({
      parts: [calls('submit', { answer: 'first' }), calls('add', { n: 1 }), calls('submit', { answer: 'second' })],
    }))
    expect(await thread(journal, model)).toEqual({ type: 'submitted', text: 'first' })
    await journal.close()
    expect(eventsOf(journal).filter(({ type }) => type === 'tool.call')).toHaveLength(3)
  })

  test('takes words without a call for the end', async () => {
    const journal = fresh()
    expect(
      await thread(
        journal,
        scripted(() => ({ parts: [text('I am '), text('done.')] })),
      ),
    ).toEqual({
      type: 'said',
      text: 'I am done.',
    })
    await journal.close()
  })

  test('nudges a model that only talks, as often as the scaffold says, counted anew after each call', async () => {
    const journal = fresh()
    const model = scripted((_, turn) => ({ parts: turn === 1 ? [calls('add', { n: 1 })] : [text('…')] }))
    const stop = await thread(journal, model, { scaffold: { nudge: { text: 'Use a tool.', times: 2 } } })
    await journal.close()
    expect(stop).toEqual({ type: 'said', text: '…' })
    // Silent, nudged, calls; then silent, nudged, silent, nudged, silent.
    expect(model.asked).toHaveLength(5)
    expect(model.asked[1]?.messages.at(-1)).toEqual({ role: 'user', text: 'Use a tool.' })
  })

  test('gives each turn its own seed, and the same one on another machine', async () => {
    const first = await seeds()
    expect(new Set(first).size).toBe(4)
    expect(await seeds()).toEqual(first)
  })

  test('a tool that throws is the harness’s fault', async () => {
    const journal = fresh()
    const stop = await thread(
      journal,
      scripted(() => ({ parts: [calls('break')] })),
    )
    await journal.close()
    expect(stop).toEqual({ type: 'fault', why: 'break: The tool broke: a wire came loose' })
    expect(eventsOf(journal).at(-1)).toMatchObject({ type: 'tool.call', status: 'failed' })
  })

  test('a provider that gives no reply is no agent’s failure; an overflow is a limit', async () => {
    const down = fresh()
    expect(await thread(down, failing('server-error'))).toEqual({ type: 'fault', why: 'server-error: no' })
    await down.close()
    const full = fresh()
    expect(await thread(full, failing('context-overflow'))).toMatchObject({
      type: 'limit',
      reached: { limit: 'context' },
    })
    await full.close()
  })

  test('a model whose own code throws is a fault, not a crash', async () => {
    const journal = fresh()
    const model = scripted(() => {
      throw new TypeError('x is not a function')
    })
    expect(await thread(journal, model)).toEqual({
      type: 'fault',
      why: 'bad-reply: test/scripted broke: x is not a function',
    })
    await journal.close()
  })

  test('a full disk inside a tool’s own steps is not the tool’s failure', async () => {
    const journal = fresh()
    const nested = defineTool({
      name: 'nested',
      description: '',
      input: z.object({}),
      effect: 'deterministic',
      run: async () => {
        new AppendFile('/dev/full', { durability: 'each-second', now: () => 0 }).append('x'.repeat(10))
        return { text: '' }
      },
    })
    await expect(
      thread(
        journal,
        scripted(() => ({ parts: [calls('nested')] })),
        { tools: new Map([['nested', nested]]) },
      ),
    ).rejects.toMatchObject({ code: 'record/disk-full' })
    await journal.close()
    expect(eventsOf(journal).at(-1)?.type).toBe('model.call')
  })

  test('asked to stop, it begins no further call and writes nothing', async () => {
    const journal = fresh()
    let stopping = false
    const model = scripted(() => {
      stopping = true
      return { parts: [calls('add', { n: 1 })] }
    })
    await expect(thread(journal, model, { effects: { stopping: () => stopping } })).rejects.toBeInstanceOf(Interruption)
    await journal.close()
    expect(eventsOf(journal).at(-1)?.type).toBe('tool.call')
  })
})

describe('hostile output becomes a value', () => {
  const hostile: readonly (readonly [string, Parameters<typeof calls>, RegExp])[] = [
    ['an unknown tool', ['format_disk', {}], /There is no tool "format_disk". Tools: add, echo, submit, break\./],
    ['a tool’s name of a megabyte', ['x'.repeat(1 << 20), {}], /There is no tool "x{300}…"/],
    ['broken JSON', ['add', '{"n": 1'], /The arguments of add are not JSON/],
    ['JSON that does not fit', ['add', { n: 'one' }], /The arguments of add do not fit: n: /],
    ['no object at all', ['add', '[1,2]'], /do not fit/],
    ['no arguments', ['add', ''], /do not fit: n: /],
    ['10 MB of arguments', ['echo', { text: 'y'.repeat(10 << 20) }], /characters long; at most 1048576 are read/],
    ['a hundred thousand brackets', ['add', '['.repeat(100_000)], /not JSON/],
    ['deep nesting', ['add', `{"n":${'['.repeat(50_000)}${']'.repeat(50_000)}}`], /do not fit/],
    ['__proto__', ['add', '{"__proto__":{"n":1}}'], /do not fit: n: /],
  ]

  test.each(hostile)('%s', async (_, call, refusal) => {
    const journal = fresh()
    const model = scripted((_request, turn) => ({ parts: turn === 0 ? [calls(...call)] : [text('end')] }))
    expect(await thread(journal, model)).toEqual({ type: 'said', text: 'end' })
    await journal.close()
    const result = eventsOf(journal).find(({ type }) => type === 'tool.call')
    expect(result).toMatchObject({ status: 'refused', result: { error: true, text: expect.stringMatching(refusal) } })

    const again = new Journal(journal.path, options())
    expect(
      await thread(
        again,
        scripted(() => Promise.reject(new Error('asked again'))),
      ),
    ).toEqual({
      type: 'said',
      text: 'end',
    })
    await again.close()
  })

  test.each([
    ['NULs', 'a\u0000b\u0000'],
    ['lone surrogates', 'x\ud800y\udc00'],
    ['endless repetition', 'and so on, '.repeat(200_000)],
    ['line ends and a row’s own beginning', '\n{"seq":0,"v":1}\r\n\u2028'],
    ['nothing', ''],
  ])('%s go there and back', async (_, said) => {
    const journal = fresh()
    const script = scripted((_request, turn) =>
      turn === 0 ? { parts: [text(said), calls('echo', { text: said.slice(0, 1000) })] } : { parts: [text(said)] },
    )
    const stop = await thread(journal, script)
    await journal.close()
    expect(stop).toEqual({ type: 'said', text: said })
    const again = new Journal(journal.path, options())
    expect(
      await thread(
        again,
        scripted(() => Promise.reject(new Error('asked again'))),
      ),
    ).toEqual(stop)
    await again.close()
  })
})

describe('tools', () => {
  test('from outside are read back on resume and not run again, their handing in included', async () => {
    let runs = 0
    const tools = new Map([
      [
        'post',
        defineTool({
          name: 'post',
          description: 'Send it.',
          input: z.object({}),
          effect: 'external',
          run: async () => ({ text: `receipt ${++runs}`, submits: true }),
        }),
      ],
    ])
    const journal = fresh()
    const first = await thread(
      journal,
      scripted(() => ({ parts: [calls('post')] })),
      { tools },
    )
    await journal.close()
    const again = new Journal(journal.path, options())
    const model = scripted(() => Promise.reject(new Error('asked again')))
    expect(await thread(again, model, { tools })).toEqual(first)
    await again.close()
    expect(first).toEqual({ type: 'submitted', text: 'receipt 1' })
    expect(runs).toBe(1)
  })

  test('are given their arguments as the schema turned them, once', async () => {
    const seen: unknown[] = []
    const tools = new Map([
      [
        'days',
        defineTool({
          name: 'days',
          description: '',
          input: z.object({ n: z.string().transform(Number), unit: z.string().default('d') }),
          effect: 'deterministic',
          run: (input) => {
            seen.push(input)
            return { text: 'ok', submits: true }
          },
        }),
      ],
    ])
    const journal = fresh()
    await thread(
      journal,
      scripted(() => ({ parts: [calls('days', { n: '3' })] })),
      { tools },
    )
    await journal.close()
    expect(seen).toEqual([{ n: 3, unit: 'd' }])
  })

  test('a result too long is cut, and says so', async () => {
    const tools = new Map([
      [
        'dump',
        defineTool({
          name: 'dump',
          description: '',
          input: z.object({}),
          effect: 'deterministic',
          run: () => ({ text: 'z'.repeat(300_000), submits: true }),
        }),
      ],
    ])
    const journal = fresh()
    const stop = await thread(
      journal,
      scripted(() => ({ parts: [calls('dump')] })),
      { tools },
    )
    await journal.close()
    expect(stop).toMatchObject({ text: expect.stringMatching(/z\n\[cut after 200000 of 300000 characters\]$/) })
  })
})

test('work per turn does not grow with the turns behind it', async () => {
  const lengths: number[] = []
  const journal = fresh()
  const tools = desk()
  const model = scripted((_, turn) => ({ parts: turn < 2000 ? [calls('add', { n: 1 })] : [text('end')] }))
  await thread(journal, model, { tools })
  await journal.close()
  for (const event of eventsOf(journal))
    if (event.type === 'model.call') lengths.push(JSON.stringify(event.input).length)
  expect(Math.max(...lengths)).toBeLessThan(40)
  const shown: readonly Message[] = model.asked.at(-1)?.messages ?? []
  expect(shown).toHaveLength(2 + 2 * 2000)
}, 20_000)
