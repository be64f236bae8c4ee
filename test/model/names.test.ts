import { describe, expect, test } from 'vitest'
import { AssayError } from '../../src/assay-error.ts'
import { openModel, parseModelName, providers } from '../../src/model/index.ts'

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof AssayError) return `${error.code} ${error.message}`
  }
  return 'nothing was thrown'
}

async function refusal(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof AssayError ? `${error.code} ${error.message}` : String(error)),
  )
}

test.each([
  ['openai/gpt-5', { provider: 'http', service: 'openai', model: 'gpt-5' }],
  ['openrouter/anthropic/claude-x', { provider: 'http', service: 'openrouter', model: 'anthropic/claude-x' }],
  ['local/smollm2-135m@q8_0', { provider: 'local', model: 'smollm2-135m@q8_0' }],
  ['local/path/to.gguf', { provider: 'local', model: 'path/to.gguf' }],
  ['control/sleeper?p=0.3', { provider: 'control', model: 'sleeper?p=0.3' }],
  [
    'http://localhost:8080/v1#qwen/qwen3',
    { provider: 'http', service: 'http://localhost:8080', baseUrl: 'http://localhost:8080/v1', model: 'qwen/qwen3' },
  ],
  ['https://h/v1/#a%20b', { provider: 'http', service: 'https://h', baseUrl: 'https://h/v1', model: 'a b' }],
])('%s', (text, parsed) => {
  expect(parseModelName(text)).toEqual(parsed)
})

