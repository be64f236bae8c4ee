import { describe, expect, test } from 'vitest'
import { failureOfAnswer, failureOfError, oneLine, retryAfter, type Asked } from '../../src/model/failures.ts'
import type { FailureKind } from '../../src/model/index.ts'

const asked: Asked = {
  provider: 'openai',
  model: 'gpt-x',
  baseUrl: 'https://api.openai.com/v1',
  keys: ['OPENAI_API_KEY'],
  withhold: (text) => text,
}
const now = Date.parse('2026-01-01T00:00:00Z')

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return failureOfAnswer(asked, status, headers, typeof body === 'string' ? body : JSON.stringify(body), now)
}

const error = (message: string, more: object = {}): object => ({ error: { message, ...more } })

describe('error answers', () => {
  const rows: readonly [
    what: string,
    status: number,
    body: unknown,
    kind: FailureKind,
    again: boolean,
    says: RegExp,
  ][] = [
    [
      'a wrong key',
      401,
      error('Incorrect API key provided: sk-abcdefgh12345678'),
      'unauthorized',
      false,
      /check the key in OPENAI_API_KEY$/,
    ],
    ['a forbidden model', 403, error('no'), 'unauthorized', false, /gpt-x/],
    ['no credit', 402, error('Insufficient credits'), 'unauthorized', false, /top up/],
    [
      'an unknown model',
      404,
      error('no such model', { code: 'model_not_found' }),
      'bad-request',
      false,
      /model name and the base URL/,
    ],
    ['a bad request', 400, error('bad temperature'), 'bad-request', false, /400: bad temperature$/],
    ['too many requests', 429, error('slow down', { code: 'rate_limit_exceeded' }), 'rate-limited', true, /slow down/],
    [
      'a spent quota is no rate limit',
      429,
      error('quota', { code: 'insufficient_quota' }),
      'unauthorized',
      false,
      /nothing left to spend/,
    ],
    [
      'an overloaded provider',
      529,
      error('Overloaded', { type: 'overloaded_error' }),
      'server-error',
      true,
      /529: Overloaded/,
    ],
    ['a server error', 500, 'Internal Server Error', 'server-error', true, /500: Internal Server Error/],
    [
      'a gateway page',
      502,
      '<html><head><title>502 Bad Gateway</title></head></html>',
      'server-error',
      true,
      /web page \("502 Bad Gateway"\)/,
    ],
    ['a time-out at the other end', 408, '', 'timeout', true, /no reason given/],
    ['an empty body', 503, '', 'server-error', true, /503: no reason given/],
    ['a message alone', 400, { message: 'm' }, 'bad-request', false, /400: m/],
    ['an error that is text', 400, { error: 'm' }, 'bad-request', false, /400: m/],
    ['a detail', 422, { detail: [{ msg: 'field required' }] }, 'bad-request', false, /field required/],
    ['a list with one error', 400, [error('m')], 'bad-request', false, /400: m/],
    [
      'an upstream reason',
      400,
      error('Provider returned error', { metadata: { raw: 'prompt is too long: 9 tokens' } }),
      'context-overflow',
      false,
      /too long/,
    ],
    ['overflow as a code', 400, error('no', { code: 'context_length_exceeded' }), 'context-overflow', false, /400/],
    [
      'overflow under another status',
      500,
      error('the request exceeds the available context size'),
      'context-overflow',
      false,
      /500/,
    ],
  ]
  test.each(rows)('%s', (_, status, body, kind, again, says) => {
    const failure = answer(status, body)
    expect(failure).toMatchObject({ kind, again, status })
    expect(failure.message).toMatch(says)
    expect(failure.message).not.toMatch(/\n|sk-abc/)
  })

  test('a redirect says where to', () => {
    const failure = answer(301, '', { location: 'https://elsewhere/v1' })
    expect(failure).toMatchObject({ kind: 'bad-reply', again: false })
    expect(failure.message).toContain('https://elsewhere/v1')
  })

  test('a provider that says not to ask again is believed', () => {
    expect(answer(500, '', { 'x-should-retry': 'false' }).again).toBe(false)
    expect(answer(400, '', { 'x-should-retry': 'true' }).again).toBe(true)
  })

  test('Google writes its wait into the error', () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' }]
    expect(
      answer(429, [{ error: { code: 429, message: 'quota', status: 'RESOURCE_EXHAUSTED', details } }]).retryAfterMs,
    ).toBe(34_500)
  })
})

