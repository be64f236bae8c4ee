import OpenAI, { APIError } from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import {
  FREE,
  openModel,
  serveChatCompletions,
  type Answer,
  type AskOptions,
  type Delta,
  type Model,
  type Reply,
  type Request,
  type ServedModel,
} from '../../src/model/index.ts'
import { question, put } from './fake-server.ts'

const open: ServedModel[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const reply: Reply = {
  type: 'reply',
  parts: [{ type: 'text', text: 'Hello' }],
  finish: 'stop',
  usage: { input: 5, output: 2 },
  timing: { sent: 0, lastToken: 1 },
  retries: [],
  ids: {},
}

type Ask = (request: Request, options: AskOptions) => Answer | Promise<Answer>

async function serve(ask: Ask, more: Partial<Model> = {}): Promise<ServedModel & { readonly asked: Request[] }> {
  const asked: Request[] = []
  const model: Model = {
    name: 'control/echo',
    provider: 'control',
    identity: {},
    pricing: FREE,
    templates: ['chat', 'completion'],
    ask: async (request, options) => {
      asked.push(request)
      return ask(request, options)
    },
    ...more,
  }
  const served = await serveChatCompletions(model, { port: 0, now: () => 1_790_000_000_000 })
  open.push(served)
  return { ...served, asked }
}

function clientOf(served: ServedModel): OpenAI {
  return new OpenAI({ apiKey: 'any', baseURL: served.url, maxRetries: 0 })
}

/** Says these deltas, then answers. */
function speaks(deltas: readonly Delta[], answer: Answer = reply): Ask {
  return (_, { onDelta }) => {
    for (const delta of deltas) onDelta?.(delta)
    return answer
  }
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

const ask = { model: 'control/echo', messages: [{ role: 'user' as const, content: 'Hi' }] }
const tool = { name: 'f', description: 'd', parameters: { type: 'object', properties: { x: { type: 'number' } } } }
const calling: Reply = {
  ...reply,
  parts: [
    { type: 'reasoning', text: 'hm' },
    { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}' },
    { type: 'tool-call', id: 'b', name: 'g', arguments: '{}' },
  ],
  finish: 'tool-calls',
}

describe('the openai client', () => {
  test('gets a reply in one piece', async () => {
    const served = await serve(() => reply)
    const got = await clientOf(served).chat.completions.create({
      ...ask,
      temperature: 0.5,
      max_tokens: 9,
      seed: 3,
      stop: 'x',
    })
    expect(got.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } })
    expect(got.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 })
    expect(served.asked[0]).toMatchObject({ seed: 3, stop: ['x'], sampling: { temperature: 0.5, maxOutputTokens: 9 } })
  })

  test('gets a stream, with usage if it asks', async () => {
    const served = await serve(
      speaks([
        { type: 'text', text: 'Hel' },
        { type: 'text', text: 'lo' },
      ]),
    )
    const client = clientOf(served)
    const chunks = await all(
      await client.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } }),
    )
    expect(chunks.map((one) => one.choices[0]?.delta.content ?? '').join('')).toBe('Hello')
    expect(chunks.at(-1)?.usage).toMatchObject({ total_tokens: 7 })
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
    const plain = await all(await client.chat.completions.create({ ...ask, stream: true }))
    expect(plain.some((one) => one.usage !== undefined && one.usage !== null)).toBe(false)
  })

  test('gets tool calls, streamed in pieces, from its own helper', async () => {
    const deltas: readonly Delta[] = [
      { type: 'reasoning', text: 'hm' },
      { type: 'tool-call', index: 0, id: 'a', name: 'f', arguments: '' },
      { type: 'tool-call', index: 1, id: 'b', name: 'g', arguments: '{' },
      { type: 'tool-call', index: 0, arguments: '{"x":1}' },
      { type: 'tool-call', index: 1, arguments: '}' },
    ]
    const served = await serve(speaks(deltas, calling))
    const tools = [{ type: 'function' as const, function: tool }]
    const final = await clientOf(served)
      .chat.completions.stream({ ...ask, tools })
      .finalChatCompletion()
    expect(
      final.choices[0]?.message.tool_calls?.map((call) =>
        call.type === 'function' ? [call.id, call.function.name, call.function.arguments] : [],
      ),
    ).toEqual([
      ['a', 'f', '{"x":1}'],
      ['b', 'g', '{}'],
    ])
    expect(final.choices[0]?.finish_reason).toBe('tool_calls')
    expect(served.asked[0]?.tools).toEqual([tool])
  })

  test('gets the whole answer from a model that says nothing on the way', async () => {
    const served = await serve(() => calling)
    const final = await clientOf(served).chat.completions.stream(ask).finalChatCompletion()
    expect(final.choices[0]?.message.tool_calls).toHaveLength(2)
  })

  test('gets tool calls and log-probabilities in one piece', async () => {
    const served = await serve(() => ({
      ...calling,
      logprobs: [{ token: 'a', logprob: -1, top: [{ token: 'b', logprob: -2 }] }],
    }))
    const got = await clientOf(served).chat.completions.create({ ...ask, logprobs: true, top_logprobs: 1 })
    expect(got.choices[0]?.message).toMatchObject({
      content: null,
      reasoning_content: 'hm',
      tool_calls: [{ id: 'a' }, { id: 'b' }],
    })
    expect(got.choices[0]?.logprobs?.content?.[0]).toMatchObject({
      token: 'a',
      logprob: -1,
      top_logprobs: [{ token: 'b', logprob: -2 }],
    })
    expect(served.asked[0]?.logprobs).toBe(1)
  })

  test('sends a conversation that arrives whole', async () => {
    const served = await serve(() => reply)
    await clientOf(served).chat.completions.create({
      model: 'control/echo',
      tool_choice: { type: 'function', function: { name: 'f' } },
      tools: [
        { type: 'function', function: tool },
        { type: 'function', function: { name: 'g' } },
      ],
      messages: [
        { role: 'developer', content: 's' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        { role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'a', content: 'done' },
      ],
    })
    expect(served.asked[0]).toMatchObject({
      messages: [
        { role: 'system', text: 's' },
        { role: 'user', text: 'ab' },
        { role: 'assistant', parts: [{ type: 'tool-call', id: 'a', name: 'f', arguments: '{}' }] },
        { role: 'tool', callId: 'a', name: 'f', text: 'done' },
      ],
      tools: [{ name: 'f' }],
      toolChoice: 'required',
    })
  })

  test('gets plain completions, streamed or not', async () => {
    const served = await serve(
      speaks([
        { type: 'text', text: 'Hel' },
        { type: 'text', text: 'lo' },
      ]),
    )
    const client = clientOf(served)
    const whole = await client.completions.create({ model: 'echo', prompt: 'Once', max_tokens: 4 })
    expect(whole.choices[0]).toMatchObject({ text: 'Hello', finish_reason: 'stop' })
    const chunks = await all(await client.completions.create({ model: 'echo', prompt: 'Once', stream: true }))
    expect(chunks.map((one) => one.choices[0]?.text ?? '').join('')).toBe('Hello')
    expect(served.asked[0]).toMatchObject({
      template: 'completion',
      messages: [{ role: 'user', text: 'Once' }],
      sampling: { maxOutputTokens: 4 },
    })
  })

  test('lists the model', async () => {
    const client = clientOf(await serve(() => reply))
    expect((await client.models.list()).data.map((one) => one.id)).toEqual(['control/echo'])
    expect((await client.models.retrieve('control/echo')).id).toBe('control/echo')
  })

  test.each([
    ['rate-limited', 429],
    ['unauthorized', 401],
    ['context-overflow', 400],
    ['server-error', 502],
    ['timeout', 504],
  ] as const)('hears of %s as %s', async (kind, status) => {
    const answer: Answer = {
      type: 'failure',
      kind,
      message: 'why',
      retryAfterMs: 1500,
      retries: [],
      timing: { sent: 0, lastToken: 0 },
    }
    const client = clientOf(await serve(() => answer))
    for (const stream of [false, true]) {
      const error: unknown = await client.chat.completions.create({ ...ask, stream }).catch((error: unknown) => error)
      expect(error).toBeInstanceOf(APIError)
      expect(error).toMatchObject({ status, message: expect.stringContaining('why') })
    }
  })

  test('hears of a failure in the middle of a stream', async () => {
    const answer: Answer = {
      type: 'failure',
      kind: 'cut-stream',
      message: 'why',
      retries: [],
      timing: { sent: 0, lastToken: 0 },
    }
    const client = clientOf(await serve(speaks([{ type: 'text', text: 'Hel' }], answer)))
    await expect(all(await client.chat.completions.create({ ...ask, stream: true }))).rejects.toThrow('why')
  })

  test('that goes away calls the model off', async () => {
    let off: (() => void) | undefined
    const calledOff = new Promise<void>((resolve) => {
      off = resolve
    })
    const served = await serve((_, { signal, onDelta }) => {
      onDelta?.({ type: 'text', text: 'a' })
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          off?.()
          resolve(reply)
        })
      })
    })
    const stream = await clientOf(served).chat.completions.create({ ...ask, stream: true })
    for await (const _ of stream) break
    await calledOff
  })
})

