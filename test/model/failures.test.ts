import { describe, expect, test } from 'vitest'
import { failureOfAnswer, failureOfError, oneLine, retryAfter, type Asked } from '../../src/model/failures.ts'
import type { FailureKind } from '../../src/model/index.ts'
import { saysOverflow } from '../../src/model/overflow.ts'

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

describe('error objects in a stream', () => {
  const rows: readonly [error: unknown, kind: FailureKind][] = [
    [{ message: 'x', code: 429 }, 'rate-limited'],
    [{ message: 'x', code: 502 }, 'server-error'],
    [{ message: 'x', type: 'overloaded_error' }, 'server-error'],
    [{ message: 'x', type: 'invalid_request_error' }, 'bad-request'],
    [{ message: 'maximum context length is 8' }, 'context-overflow'],
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

test.each([
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
  'Your input exceeds the context window of this model. Please adjust your input and try again.',
  'prompt is too long: 214850 tokens > 200000 maximum',
  'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
  'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
  'Please reduce the length of the messages or completion.',
  "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
  'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
  'the request exceeds the available context size. try increasing the context size or enable context shift',
  'The decoder prompt (length 5000) is longer than the maximum model length of 4096.',
  'Input is too long for requested model.',
  'Current length is 9000 while limit is 8192',
])('"%s" is an overflow', (message) => {
  expect(saysOverflow(message)).toBe(true)
})

test.each([
  'Rate limit reached for gpt-x on tokens per min (TPM): Limit 30000',
  'max_tokens is too large: 99999',
  'Invalid value for top_p',
])('"%s" is none', (message) => {
  expect(saysOverflow(message)).toBe(false)
})

test('a message is one line without keys', () => {
  const line = oneLine(asked, `bad key sk-proj-abcdefghijklmnop\r\n\u0000 and ${'x'.repeat(900)}`)
  expect(line).not.toMatch(/abcdefgh|\p{Cc}/u)
  expect(line.length).toBeLessThanOrEqual(400)
})
