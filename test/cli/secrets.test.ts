import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { fakeProvider, says, sends, type Fake, type Handler } from '../model/fake-server.ts'
import { assay, scratch } from './assay.ts'

const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})

/** A secret in every place that a request may carry one. */
const SECRETS = {
  key: 'mistral7Qw2/eR4+tY6uI8oP0aS2dF4',
  bearer: 'bearer9zX8cV7bN6mM5lK4jH3gF2dS1',
  named: 'named1234 with blanks',
  cookie: 'cookie5tG6hY7jU8kI9oL0',
  password: 'password-of-somebody',
  variable: 'variable3eD4rF5tG6yH7',
} as const

const CONFIG = (address: string): string => `
process.env.MINE_THING = ${JSON.stringify(`${SECRETS.key}\n`)}
process.env.MINE_AUTH = ${JSON.stringify(SECRETS.variable)}
export default { providers: { mine: {
  baseUrl: ${JSON.stringify(address)}, keys: ['MINE_THING'], auth: 'api-key', headersFrom: { 'x-var': 'MINE_AUTH' },
  headers: {
    authorization: ${JSON.stringify(`Bearer ${SECRETS.bearer}`)}, 'x-api-token': ${JSON.stringify(SECRETS.named)},
    cookie: ${JSON.stringify(`lang=en; session=${SECRETS.cookie}`)}, 'x-team': 'evaluations',
    'proxy-authorization': ${JSON.stringify(`Basic ${Buffer.from(`me:${SECRETS.password}`).toString('base64')}`)},
  },
} } }`

/** A secret, in the forms in which it could lie in a file. */
function formsOf(secret: string): readonly string[] {
  const at = [0, 1, 2].map((before) =>
    Buffer.from(`${'x'.repeat(before)}${secret}`)
      .toString('base64')
      .slice(4, -4),
  )
  return [secret, ...[4, 9].map((from) => secret.slice(from, from + 10)), encodeURIComponent(secret), ...at]
}

function everything(folder: string): string {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('assay.config'))
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

const headersOf: (request: { readonly headers: object }) => string = ({ headers }) => JSON.stringify(headers)
const encodings = (text: string): string =>
  [text, encodeURIComponent(text), ...[0, 1, 2].map((n) => Buffer.from('x'.repeat(n) + text).toString('base64'))].join(
    ' ',
  )

/** A provider that says all that it was sent, in a reply, and then in errors that are cut in the middle of it. */
const echoes: Handler = (call) => {
  const headers = headersOf(call.request)
  const filler = /case (\d+)/.exec(call.body)?.[1]
  if (filler === undefined) return says(encodings(headers))(call)
  const sent = Object.values(call.request.headers).join(' ')
  return sends(400, JSON.stringify({ error: { message: `${'-'.repeat(Number(filler))}${sent}` } }))(call)
}

test('nothing secret that a provider was sent and says again is in any file or stream of a run', async () => {
  const fake = await fakeProvider(echoes)
  open.push(fake)
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'assay.config.mjs'), CONFIG(`${fake.url}?api-version=2026-01-01`))
  const prompts = ['Say it.', ...Array.from({ length: 40 }, (_, index) => `case ${140 + 6 * index}`)]
  fs.writeFileSync(path.join(folder, 'c.csv'), ['prompt,expected', ...prompts.map((text) => `${text},x`)].join('\n'))
  const words = ['run', 'c.csv', '--model', 'mine/m', '--controls', 'off', '--concurrency', '41', '--name', 'one']
  const { code, out, err } = await assay(folder, ...words, '--json')
  expect(code).toBe(3)
  const said = out + err
  const kept = everything(folder)
  expect(fake.calls.length).toBeGreaterThan(3)
  expect(fake.calls[0]?.path).toBe('/v1/chat/completions?api-version=2026-01-01')
  // What is no secret is left alone, and the echoes did come.
  expect(kept).toContain('evaluations')
  expect(kept).toMatch(/400: -+/)
  for (const secret of Object.values(SECRETS))
    for (const form of formsOf(secret)) {
      expect(kept).not.toContain(form)
      expect(said).not.toContain(form)
    }
})
