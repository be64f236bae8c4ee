import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Answer, Delta, Failure, LimitChange, OpenOptions, Reply } from '../../src/model/index.ts'
import { shareLimiters } from '../../src/model/index.ts'
import {
  chunk,
  fakeProvider,
  openFake,
  put,
  says,
  sends,
  skippingTime,
  sse,
  streams,
  wholeReply,
  type Fake,
  type Handler,
} from './fake-server.ts'

const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})

async function fake(...handlers: readonly Handler[]): Promise<Fake> {
  const one = await fakeProvider(...handlers)
  open.push(one)
  return one
}

function reply(answer: Answer): Reply {
  if (answer.type !== 'reply') throw new Error(answer.message)
  return answer
}

function failure(answer: Answer): Failure {
  if (answer.type !== 'failure') throw new Error('a reply came')
  return answer
}

const stream = { 'content-type': 'text/event-stream' }
const none: Partial<OpenOptions> = { retries: { survives: {} } }

const calls = (written: string, head: object = {}) =>
  chunk({ tool_calls: [{ index: 0, ...head, function: { arguments: written } }] })

describe('a good answer', () => {
  test('arrives in pieces and as a whole, with usage, snapshot, ids and times', async () => {
    const provider = await fake(({ response }) => {
      response.writeHead(200, { ...stream, 'x-request-id': 'req-1' })
      const counted = { ...chunk({}), choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } }
      response.end(
        sse(
          chunk({ role: 'assistant', content: '' }),
          chunk({ content: 'Hel' }),
          chunk({ content: 'lo' }),
          chunk({}, 'stop'),
          counted,
          '[DONE]',
        ),
      )
    })
    const deltas: Delta[] = []
    const answer = reply(await put(await openFake(provider), {}, { onDelta: (delta) => deltas.push(delta) }))
    expect(deltas).toEqual([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
    ])
    expect(answer).toMatchObject({
      parts: [{ type: 'text', text: 'Hello' }],
      finish: 'stop',
      usage: { input: 5, output: 2 },
      snapshot: 'fake-2026-01-01',
      ids: { 'x-request-id': 'req-1', id: 'chatcmpl-1' },
      retries: [],
    })
    const { sent, firstToken, lastToken } = answer.timing
    expect(sent).toBeLessThanOrEqual(firstToken ?? -1)
    expect(firstToken).toBeLessThanOrEqual(lastToken)
  })

  test('may come in one piece', async () => {
    const provider = await fake(sends(200, JSON.stringify(wholeReply({ content: 'Hello' }))))
    expect(reply(await put(await openFake(provider)))).toMatchObject({
      parts: [{ type: 'text', text: 'Hello' }],
      usage: { input: 5, output: 3 },
    })
  })

  test('is asked for in one piece where the configuration says so', async () => {
    const provider = await fake(sends(200, JSON.stringify(wholeReply({ content: 'Hello' }))))
    const origin = new URL(provider.url).origin
    await put(await openFake(provider, { providers: { [origin]: { stream: false } } }))
    expect(JSON.parse(provider.calls[0]?.body ?? '')).not.toHaveProperty('stream')
  })

  test('needs no [DONE] if the reason for stopping came', async () => {
    const provider = await fake(sends(200, sse(chunk({ content: 'a' }), chunk({}, 'stop')), stream))
    expect(reply(await put(await openFake(provider))).finish).toBe('stop')
  })

  test('holds lone surrogates and NULs as they were sent', async () => {
    const text = 'a\ud800b\u0000c\udfff'
    const provider = await fake(
      streams(chunk({ content: text }), chunk({ content: '\ud83d' }), chunk({ content: '\ude00' }), chunk({}, 'stop')),
    )
    const answer = reply(await put(await openFake(provider), { messages: [{ role: 'user', text }] }))
    expect(answer.parts).toEqual([{ type: 'text', text: `${text}😀` }])
    expect(JSON.parse(provider.calls[0]?.body ?? '')).toMatchObject({ messages: [{ content: text }] })
  })

  test('holds 10 MB of arguments', async () => {
    const piece = 'x'.repeat(50_000)
    const pieces = Array.from({ length: 200 }, () => calls(piece))
    const first = chunk({
      tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'write', arguments: '{"text":"' } }],
    })
    const provider = await fake(streams(first, ...pieces, calls('"}'), chunk({}, 'tool_calls')))
    const [call] = reply(await put(await openFake(provider))).parts
    expect(call).toMatchObject({ type: 'tool-call', id: 'a', name: 'write' })
    expect(call?.type === 'tool-call' ? call.arguments.length : 0).toBe(10_000_000 + '{"text":""}'.length)
  })

  test('is whole once its end was said, however the connection ends behind it', async () => {
    const provider = await fake(({ response }) => {
      const whole = sse(chunk({ role: 'assistant', content: 'a' }), chunk({}, 'stop'), '[DONE]')
      response.writeHead(200, stream)
      response.write(whole, () => response.socket?.resetAndDestroy())
    })
    const model = await openFake(provider, none)
    for (let asked = 0; asked < 20; asked++) expect(reply(await put(model)).parts).toMatchObject([{ text: 'a' }])
  })

  test('comes over the same connection as the one before', async () => {
    const ports = new Set<number | undefined>()
    const provider = await fake((call) => {
      ports.add(call.request.socket.remotePort)
      says('a')(call)
    })
    const model = await openFake(provider)
    await put(model)
    await put(model)
    await put(model)
    expect(ports.size).toBe(1)
  })
})

