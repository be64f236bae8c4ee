import { describe, expect, test } from 'vitest'
import { decodeReply } from '../../src/model/chat-completions/decode-reply.ts'
import { ReplyBuilder, type Built } from '../../src/model/chat-completions/reply-builder.ts'
import { StreamDecoder } from '../../src/model/chat-completions/stream-decoder.ts'
import { usageFrom } from '../../src/model/chat-completions/usage.ts'
import { sse } from './fake-server.ts'

const delta = (fields: object, more: object = {}): object => ({ choices: [{ index: 0, delta: fields, ...more }] })
const call = (...calls: readonly object[]): object => delta({ tool_calls: calls })
const fn = (name: string | null, written: unknown): object => ({ function: { name, arguments: written } })

function stream(events: readonly object[]): Built {
  const decoder = new StreamDecoder()
  decoder.push(Buffer.from(sse(...events, '[DONE]')))
  decoder.end()
  return decoder.builder.build('made')
}

describe('tool calls as servers stream them', () => {
  const quirks: readonly [
    what: string,
    events: readonly object[],
    calls: readonly [id: string, name: string, written: string][],
  ][] = [
    [
      'whole, without an index',
      [call({ id: 'a', ...fn('f', '{}') }), call({ id: 'b', ...fn('g', '{}') })],
      [
        ['a', 'f', '{}'],
        ['b', 'g', '{}'],
      ],
    ],
    [
      'all with index 0 and ids of their own',
      [call({ index: 0, id: 'a', ...fn('f', '{}') }), call({ index: 0, id: 'b', ...fn('f', '{}') })],
      [
        ['a', 'f', '{}'],
        ['b', 'f', '{}'],
      ],
    ],
    [
      'all with index 0 and no ids',
      [call({ index: 0, id: '', ...fn('f', '{"x":1}') }), call({ index: 0, id: '', ...fn('f', '{"x":2}') })],
      [
        ['made_0', 'f', '{"x":1}'],
        ['made_1', 'f', '{"x":2}'],
      ],
    ],
    [
      'no index and no ids',
      [call(fn('f', '{}'), fn('g', '{}'))],
      [
        ['made_0', 'f', '{}'],
        ['made_1', 'g', '{}'],
      ],
    ],
    [
      'the id repeated with every piece',
      [call({ index: 0, id: 'a', ...fn('f', '{"x"') }), call({ index: 0, id: 'a', ...fn(null, ':1}') })],
      [['a', 'f', '{"x":1}']],
    ],
    [
      'the name repeated with every piece',
      [call({ index: 0, id: 'a', ...fn('f', '{"x"') }), call({ index: 0, ...fn('f', ':1}') })],
      [['a', 'f', '{"x":1}']],
    ],
    [
      'the name in pieces',
      [call({ index: 0, id: 'a', ...fn('get_', '') }), call({ index: 0, ...fn('rain', '{}') })],
      [['a', 'get_rain', '{}']],
    ],
    ['a missing id, empty or null', [call({ index: 0, id: null, ...fn('f', '{}') })], [['made_0', 'f', '{}']]],
    [
      'the id after the name',
      [call({ index: 0, ...fn('f', '') }), call({ index: 0, id: 'a', ...fn(null, '{}') })],
      [['a', 'f', '{}']],
    ],
    [
      'the same id twice',
      [call({ index: 0, id: 'a', ...fn('f', '{}') }, { index: 1, id: 'a', ...fn('g', '{}') })],
      [
        ['a', 'f', '{}'],
        ['made_1', 'g', '{}'],
      ],
    ],
    [
      'pieces without index continue the last call',
      [call({ id: 'a', ...fn('f', '{') }), call(fn(null, '}'))],
      [['a', 'f', '{}']],
    ],
    [
      'an empty object before the arguments',
      [
        call({ index: 0, id: 'a', ...fn('f', '{}') }),
        call({ index: 0, ...fn(null, '{"x":') }),
        call({ index: 0, ...fn(null, '1}') }),
      ],
      [['a', 'f', '{"x":1}']],
    ],
    [
      'one brace too many',
      [call({ index: 0, id: 'a', ...fn('f', '{"x":1}') }), call({ index: 0, ...fn(null, '}') })],
      [['a', 'f', '{"x":1}']],
    ],
    [
      'another id for every piece',
      [call({ index: 0, id: 'a', ...fn('f', '{"x"') }), call({ index: 0, id: 'b', ...fn(null, ':1}') })],
      [['a', 'f', '{"x":1}']],
    ],
    [
      'the head once more at the end',
      [call({ index: 0, id: 'a', ...fn('f', '{"x":1}') }), call({ index: 0, id: 'a', ...fn('f', '') })],
      [['a', 'f', '{"x":1}']],
    ],
    [
      'what the model wrote and is not JSON',
      [call({ index: 0, id: 'a', ...fn('f', '{"x":') }), call({ index: 1, id: 'b', ...fn('f', 'y') })],
      [
        ['a', 'f', '{"x":'],
        ['b', 'f', 'y'],
      ],
    ],
    ['arguments as an object', [call({ index: 0, id: 'a', ...fn('f', { x: 1 }) })], [['a', 'f', '{"x":1}']]],
    ['arguments null', [call({ index: 0, id: 'a', ...fn('f', null) })], [['a', 'f', '']]],
    [
      'indexes that start at 1',
      [call({ index: 1, id: 'a', ...fn('f', '{}') }), call({ index: 2, id: 'b', ...fn('g', '{}') })],
      [
        ['a', 'f', '{}'],
        ['b', 'g', '{}'],
      ],
    ],
    [
      'interleaved',
      [
        call({ index: 0, id: 'a', ...fn('f', '[') }),
        call({ index: 1, id: 'b', ...fn('g', '(') }),
        call({ index: 0, ...fn(null, ']') }),
        call({ index: 1, ...fn(null, ')') }),
      ],
      [
        ['a', 'f', '[]'],
        ['b', 'g', '()'],
      ],
    ],
  ]
  test.each(quirks)('%s', (_, events, calls) => {
    const built = stream([...events, delta({}, { finish_reason: 'stop' })])
    expect(built.parts).toEqual(
      calls.map(([id, name, written]) => ({ type: 'tool-call', id, name, arguments: written })),
    )
    expect(built.finish).toBe('tool-calls')
  })
})

