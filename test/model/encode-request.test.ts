import { describe, expect, test } from 'vitest'
import { decodeChatRequest } from '../../src/model/chat-completions/decode-request.ts'
import { encodeRequest } from '../../src/model/chat-completions/encode-request.ts'
import { plainQuirks, type Quirks } from '../../src/model/chat-completions/quirks.ts'
import { providers, type Request } from '../../src/model/index.ts'
import { quirksOf } from '../../src/model/providers.ts'
import type { Part } from '../../src/record/index.ts'
import { question } from './fake-server.ts'

function encode(request: Partial<Request>, quirks: Partial<Quirks> = {}, stream = true): unknown {
  const encoded = encodeRequest({ ...question, ...request }, 'm', { ...plainQuirks, ...quirks }, stream)
  return encoded.type === 'body' ? encoded.body : encoded.why
}

const tool = { name: 'f', description: 'd', parameters: { type: 'object', properties: {} } }

function said(parts: readonly Part[], quirks: Partial<Quirks> = {}): unknown {
  const body = encode({ messages: [{ role: 'assistant', parts }] }, quirks)
  return typeof body === 'object' && body !== null && 'messages' in body && Array.isArray(body.messages)
    ? body.messages[0]
    : body
}

describe('a request', () => {
  test('says what it is asked to say, and nothing else', () => {
    expect(encode({}, {}, false)).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Say something.' }],
    })
    expect(encode({})).toMatchObject({ stream: true, stream_options: { include_usage: true } })
  })

  test('carries sampling, stops, tools and log-probabilities', () => {
    const body = encode({
      sampling: { temperature: 0, topP: 0.5, effort: 'high', maxOutputTokens: 9 },
      stop: ['x'],
      tools: [tool],
      toolChoice: 'required',
      logprobs: 3,
    })
    expect(body).toMatchObject({
      temperature: 0,
      top_p: 0.5,
      reasoning_effort: 'high',
      max_tokens: 9,
      stop: ['x'],
      tools: [{ type: 'function', function: tool }],
      tool_choice: 'required',
      logprobs: true,
      top_logprobs: 3,
    })
  })

  test('has no tool choice without tools', () => {
    expect(encode({ toolChoice: 'none' })).not.toHaveProperty('tool_choice')
  })

  test('under the template completion is bare text', () => {
    const messages = [
      { role: 'user', text: 'a\n' },
      { role: 'assistant', parts: [{ type: 'text', text: 'b' }] },
      { role: 'user', text: 'c' },
    ] as const
    const encoded = encodeRequest(
      { ...question, messages, template: 'completion', logprobs: 2 },
      'm',
      { ...plainQuirks, seed: 'seed' },
      false,
    )
    expect(encoded).toEqual({
      type: 'body',
      path: '/completions',
      body: { model: 'm', seed: 7, prompt: 'a\nbc', logprobs: 2 },
    })
    expect(encode({ template: 'completion', tools: [tool] })).toMatch(/no tools/)
  })
})

const sent = (name: string): unknown =>
  encode({ sampling: { maxOutputTokens: 5 } }, quirksOf(providers[name] ?? { keys: [] }, true))

describe('quirks', () => {
  const rows: readonly [
    what: string,
    quirks: Partial<Quirks>,
    request: Partial<Request>,
    has: object,
    not: readonly string[],
  ][] = [
    [
      'the new name of the limit',
      { maxTokens: 'max_completion_tokens' },
      { sampling: { maxOutputTokens: 5 } },
      { max_completion_tokens: 5 },
      ['max_tokens'],
    ],
    ['another name of the seed', { seed: 'random_seed' }, {}, { random_seed: 7 }, ['seed']],
    ['the seed, where it is known to be taken', { seed: 'seed' }, {}, { seed: 7 }, ['none']],
    ['no seed elsewhere', {}, {}, {}, ['seed', 'none']],
    [
      'effort in an object',
      { effort: 'reasoning.effort' },
      { sampling: { effort: 'low' } },
      { reasoning: { effort: 'low' } },
      ['reasoning_effort'],
    ],
    ['usage that comes unasked', { usage: 'unasked' }, {}, { stream: true }, ['stream_options']],
    ['further fields', { extra: { x: 1 } }, {}, { x: 1 }, []],
  ]
  test.each(rows)('%s', (_, quirks, request, has, not) => {
    const body = encode(request, quirks)
    expect(body).toMatchObject(has)
    for (const name of not) expect(body).not.toHaveProperty(name)
  })

  test('what would be ignored without a word is refused', () => {
    expect(encode({ sampling: { effort: 'low' } }, { effort: 'refused' })).toMatch(/ignore/)
    expect(encode({ logprobs: 1 }, { logprobs: 'refused' })).toMatch(/log-probabilities/)
  })

  test('no provider is sent a field that it refuses', () => {
    expect(sent('google')).not.toHaveProperty('seed')
    expect(sent('mistral')).not.toHaveProperty('stream_options')
    expect(sent('openai')).not.toHaveProperty('max_tokens')
  })
})

