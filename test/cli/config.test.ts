import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/project/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

async function config(text: string): Promise<unknown> {
  const folder = temporaryFolder()
  fs.writeFileSync(path.join(folder, 'assay.config.mjs'), `export default ${text}\n`)
  return readConfig(folder).catch((cause: unknown) => (cause instanceof Error ? cause.message : cause))
}

describe('assay.config.ts', () => {
  test.each([
    [`{ prvoiders: {} }`, /its default export: no field "prvoiders"\. Did you mean "providers"\? Fields: runs, /],
    [
      `{ providers: { mine: { baseURL: 'http://a' } } }`,
      /providers\.mine: no field "baseURL"\. Did you mean "baseUrl"/,
    ],
    [
      `{ providers: { mine: { nonsense: 1 } } }`,
      /providers\.mine: no field "nonsense"\. Fields: baseUrl, .*, stream\.$/,
    ],
    [`{ providers: { mine: { baseUrl: 'llm.example.org' } } }`, /providers\.mine\.baseUrl: must be an http or https/],
    [
      `{ providers: { mine: { quirks: { max_tokens: 'seed' } } } }`,
      /quirks: no field "max_tokens"\. Did you mean "maxTo/,
    ],
    [`{ providers: { mine: { quirks: { seed: 'yes' } } } }`, /providers\.mine\.quirks\.seed: .*"random_seed"/],
    [`{ providers: { mine: { headers: { 'x-team': 1 } } } }`, /providers\.mine\.headers\.x-team: /],
    [`{ prices: { 'a/b': { in: 1, output: 1, asOf: '2026-01-01', source: 's' } } }`, /prices\.a\/b/],
    [`{ prices: { 'a/b': { input: 1, output: 1, asOf: 'May', source: 's' } } }`, /prices\.a\/b\.asOf: /],
  ])('%s is refused in one line that says what is known', async (text, says) => {
    expect(await config(text)).toMatch(says)
    expect(await config(text)).not.toContain('\n')
  })

  test('takes every field of a row', async () => {
    const row = {
      baseUrl: 'https://llm.example.org/v1?api-version=1',
      baseUrlFrom: { variable: 'MINE_URL', path: '/v1' },
      keys: ['MINE_KEY'],
      auth: 'api-key',
      headers: { 'x-team': 'evals' },
      headersFrom: { 'x-key': 'MINE_KEY' },
      quirks: { maxTokens: 'max_tokens', extra: { a: [1, null] }, streamOptions: { b: true }, completions: false },
      atHome: { seed: 'none' },
      stream: false,
    }
    expect(await config(JSON.stringify({ providers: { mine: row } }))).toEqual({ providers: { mine: row } })
  })
})