describe('what is said, as servers say it', () => {
  const quirks: readonly [what: string, events: readonly object[], parts: readonly object[]][] = [
    [
      'reasoning_content',
      [delta({ reasoning_content: 'h' }), delta({ reasoning_content: 'm' })],
      [{ type: 'reasoning', text: 'hm' }],
    ],
    ['reasoning', [delta({ reasoning: 'hm', content: '' })], [{ type: 'reasoning', text: 'hm' }]],
    [
      'the same thought under both names',
      [delta({ reasoning: 'hm', reasoning_content: 'hm' })],
      [{ type: 'reasoning', text: 'hm' }],
    ],
    [
      'thinking blocks',
      [
        delta({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
            { type: 'text', text: 'a' },
          ],
        }),
      ],
      [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'a' },
      ],
    ],
    ['a refusal', [delta({ content: null, refusal: 'I will not.' })], [{ type: 'text', text: 'I will not.' }]],
    [
      'null content',
      [delta({ role: 'assistant', content: null }), delta({ content: 'a' })],
      [{ type: 'text', text: 'a' }],
    ],
    [
      'a message where a delta should be',
      [{ choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] }],
      [{ type: 'text', text: 'a' }],
    ],
    [
      'plain completions',
      [{ choices: [{ index: 0, text: 'a' }] }, { choices: [{ index: 0, text: 'b' }] }],
      [{ type: 'text', text: 'ab' }],
    ],
    [
      'other choices are other answers',
      [
        {
          choices: [
            { index: 1, delta: { content: 'x' } },
            { index: 0, delta: { content: 'a' } },
          ],
        },
      ],
      [{ type: 'text', text: 'a' }],
    ],
    [
      'thought, word, thought',
      [delta({ reasoning: '1' }), delta({ content: '2' }), delta({ reasoning: '3' })],
      [
        { type: 'reasoning', text: '1' },
        { type: 'text', text: '2' },
        { type: 'reasoning', text: '3' },
      ],
    ],
    [
      'chunks without choices',
      [{ object: 'ping' }, { choices: [] }, delta({ content: 'a' })],
      [{ type: 'text', text: 'a' }],
    ],
    [
      'signed reasoning in pieces',
      [
        delta({ reasoning: 'h', reasoning_details: [{ type: 'reasoning.text', text: 'h', index: 0, format: 'x' }] }),
        delta({ reasoning: 'm', reasoning_details: [{ type: 'reasoning.text', text: 'm', index: 0 }] }),
        delta({ reasoning_details: [{ type: 'reasoning.text', signature: 'sig', index: 0 }] }),
      ],
      [
        {
          type: 'reasoning',
          text: 'hm',
          signature: '[{"type":"reasoning.text","text":"hm","index":0,"format":"x","signature":"sig"}]',
        },
      ],
    ],
    [
      'the signature of a thought before a call',
      [call({ index: 0, id: 'a', ...fn('f', '{}'), extra_content: { google: { thought_signature: 'sig' } } })],
      [
        { type: 'reasoning', text: '', signature: 'sig' },
        { type: 'tool-call', id: 'a', name: 'f', arguments: '{}' },
      ],
    ],
  ]
  test.each(quirks)('%s', (_, events, parts) => {
    expect(stream(events).parts).toEqual(parts)
  })
})