const call = (written: string): Part => ({ type: 'tool-call', id: 'a', name: 'f', arguments: written })
const wire = (written: string): object => ({ id: 'a', type: 'function', function: { name: 'f', arguments: written } })

describe('what the assistant said goes back', () => {
  test('calls without words say null, nothing at all says nothing', () => {
    expect(said([call('{}')])).toEqual({ role: 'assistant', content: null, tool_calls: [wire('{}')] })
    expect(said([])).toEqual({ role: 'assistant', content: '' })
  })

  test.each([
    ['{"x":1}', '{"x":1}'],
    ['', '{}'],
    ['{"x":', '{"unparsed":"{\\"x\\":"}'],
    ['[1]', '{"unparsed":"[1]"}'],
    ['a\ud800', '{"unparsed":"a\\ud800"}'],
  ])('arguments %j go to a server that parses them as %j', (written, sent) => {
    expect(said([call(written)])).toMatchObject({ tool_calls: [wire(sent)] })
    expect(said([call(written)], { arguments: 'as-written' })).toMatchObject({ tool_calls: [wire(written)] })
  })

  const thought: Part = { type: 'reasoning', text: 'hm', signature: '[{"type":"reasoning.text","text":"hm"}]' }
  const spoken: Part = { type: 'text', text: 'a' }
  test.each<[Quirks['reasoning'], object]>([
    ['none', {}],
    ['thought_signature', {}],
    ['reasoning_content', { reasoning_content: 'hm' }],
    ['reasoning', { reasoning: 'hm' }],
    ['reasoning_details', { reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }],
  ])('thoughts as %s', (reasoning, fields) => {
    expect(said([thought, spoken], { reasoning })).toEqual({ role: 'assistant', content: 'a', ...fields })
  })

  test('thoughts of another provider go back as text', () => {
    const foreign: Part = { type: 'reasoning', text: 'hm', signature: 'opaque' }
    expect(said([foreign, spoken], { reasoning: 'reasoning_details' })).toEqual({
      role: 'assistant',
      content: 'a',
      reasoning: 'hm',
    })
  })

  test('a signature goes back with its call', () => {
    const signed = said([{ type: 'reasoning', text: '', signature: 's' }, call('{}')], {
      reasoning: 'thought_signature',
    })
    expect(signed).toMatchObject({
      tool_calls: [{ ...wire('{}'), extra_content: { google: { thought_signature: 's' } } }],
    })
  })
})

test('what we encode, we decode to the same request', () => {
  const request: Request = {
    messages: [
      { role: 'system', text: 's' },
      { role: 'user', text: 'u' },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'r' },
          { type: 'text', text: 't' },
          { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}' },
        ],
      },
      { role: 'tool', callId: 'a', name: 'f', text: 'done' },
    ],
    tools: [tool],
    toolChoice: 'required',
    template: 'chat',
    sampling: { temperature: 0.5, topP: 0.9, effort: 'low', maxOutputTokens: 64 },
    seed: 4_294_967_295,
    logprobs: 2,
    stop: ['\n'],
  }
  const decoded = decodeChatRequest(JSON.parse(JSON.stringify(encode(request, { seed: 'seed' }))), 0)
  expect(decoded).toEqual({ type: 'request', request, stream: true, usage: true, model: 'm' })
})