describe('our own client', () => {
  test('reads back what our server says, streamed or not', async () => {
    const served = await serve(speaks([], calling))
    for (const stream of [true, false]) {
      const providers = { [new URL(served.url).origin]: { stream, quirks: { seed: 'seed' } } } as const
      const model = await openModel(`${served.url}#control/echo`, { env: {}, providers })
      const got = await put(model)
      expect(got).toMatchObject({ type: 'reply', parts: calling.parts, finish: 'tool-calls', usage: reply.usage })
      await model.close?.()
    }
    expect(served.asked[0]).toEqual(question)
  })
})

const post = (
  served: ServedModel,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(new URL(path, served.url), {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })

describe('what is refused', () => {
  test.each([
    ['not JSON', '{', 400, /not JSON/],
    ['no messages', '{}', 400, /messages/],
    ['two choices', JSON.stringify({ ...ask, n: 2 }), 400, /n: only one choice/],
    [
      'pictures',
      JSON.stringify({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] }),
      400,
      /messages\.0\.content/,
    ],
    [
      'a schema for the answer',
      JSON.stringify({ ...ask, response_format: { type: 'json_object' } }),
      400,
      /only the format text/,
    ],
    [
      'a tool that is not there',
      JSON.stringify({ ...ask, tool_choice: { type: 'function', function: { name: 'x' } } }),
      400,
      /not among the tools/,
    ],
  ])('%s', async (_, body, status, says) => {
    const response = await post(await serve(() => reply), '/v1/chat/completions', body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringMatching(says), type: 'invalid_request_error' },
    })
  })

  test.each([
    ['frequency_penalty', 0.5],
    ['presence_penalty', -1],
    ['logit_bias', { 50256: -100 }],
    ['top_k', 40],
    ['min_p', 0.05],
    ['repetition_penalty', 1.1],
    ['typical_p', 0.9],
    ['parallel_tool_calls', false],
    ['functions', []],
    ['guided_json', {}],
    ['no_such_field', 1],
  ])('%s, by name', async (field, value) => {
    const served = await serve(() => reply)
    const client = clientOf(served)
    const more: object = { [field]: value }
    const error: unknown = await client.chat.completions.create({ ...ask, ...more }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({
      status: 400,
      param: field,
      message: expect.stringContaining(`${field} is not served`),
    })
    const plain = await post(served, '/v1/completions', JSON.stringify({ prompt: 'x', [field]: value }))
    expect(plain.status).toBe(400)
    expect(served.asked).toEqual([])
  })

  test('but not what asks for nothing', async () => {
    const client = clientOf(await serve(() => reply))
    const body: object = {
      ...ask,
      frequency_penalty: 0,
      presence_penalty: 0,
      logit_bias: {},
      parallel_tool_calls: true,
      user: 'u',
      metadata: {},
      store: false,
      top_k: null,
      n: 1,
    }
    await expect(client.post('/chat/completions', { body })).resolves.toMatchObject({ object: 'chat.completion' })
  })

  test('another model than the one that is served', async () => {
    const client = clientOf(await serve(() => reply))
    const wrong = { status: 404, code: 'model_not_found', message: expect.stringContaining('`control/echo`') }
    await expect(client.chat.completions.create({ ...ask, model: 'gpt-x' })).rejects.toMatchObject(wrong)
    await expect(client.completions.create({ model: 'gpt-x', prompt: 'x' })).rejects.toMatchObject(wrong)
    await expect(client.models.retrieve('gpt-x')).rejects.toMatchObject(wrong)
    await expect(client.chat.completions.create({ ...ask, model: 'echo' })).resolves.toMatchObject({})
  })

  test('a body that is nested too deep, and the server goes on', async () => {
    const served = await serve(() => reply)
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const body = `{"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"a","parameters":{"a":${deep}}}}]}`
    const refused = await post(served, '/v1/chat/completions', body)
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('nested too deep')])
    expect((await post(served, '/v1/chat/completions', JSON.stringify(ask))).status).toBe(200)
  })

  test('a body that is too long', async () => {
    const model: Model = {
      name: 'm',
      provider: 'p',
      identity: {},
      pricing: FREE,
      templates: ['chat'],
      ask: () => Promise.resolve(reply),
    }
    const served = await serveChatCompletions(model, { port: 0, maxRequestBytes: 1000 })
    open.push(served)
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(2000) }] })
    expect((await post(served, '/v1/chat/completions', body)).status).toBe(413)
  })

  test('a form, which any web page could send', async () => {
    const response = await post(await serve(() => reply), '/v1/chat/completions', JSON.stringify(ask), {
      'content-type': 'text/plain',
    })
    expect(response.status).toBe(415)
  })

  test('a template that the model has not', async () => {
    const served = await serve(() => reply, { templates: ['completion'] })
    expect((await post(served, '/v1/chat/completions', JSON.stringify(ask))).status).toBe(400)
  })

  test('a model that throws is an error of the server, and the server goes on', async () => {
    const served = await serve(() => {
      throw new Error('broken')
    })
    expect((await post(served, '/v1/chat/completions', JSON.stringify(ask))).status).toBe(500)
    expect((await fetch(new URL('/health', served.url))).status).toBe(200)
  })

  test('unknown paths, and known ones without /v1', async () => {
    const served = await serve(() => reply)
    expect((await fetch(new URL('/v1/embeddings', served.url))).status).toBe(404)
    expect((await fetch(new URL('/models', served.url))).status).toBe(200)
    expect((await fetch(new URL('/', served.url), { method: 'HEAD' })).status).toBe(200)
  })

  test('a port that is taken', async () => {
    const served = await serve(() => reply)
    const model: Model = {
      name: 'm',
      provider: 'p',
      identity: {},
      pricing: FREE,
      templates: ['chat'],
      ask: () => Promise.resolve(reply),
    }
    await expect(serveChatCompletions(model, { port: served.port })).rejects.toThrow(AssayError)
  })
})