describe('tries again', () => {
  test('after 429, as long as Retry-After says, and tells the limiter', async () => {
    const changes: LimitChange[] = []
    const provider = await fake(sends(429, '{"error":{"message":"slow down"}}', { 'retry-after': '2' }), says('a'))
    const effects = skippingTime()
    const limiters = shareLimiters({ onChange: (change) => changes.push(change), effects })
    const model = await openFake(provider, { limiters, effects })
    const answer = reply(await put(model))
    expect(answer.retries).toMatchObject([{ kind: 'rate-limited', status: 429 }])
    expect(effects.slept[0]).toBeGreaterThanOrEqual(2000)
    expect(changes.map(({ reason, limit }) => [reason, limit])).toEqual([
      ['start', 4],
      ['refused', 2],
    ])
  })

  test('after server errors, a cut stream and a torn token', async () => {
    const torn = sse(chunk({ content: 'a' })) + 'data: {"choices":[{"index":0,"del'
    const provider = await fake(
      sends(500, 'oops'),
      sends(503, '', { 'retry-after-ms': '10' }),
      sends(200, torn, stream),
      ({ response }) => {
        response.writeHead(200, stream)
        response.write(sse(chunk({ content: 'b' })))
        setTimeout(() => response.destroy(), 20)
      },
      says('c'),
    )
    const heard: string[] = []
    const onDelta = (delta: Delta): void => void (delta.type === 'text' && heard.push(delta.text))
    const answer = reply(await put(await openFake(provider), {}, { onDelta, onRestart: () => heard.push('|') }))
    expect(answer.parts).toEqual([{ type: 'text', text: 'c' }])
    expect(answer.retries.map(({ kind }) => kind)).toEqual(['server-error', 'server-error', 'cut-stream', 'cut-stream'])
    expect(heard).toEqual(['a', '|', 'b', '|', 'c'])
  })

  test('and says of each try whether something of a reply had come, be it a count of tokens', async () => {
    const usage = { prompt_tokens: 3000, completion_tokens: 2, total_tokens: 3002 }
    const broke = { error: { message: 'overloaded', type: 'server_error' } }
    const provider = await fake(
      sends(500, 'oops'),
      sends(200, sse(chunk({ content: 'a' }), broke), stream),
      sends(200, sse({ ...chunk({}), choices: [], usage }, broke), stream),
    )
    const answer = failure(await put(await openFake(provider)))
    expect(answer).toMatchObject({ kind: 'server-error', spoke: true })
    expect(answer.retries.map(({ spoke }) => spoke)).toEqual([undefined, true, true, true, true])
  })

  test('waits as long for the same question each time', async () => {
    const provider = await fake(sends(500, ''))
    const waits = async (seed: number): Promise<readonly number[]> => {
      const model = await openFake(provider)
      await put(model, { seed })
      return model.slept
    }
    expect(await waits(1)).toEqual(await waits(1))
    expect(await waits(1)).not.toEqual(await waits(2))
  })

  test('only so often, and then says how often', async () => {
    const provider = await fake(sends(500, 'oops'))
    const answer = failure(await put(await openFake(provider)))
    expect(answer).toMatchObject({ kind: 'server-error', status: 500 })
    expect(answer.retries).toHaveLength(5)
    expect(answer.message).toMatch(/500: oops \(6 tries\)$/)
    expect(provider.calls).toHaveLength(6)
  })

  test('counts no waiting as work', async () => {
    const provider = await fake(sends(429, '', { 'retry-after': '60' }), says('a'))
    const { timing, retries } = reply(await put(await openFake(provider)))
    expect(timing.sent).toBeGreaterThan(60_000)
    expect(timing.lastToken - timing.sent).toBeLessThan(10_000)
    expect(retries[0]?.waitedMs).toBeGreaterThanOrEqual(60_000)
  })
})

