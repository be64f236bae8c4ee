import fs from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { fakeProvider, says, sends, type Fake, type Handler } from '../model/fake-server.ts'
import { assay, scratch } from './assay.ts'
import { CONFIG, encodings, everything, formsOf, headersOf, SECRETS } from './planted-keys.ts'

const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})

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