describe('names that are none', () => {
  test.each([
    ['opnai/gpt-5', /^model\/unknown-provider .*Did you mean openai\/gpt-5/],
    ['antropic/claude', /Did you mean anthropic\/claude/],
    ['constructor/x', /^model\/unknown-provider/],
    ['completely-else/x', /Providers: local, control, openai/],
    ['gpt-5', /^model\/unknown-provider/],
    ['openai', /^model\/bad-name/],
    ['openai/', /^model\/bad-name/],
    ['local/', /^model\/bad-name/],
    ['http://localhost:8080/v1', /^model\/bad-name .*after a #/],
    ['http://', /^model\/bad-name/],
    ['http://me:secret@host/v1#m', /^model\/secret-in-name (?!.*secret@)/],
    [
      'http://host/v1?api_key=S3cret#m',
      /^model\/secret-in-name (?!.*S3cret).*query, as "api_key".*header in assay.config/,
    ],
    ['http://host/v1?x=sk-S3cretS3cret#m', /^model\/secret-in-name (?!.*S3cret)/],
    ['http://host/v1?aB3dE5fG7hJ9kL1mN3pQ5rS7=#m', /^model\/secret-in-name (?!.*aB3d)/],
    ['http://host/sk-S3cretS3cret/v1#m', /^model\/secret-in-name (?!.*S3cret)/],
    ['http://host/v1?api_key=S3cret', /^model\/secret-in-name (?!.*S3cret)/],
    ['http://me:secret@:x/v1#m', /^model\/bad-name (?!.*secret)/],
  ])('%s', (text, says) => {
    expect(codeOf(() => parseModelName(text))).toMatch(says)
  })
})

describe('opening', () => {
  test('a missing key says which variable to set', async () => {
    expect(await refusal(openModel('openai/gpt-5', { env: {} }))).toBe(
      'model/no-key openai/gpt-5 needs a key: set OPENAI_API_KEY.',
    )
    expect(await refusal(openModel('google/gemini-x', { env: {} }))).toMatch(/GEMINI_API_KEY or GOOGLE_API_KEY/)
  })

  test('a key never shows', async () => {
    const model = await openModel('openai/gpt-5', { env: { OPENAI_API_KEY: 'sk-secret-1' } })
    expect(JSON.stringify(model)).not.toContain('secret')
    expect(model.identity['headers']).toEqual(['authorization', 'user-agent'])
    expect(await refusal(openModel('openai/gpt-5', { env: { OPENAI_API_KEY: 'sk-secret\nx' } }))).not.toContain(
      'secret',
    )
  })

  test.each([
    ['openai/m', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://gateway/v1/' }, 'http://gateway/v1'],
    ['openai/m', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: ' ' }, 'https://api.openai.com/v1'],
    ['anthropic/m', { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'https://gateway' }, 'https://gateway/v1'],
    [
      'azure/m',
      { AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: 'https://x.openai.azure.com/' },
      'https://x.openai.azure.com/openai/v1',
    ],
    ['http://h/v1/?x=y&z=a/#m', {}, 'http://h/v1?x=y&z=a/'],
    [
      'anthropic/m',
      { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'https://gateway/?v=2026-01-01-preview' },
      'https://gateway/v1?v=2026-01-01-preview',
    ],
    ['google/m', { GOOGLE_API_KEY: 'k' }, 'https://generativelanguage.googleapis.com/v1beta/openai'],
  ])('%s is reached at the address of the environment', async (name, env, baseUrl) => {
    const model = await openModel(name, { env })
    expect(model.identity['baseUrl']).toBe(baseUrl)
  })

  test('a key in an address of the environment or the configuration is refused too', async () => {
    const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://gateway/v1?token=S3cret' }
    for (const opening of [
      openModel('openai/m', { env }),
      openModel('mine/m', { providers: { mine: { baseUrl: 'http://gateway/v1?token=S3cret' } } }),
    ])
      expect(await refusal(opening)).toMatch(/^model\/secret-in-name (?!.*S3cret)/)
  })

  test('an address that is missing or none is named', async () => {
    expect(await refusal(openModel('azure/m', { env: { AZURE_OPENAI_API_KEY: 'k' } }))).toMatch(
      /^model\/no-address .*AZURE_OPENAI_ENDPOINT/,
    )
    const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'gateway' }
    expect(await refusal(openModel('openai/m', { env }))).toMatch(/^model\/no-address OPENAI_BASE_URL/)
  })

  test('a configuration adds providers and changes them', async () => {
    const mine = { mine: { baseUrl: 'http://127.0.0.1:9/v1', keys: ['MY_KEY'], auth: 'api-key' as const } }
    const model = await openModel('mine/m', { providers: mine, env: { MY_KEY: 'k' } })
    expect(model).toMatchObject({
      provider: 'mine',
      identity: { baseUrl: 'http://127.0.0.1:9/v1', headers: ['api-key', 'user-agent'] },
    })
    const changed = await openModel('groq/m', { providers: { groq: { keys: [] } }, env: {} })
    expect(changed.identity['baseUrl']).toBe(providers['groq']?.baseUrl)
  })

  test('a price comes from the table, or from the configuration', async () => {
    const env = { OPENAI_API_KEY: 'k' }
    const mine = { input: 1, output: 2, asOf: '2026-01-01', source: 'contract' }
    expect((await openModel('openai/gpt-4o', { env })).pricing).toMatchObject({
      type: 'priced',
      price: { input: 2.5, output: 10 },
    })
    expect((await openModel('openai/gpt-4o', { env, prices: { 'openai/gpt-4o': mine } })).pricing).toEqual({
      type: 'priced',
      price: mine,
    })
    expect((await openModel('openai/nobody-knows', { env })).pricing.type).toBe('unknown')
  })

  test('a name of another kind goes to that kind', async () => {
    expect(await refusal(openModel('local/nobody-has-this'))).toMatch(/^model\/unknown-local /)
  })

  test('every provider of the table can be opened', async () => {
    for (const [name, row] of Object.entries(providers)) {
      const env = { ...Object.fromEntries(row.keys.map((key) => [key, 'k'])), AZURE_OPENAI_ENDPOINT: 'https://x' }
      const model = await openModel(`${name}/m`, { env })
      expect(model.provider).toBe(name)
      await model.close?.()
    }
  })
})