describe('fails at once, and says what to do', () => {
  const rows: readonly [what: string, handler: Handler, kind: string, says: RegExp][] = [
    ['a wrong key', sends(401, '{"error":{"message":"bad key"}}'), 'unauthorized', /401: bad key/],
    [
      'too long a context',
      sends(400, '{"error":{"message":"maximum context length is 8192 tokens","code":"context_length_exceeded"}}'),
      'context-overflow',
      /8192/,
    ],
    [
      'a web page',
      sends(200, '<!doctype html><title>Login</title>', { 'content-type': 'text/html' }),
      'bad-reply',
      /a web page \("Login"\) → check that http/,
    ],
    [
      'a web page that says it is a stream',
      sends(200, '<!doctype html>\n<p>x</p>\n', stream),
      'bad-reply',
      /not an event stream/,
    ],
    [
      'another content type',
      sends(200, 'hello', { 'content-type': 'text/plain' }),
      'bad-reply',
      /text\/plain instead of a reply/,
    ],
    ['JSON that is not a reply', sends(200, '{"ok":true}'), 'bad-reply', /neither choices nor an error/],
    ['an event that is not JSON', sends(200, 'data: {oops}\n\n', stream), 'bad-reply', /not JSON \("\{oops\}"\)/],
    ['a stream with nothing in it', sends(200, 'data: [DONE]\n\n', stream), 'bad-reply', /without a reply/],
    ['a redirect', sends(308, '', { location: 'https://x/' }), 'bad-reply', /points to https:\/\/x\//],
    ['a wait of a day', sends(429, '', { 'retry-after': '86400' }), 'rate-limited', /429/],
  ]
  test.each(rows)('%s', async (_, handler, kind, says) => {
    const provider = await fake(handler)
    const answer = failure(await put(await openFake(provider)))
    expect(answer.kind).toBe(kind)
    expect(answer.message).toMatch(says)
    expect(answer.message).not.toContain('\n')
    expect(provider.calls).toHaveLength(1)
  })

  const errors: readonly [what: string, wire: string, kind: string][] = [
    ['an error object', sse(chunk({ content: 'a' }), { error: { message: 'overloaded', code: 529 } }), 'server-error'],
    ['an error event', `event: error\n${sse({ message: 'slow', type: 'rate_limit_error' })}`, 'rate-limited'],
    [
      'an error beside a finish',
      sse({ choices: [{ index: 0, delta: {}, finish_reason: 'error', error: { code: 502, message: 'x' } }] }),
      'server-error',
    ],
    [
      'a finish that is an error',
      sse(
        chunk({ content: 'a' }),
        { choices: [{ index: 0, delta: {}, finish_reason: 'insufficient_system_resource' }] },
        '[DONE]',
      ),
      'server-error',
    ],
    ['an end without a reason', sse(chunk({ content: 'a' })), 'cut-stream'],
    ['nothing at all', '', 'cut-stream'],
  ]
  test.each(errors)('in the middle of a stream: %s', async (_, wire, kind) => {
    const provider = await fake(sends(200, wire, stream))
    expect(failure(await put(await openFake(provider, none))).kind).toBe(kind)
  })

  test('an error object under status 200', async () => {
    const provider = await fake(sends(200, '{"error":{"message":"no credit","code":402}}'))
    expect(failure(await put(await openFake(provider)))).toMatchObject({ kind: 'unauthorized', status: 402 })
  })

  test('a key that the provider echoes stays out of the message', async () => {
    const provider = await fake(sends(401, '{"error":{"message":"no such key: hunter2hunter2"}}'))
    const origin = new URL(provider.url).origin
    const model = await openFake(provider, {
      providers: { [origin]: { keys: ['MY_KEY'] } },
      env: { MY_KEY: 'hunter2hunter2' },
    })
    const answer = failure(await put(model))
    expect(provider.calls[0]?.headers.authorization).toBe('Bearer hunter2hunter2')
    expect(answer.message).toMatch(/no such key: \[key\] → check the key in MY_KEY/)
  })

  test('a key is taken out before the message is cut, wherever in it the cut falls', async () => {
    const secret = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY'
    const bodies = [
      (filler: string) => sends(400, JSON.stringify({ error: { message: `${filler}Bearer ${secret}` } })),
      (filler: string) => sends(400, `<title>${filler}${secret}</title>`),
      (filler: string) => sends(302, '', { location: `http://h/${filler}?k=${secret}` }),
      (filler: string) => sends(200, 'x', { 'content-type': `text/${filler}${secret}` }),
      (filler: string) => sends(200, `data: ${filler.slice(300)}${secret}\n\ndata: {}\n\n`, stream),
      // A server may cut it too, or our own bound on the length of an error page.
      (filler: string) => sends(400, `${filler}${secret.slice(0, 20)}`),
      (filler: string) => sends(400, `${' '.repeat(1024 * 1024 - filler.length)}${secret}${'x'.repeat(100_000)}`),
    ]
    for (const body of bodies)
      for (let length = 300; length < 400; length += 9) {
        const provider = await fake(body('-'.repeat(length)))
        const model = await openFake(provider, {
          ...none,
          providers: { [new URL(provider.url).origin]: { headers: { 'x-proxy-auth': secret } } },
        })
        const { message } = failure(await put(model))
        for (let from = 0; from + 8 < secret.length; from++) expect(message).not.toContain(secret.slice(from, from + 8))
      }
  })

  test('a body packed unasked', async () => {
    const provider = await fake(sends(200, 'x', { ...stream, 'content-encoding': 'gzip' }))
    expect(failure(await put(await openFake(provider))).message).toMatch(/encoded as gzip/)
  })

  test('nobody listens', async () => {
    const provider = await fakeProvider(says('a'))
    await provider.close()
    const answer = failure(await put(await openFake(provider)))
    expect(answer.kind).toBe('unreachable')
    expect(answer.message).toMatch(
      /cannot reach 127\.0\.0\.1:\d+: connection refused → check the address and that the server runs \(3 tries\)/,
    )
  })

  test('no such host', async () => {
    const answer = failure(await put(await openFake({ url: 'http://nobody.invalid/v1' }, none)))
    expect(answer.kind).toBe('unreachable')
  })

  test('more than may be kept', async () => {
    const provider = await fake(
      streams(...Array.from({ length: 50 }, () => chunk({ content: 'x'.repeat(1000) })), chunk({}, 'stop')),
    )
    const answer = failure(await put(await openFake(provider, { maxReplyBytes: 10_000 })))
    expect(answer).toMatchObject({ kind: 'bad-reply' })
    expect(answer.message).toMatch(/more than 10000 bytes/)
  })

  test('one event without end', async () => {
    const provider = await fake(({ response }) => {
      response.writeHead(200, stream)
      response.write('data: {"choices":[{"delta":{"content":"')
      response.write('x'.repeat(200_000))
    })
    expect(failure(await put(await openFake(provider, { maxReplyBytes: 100_000 }))).kind).toBe('bad-reply')
  })

  test('what the provider would ignore is refused before it is sent', async () => {
    const provider = await fake(says('a'))
    const origin = new URL(provider.url).origin
    const model = await openFake(provider, {
      providers: { [origin]: { quirks: { effort: 'refused', completions: false } } },
    })
    expect(failure(await put(model, { sampling: { effort: 'high' } })).kind).toBe('bad-request')
    expect(failure(await put(model, { template: 'completion' })).kind).toBe('bad-request')
    expect(provider.calls).toHaveLength(0)
  })
})

const slow: Handler = ({ response }) => {
  response.writeHead(200, stream)
  response.write(sse(chunk({ content: 'a' })))
}

describe('time', () => {
  test('a stream that stalls', async () => {
    const provider = await fake(slow)
    const answer = failure(await put(await openFake(provider, { ...none, timeouts: { idle: 40 } })))
    expect(answer.kind).toBe('timeout')
    expect(answer.message).toMatch(/no further byte within 40 ms → raise timeouts\.idle/)
  })

  test('a server that never answers', async () => {
    const provider = await fake(() => {})
    const answer = failure(await put(await openFake(provider, { ...none, timeouts: { firstByte: 40 } })))
    expect(answer.message).toMatch(/no first byte within 40 ms/)
  })

  test('a head without a body', async () => {
    const provider = await fake(({ response }) => response.writeHead(200, stream).flushHeaders())
    expect(failure(await put(await openFake(provider, { ...none, timeouts: { firstByte: 40 } }))).message).toMatch(
      /no first byte/,
    )
  })

  test('a connection that is never made', async () => {
    // TLS begins and is never finished.
    const mute = createServer(() => {}).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const address = mute.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const model = await openFake({ url: `https://127.0.0.1:${port}/v1` }, { ...none, timeouts: { connect: 40 } })
    expect(failure(await put(model)).message).toMatch(/no connection within 40 ms/)
    mute.close()
  })

  test('comments keep a stream alive, but not for ever', async () => {
    const provider = await fake(({ response }) => {
      response.writeHead(200, stream)
      const ping = setInterval(() => response.write(': keep-alive\n\n'), 10)
      response.once('close', () => clearInterval(ping))
    })
    const answer = failure(await put(await openFake(provider, { ...none, timeouts: { idle: 60, total: 150 } })))
    expect(answer.message).toMatch(/no whole reply within 150 ms/)
  })
})

describe('called off', () => {
  test('before it begins', async () => {
    const provider = await fake(says('a'))
    const answer = failure(await put(await openFake(provider), {}, { signal: AbortSignal.abort() }))
    expect(answer.kind).toBe('aborted')
    expect(provider.calls).toHaveLength(0)
  })

  test('in the middle of a stream, and the server notices', async () => {
    const abort = new AbortController()
    let closed: (() => void) | undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const provider = await fake(({ response }) => {
      response.writeHead(200, stream)
      response.write(sse(chunk({ content: 'a' })))
      response.once('close', () => closed?.())
    })
    const answer = failure(
      await put(await openFake(provider), {}, { signal: abort.signal, onDelta: () => abort.abort() }),
    )
    expect(answer.kind).toBe('aborted')
    await gone
  })

  test('while it waits to try again', async () => {
    const abort = new AbortController()
    const provider = await fake(sends(500, ''))
    const effects = {
      ...skippingTime(),
      sleep: () => {
        abort.abort()
        return Promise.resolve()
      },
    }
    const answer = failure(await put(await openFake(provider, { effects }), {}, { signal: abort.signal }))
    expect(answer).toMatchObject({ kind: 'aborted', retries: [{ kind: 'server-error' }] })
    expect(provider.calls).toHaveLength(1)
  })

  test('while it waits for its turn', async () => {
    const abort = new AbortController()
    const provider = await fake(() => {})
    const model = await openFake(provider, { limiters: shareLimiters({ most: 1 }) })
    const first = put(model, {}, { signal: abort.signal })
    const second = put(model, {}, { signal: abort.signal })
    setTimeout(() => abort.abort(), 30)
    expect([failure(await first).kind, failure(await second).kind]).toEqual(['aborted', 'aborted'])
    expect(provider.calls).toHaveLength(1)
  })
})