/** A field that pydantic refuses. */
const issue = (...loc: (string | number)[]): object => ({
  type: 'extra_forbidden',
  loc: ['body', ...loc],
  msg: 'Extra inputs are not permitted',
})

describe('a refused field', () => {
  const seed = "and refused the field seed: .* → set quirks: { seed: 'none' } for openai$"
  const rows: readonly [who: string, status: number, body: unknown, says: string][] = [
    ['FastAPI', 422, { detail: [issue('seed')] }, seed],
    ['Mistral', 422, { object: 'error', message: { detail: [issue('seed')] }, type: 'invalid_request_error' }, seed],
    ['Mistral, another time', 422, { object: 'Error', detail: [issue('seed')], message: [issue('seed')] }, seed],
    [
      'NVIDIA',
      422,
      { status: 422, detail: 'body -> seed\n  Extra inputs are not permitted (type=extra_forbidden)' },
      seed,
    ],
    [
      'vLLM',
      400,
      { object: 'error', message: "[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'input': 7}]" },
      seed,
    ],
    ['OpenAI', 400, error("Unsupported parameter: 'seed'", { param: 'seed', code: 'unsupported_parameter' }), seed],
    ['an older OpenAI', 400, error('Unrecognized request argument supplied: seed'), seed],
    ['Google', 400, [error('Invalid JSON payload received. Unknown name "seed": Cannot find field.')], seed],
    ['Groq', 400, error("property 'seed' is unsupported"), seed],
    ['LiteLLM', 400, error("litellm.UnsupportedParamsError: x does not support parameters: {'seed': 7}"), seed],
    [
      'two at once',
      422,
      { detail: [issue('seed'), issue('stream_options')] },
      "refused the fields seed, stream_options: .* → set quirks: { seed: 'none' }, set quirks: { usage: 'unasked' } for openai$",
    ],
    [
      'the other name of a limit',
      400,
      error("Unsupported parameter: 'max_tokens' is not supported with this model.", { param: 'max_tokens' }),
      "the field max_tokens: .*quirks: { maxTokens: 'max_completion_tokens' }",
    ],
    [
      'a field of a message',
      422,
      { detail: [issue('messages', 2, 'reasoning_content')] },
      "the field messages.2.reasoning_content: .*quirks: { reasoning: 'none' }",
    ],
    [
      'a field that no quirk knows',
      422,
      { detail: [issue('tool_choice')] },
      'refused the field tool_choice: Extra inputs are not permitted$',
    ],
    [
      'a value, not a field',
      400,
      error('temperature must be at most 2', { param: 'temperature' }),
      '400: temperature must be at most 2$',
    ],
  ]
  test.each(rows)('%s', (_, status, body, says) => {
    const failure = answer(status, body)
    expect(failure.kind).toBe('bad-request')
    expect(failure.message).toMatch(new RegExp(says))
  })

  test('is one that was sent', () => {
    const body = JSON.stringify(error('Unknown field in the request'))
    expect(failureOfAnswer(asked, 400, {}, body, now, '{"model":"m","seed":7}').message).not.toContain('refused')
  })
})

describe('error objects in a stream', () => {
  const rows: readonly [error: unknown, kind: FailureKind][] = [
    [{ message: 'x', code: 429 }, 'rate-limited'],
    [{ message: 'x', code: 502 }, 'server-error'],
    [{ message: 'x', type: 'overloaded_error' }, 'server-error'],
    [{ message: 'x', type: 'invalid_request_error' }, 'bad-request'],
    [{ message: 'maximum context length is 8192' }, 'context-overflow'],
    ['broken', 'server-error'],
    [{}, 'server-error'],
    [null, 'server-error'],
  ]
  test.each(rows)('%j', (error, kind) => {
    expect(failureOfError(asked, error).kind).toBe(kind)
  })
})

test.each([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, 7000],
  [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '-1' }, 0],
  [{}, undefined],
])('%j is a wait of %s ms', (headers, ms) => {
  expect(retryAfter(headers, now)).toBe(ms)
})

test('a message is one line without keys', () => {
  const line = oneLine(asked, `bad key sk-proj-abcdefghijklmnop\r\n\u0000 and ${'x'.repeat(900)}`)
  expect(line).not.toMatch(/abcdefgh|\p{Cc}/u)
  expect(line.length).toBeLessThanOrEqual(400)
})