describe('how replies end', () => {
  const ends: readonly [reason: string | null, finish: unknown][] = [
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['end_turn', 'stop'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['model_length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['content_filter: RECITATION', 'content-filter'],
    ['toString', 'unknown'],
    [null, 'unknown'],
    ['error', { failure: 'server-error' }],
    ['abort', { failure: 'cut-stream' }],
    ['insufficient_system_resource', { failure: 'server-error' }],
  ]
  test.each(ends)('%s', (reason, finish) => {
    expect(stream([delta({ content: 'a' }, { finish_reason: reason })]).finish).toEqual(finish)
  })
})

const counted = (completion_tokens: number): object => ({ usage: { prompt_tokens: 5, completion_tokens } })

describe('usage as providers count it', () => {
  const counts: readonly [what: string, wire: unknown, usage: unknown][] = [
    ['nothing', null, undefined],
    ['empty', {}, undefined],
    ['input and output', { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 }, { input: 5, output: 3 }],
    ['zero is a count', { prompt_tokens: 0, completion_tokens: 0 }, { input: 0, output: 0 }],
    [
      'cached and reasoning',
      {
        prompt_tokens: 9,
        completion_tokens: 7,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 6 },
      },
      { input: 9, cachedInput: 4, output: 7, reasoning: 6 },
    ],
    [
      'DeepSeek',
      { prompt_tokens: 9, completion_tokens: 7, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 1 },
      { input: 9, cachedInput: 8, output: 7 },
    ],
    ['Moonshot', { prompt_tokens: 9, completion_tokens: 7, cached_tokens: 2 }, { input: 9, cachedInput: 2, output: 7 }],
    [
      'OpenRouter writes to the cache',
      { prompt_tokens: 9, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 5 } },
      { input: 9, cachedInput: 0, cacheWrite: 5, output: 7 },
    ],
    [
      'xAI leaves reasoning out of the completion',
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 35,
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 10, output: 25, reasoning: 20 },
    ],
    [
      'reasoning inside the completion stays there',
      {
        prompt_tokens: 10,
        completion_tokens: 25,
        total_tokens: 35,
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 10, output: 25, reasoning: 20 },
    ],
    ['nonsense is unknown', { prompt_tokens: -1, completion_tokens: '3', total_tokens: 2.5 }, undefined],
  ]
  test.each(counts)('%s', (_, wire, usage) => {
    expect(usageFrom(wire)).toEqual(usage)
  })

  test('Google counts thoughts only in the total', () => {
    const wire = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 95 }
    expect(usageFrom(wire, 'total_minus_prompt')).toEqual({ input: 10, output: 85 })
  })

  test('the last count of a stream counts, wherever it stands', () => {
    expect(
      stream([
        { ...delta({ content: 'a' }), ...counted(1) },
        { choices: [], ...counted(2) },
      ]).usage,
    ).toEqual({ input: 5, output: 2 })
    expect(stream([delta({ content: 'a' }), { choices: [], x_groq: counted(4) }]).usage).toEqual({
      input: 5,
      output: 4,
    })
    expect(stream([delta({ content: 'a' })]).usage).toEqual({})
  })
})

const read = (wire: unknown): { wrong: string | undefined; built: Built; error: unknown } => {
  const builder = new ReplyBuilder()
  const wrong = decodeReply(typeof wire === 'string' ? wire : JSON.stringify(wire), builder, 'completion_tokens')
  return { wrong, built: builder.build('made'), error: builder.error }
}

describe('replies in one piece', () => {
  test('thoughts come before words, words before calls', () => {
    const message = { content: 'a', reasoning_content: 'hm', tool_calls: [{ id: 'x', ...fn('f', '{}') }] }
    const { built } = read({ id: 'i', model: 'm', choices: [{ message, finish_reason: 'tool_calls' }] })
    expect(built.parts.map((part) => part.type)).toEqual(['reasoning', 'text', 'tool-call'])
    expect(built).toMatchObject({ snapshot: 'm', ids: { id: 'i' }, finish: 'tool-calls' })
  })

  test('log-probabilities of both forms', () => {
    const chat = { content: [{ token: 'a', logprob: -1, top_logprobs: [{ token: 'b', logprob: -2 }] }] }
    const plain = { tokens: ['a'], token_logprobs: [-1], top_logprobs: [{ b: -2 }] }
    const expected = [{ token: 'a', logprob: -1, top: [{ token: 'b', logprob: -2 }] }]
    expect(read({ choices: [{ message: { content: 'a' }, logprobs: chat }] }).built.logprobs).toEqual(expected)
    expect(read({ choices: [{ text: 'a', logprobs: plain }] }).built.logprobs).toEqual(expected)
  })

  test.each([
    ['not JSON', '<p>'],
    ['no choices', {}],
    ['empty choices', { choices: [] }],
    ['a number', 5],
    ['null', 'null'],
  ])('%s is not a reply', (_, wire) => {
    expect(read(wire).wrong).toBeTypeOf('string')
  })

  test('an error object is found, in a list too', () => {
    expect(read({ error: { message: 'no' } }).error).toEqual({ message: 'no' })
    expect(read([{ error: { message: 'no' } }]).error).toEqual({ message: 'no' })
  })
})
