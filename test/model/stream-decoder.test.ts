import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { StreamDecoder } from '../../src/model/chat-completions/stream-decoder.ts'
import type { Delta } from '../../src/model/index.ts'
import { moods } from '../cases/moods.ts'
import { chunk, fakeProvider, sse, type Handler } from './fake-server.ts'

function decode(wire: string | Buffer, cuts: readonly number[] = []): { decoder: StreamDecoder; deltas: Delta[] } {
  const bytes = Buffer.from(wire)
  const deltas: Delta[] = []
  const decoder = new StreamDecoder({ onDelta: (delta) => deltas.push(delta) })
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b)
  for (const [i, from] of [0, ...places].entries()) decoder.push(bytes.subarray(from, places[i] ?? bytes.length))
  decoder.end()
  return { decoder, deltas }
}

/** The stream read event by event with JSON.parse and nothing clever. */
function plainText(wire: string): string {
  return wire
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event): unknown => JSON.parse(event.slice(6)))
    .map((one) =>
      z.object({ choices: z.array(z.object({ delta: z.object({ content: z.string().optional() }) })) }).parse(one),
    )
    .map((one) => one.choices[0]?.delta.content ?? '')
    .join('')
}

const scored = (token: string): object => ({
  choices: [
    { index: 0, delta: { content: token }, logprobs: { content: [{ token, logprob: -0.5, top_logprobs: [] }] } },
  ],
})

describe('the short cut', () => {
  const token = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '\n',
      '"',
      '\\',
      '","content":"x',
      '"}}]}',
      '\u0000',
      '\ud83d',
      '\ude00',
      ' the',
      'one',
      'two',
      'assistant',
    ),
  )

  test('says what JSON.parse says, for any tokens, split anywhere', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 10 }), (tokens, cuts) => {
        const wire = sse(...tokens.map((content) => chunk({ content })), chunk({}, 'stop'), '[DONE]')
        const { decoder, deltas } = decode(wire, cuts)
        const text = deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join('')
        expect(text).toBe(plainText(wire))
        expect(decoder.builder.build('c').parts).toEqual(text === '' ? [] : [{ type: 'text', text }])
        expect(decoder.unreadable).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  test('is not fooled by the same text in another field', () => {
    const events = ['fake-2026-01-01', 'x', 'assistant', 'stop'].map((content) => chunk({ role: 'assistant', content }))
    const { decoder } = decode(sse(...events, '[DONE]'))
    expect(decoder.builder.build('c').parts).toEqual([{ type: 'text', text: 'fake-2026-01-01xassistantstop' }])
  })

  test('does not swallow what changes beside the text', () => {
    const other = { ...chunk({ content: 'c' }), system_fingerprint: 'fp_2' }
    const { decoder } = decode(
      sse(chunk({ content: 'a' }), chunk({ content: 'b' }), other, chunk({ content: 'd' }, 'length')),
    )
    const built = decoder.builder.build('c')
    expect(built.parts).toEqual([{ type: 'text', text: 'abcd' }])
    expect(built.ids['system_fingerprint']).toBe('fp_2')
    expect(built.finish).toBe('length')
  })

  test('keeps the log-probabilities of every token', () => {
    const { decoder } = decode(sse(scored('a'), scored('b'), scored('c')))
    expect(decoder.builder.build('c').logprobs?.map((one) => one.token)).toEqual(['a', 'b', 'c'])
  })

  test('does not take a line that ends inside its string', () => {
    const line = JSON.stringify(chunk({ content: 'b' }))
    const torn = `data: ${line.replace('"b"', '"b')}\n\n`
    const { decoder } = decode(sse(chunk({ content: 'a' })) + torn + sse(chunk({ content: 'c' }), '[DONE]'))
    expect(decoder.builder.build('c').parts).toEqual([{ type: 'text', text: 'ac' }])
    expect(decoder.unreadable).toContain('"b')
  })
})

test('nothing after [DONE] counts', () => {
  const { decoder } = decode(sse(chunk({ content: 'a' }), '[DONE]', chunk({ content: 'b' })))
  expect(decoder.builder.build('c').parts).toEqual([{ type: 'text', text: 'a' }])
})

const calls = (index: number, fields: object): object => chunk({ tool_calls: [{ index, ...fields }] })

test('any split of a stream with thoughts, calls and usage builds the same reply', () => {
  const wire = sse(
    { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
    { choices: [{ index: 0, delta: { reasoning_content: 'Hm, é' } }] },
    { choices: [{ index: 0, delta: { reasoning_content: '😀.' } }] },
    chunk({ content: 'I will ' }),
    chunk({ content: 'look.' }),
    calls(0, { id: 'a', type: 'function', function: { name: 'look', arguments: '' } }),
    calls(0, { function: { arguments: '{"at":' } }),
    calls(1, { id: 'b', type: 'function', function: { name: 'buy', arguments: '{' } }),
    calls(0, { function: { arguments: '"€"}' } }),
    calls(1, { function: { arguments: '}' } }),
    chunk({}, 'tool_calls'),
    { ...chunk({}), choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } },
    '[DONE]',
  )
  const whole = decode(wire).decoder.builder.build('c')
  expect(whole.parts).toEqual([
    { type: 'reasoning', text: 'Hm, é😀.' },
    { type: 'text', text: 'I will look.' },
    { type: 'tool-call', id: 'a', name: 'look', arguments: '{"at":"€"}' },
    { type: 'tool-call', id: 'b', name: 'buy', arguments: '{}' },
  ])
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 20 }), (cuts) => {
      expect(decode(wire, cuts).decoder.builder.build('c')).toEqual(whole)
    }),
    { numRuns: 300 },
  )
})

test('cut at any one byte, a stream in any mood of a server builds the same reply', async () => {
  for (const [mood, handler] of Object.entries(moods)) {
    const wire = await bytesOf(handler)
    const { builder } = decode(wire).decoder
    const whole = { ...builder.build('c'), error: builder.error, heard: builder.heard }
    for (let at = 1; at < wire.length; at++) {
      const cut = decode(wire, [at]).decoder.builder
      expect([mood, at, { ...cut.build('c'), error: cut.error, heard: cut.heard }]).toEqual([mood, at, whole])
    }
  }
})

/** What a provider sends for a question. */
async function bytesOf(handler: Handler): Promise<Buffer> {
  const provider = await fakeProvider(handler)
  try {
    const response = await fetch(`${provider.url}/chat/completions`, { method: 'POST', body: '{"seed":1}' })
    return Buffer.from(await response.arrayBuffer())
  } finally {
    await provider.close()
  }
}
