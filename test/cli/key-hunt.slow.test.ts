import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { fakeProvider, sends, sse, wholeReply, type Handler } from '../model/fake-server.ts'
import { assay, scratch } from './assay.ts'
import { CONFIG, encodings, everything, formsOf, headersOf, SECRETS } from './planted-keys.ts'

// A provider says everything it was sent, and every other secret of the machine, in every place of an answer; then all
// that Assay wrote, printed, served or exported is searched for any form of any of them.

const places: readonly ((said: string) => Handler)[] = [
  (said) => reply({ content: said }),
  (said) => stream({ content: said }),
  (said) => stream({ reasoning_content: said }, { content: 'x' }),
  (said) => reply({ refusal: said }),
  (said) =>
    sends(200, JSON.stringify({ ...wholeReply({ content: 'x' }), id: said, model: said, system_fingerprint: said })),
  (said) => sends(200, JSON.stringify(wholeReply({ content: 'x' })), { 'x-request-id': encodeURIComponent(said) }),
  (said) => sends(200, JSON.stringify({ choices: [{ finish_reason: said, message: { content: 'x' } }] })),
  (said) => sends(400, JSON.stringify({ error: { message: said, type: said, code: said, param: said } })),
  (said) => sends(401, JSON.stringify({ error: said })),
  (said) => sends(422, JSON.stringify({ detail: [{ loc: ['body', said], msg: said, type: said }] })),
  (said) => sends(404, `<html><title>${said}</title></html>`, { 'content-type': 'text/html' }),
  (said) => sends(200, said),
  (said) => sends(302, '', { location: `http://127.0.0.1:9/${encodeURIComponent(said)}` }),
  (said) =>
    sends(200, sse({ choices: [{ delta: { content: 'x' } }] }, { error: { message: said } }), {
      'content-type': 'text/event-stream',
    }),
  (said) => reply({ tool_calls: [{ id: said, type: 'function', function: { name: said, arguments: said } }] }),
]

function reply(message: Parameters<typeof wholeReply>[0]): Handler {
  return sends(200, JSON.stringify(wholeReply(message)))
}

function stream(...deltas: readonly object[]): Handler {
  const events = deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] }))
  const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
  return sends(200, sse(...events, end, '[DONE]'), { 'content-type': 'text/event-stream' })
}

/** What an agent with files does: writes all of it into a file and under its name, reads it, and hands it in. */
function act(said: string, turn: number): Handler {
  const acts: readonly (readonly [string, object])[] = [
    ['write', { path: 'notes.txt', text: said, content: said }],
    ['read', { path: 'notes.txt' }],
    ['write', { path: `${SECRETS.bearer}.txt`, text: 'x', content: 'x' }],
    ['submit', { answer: said }],
  ]
  const [name, input] = acts[turn % acts.length] ?? ['read', {}]
  return reply({
    tool_calls: [{ id: `c${turn}`, type: 'function', function: { name, arguments: JSON.stringify(input) } }],
  })
}

const provider: Handler = (call) => {
  const said = encodings([headersOf(call.request), ...Object.values(SECRETS)].join(' '))
  if (call.request.url?.includes('/bot') === true) return sends(200, said)(call)
  const place = /place (\d+)/.exec(call.body)?.[1]
  const turn = call.body.split('"role":"assistant"').length - 1
  const handler = place === undefined ? act(said, turn) : places[Number(place)]?.(said)
  handler?.(call)
}

/** What the live viewer answers at its addresses. */
async function viewed(folder: string, run: string, trials: readonly string[]): Promise<string> {
  const bin = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
  const child = spawn(process.execPath, [bin, 'view'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>((resolve) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  const addresses = [
    'api/runs',
    ...['', '/outcomes', '/outcomes.csv', '/pairs'].map((part) => `api/runs/${run}${part}`),
    ...trials.flatMap((trial) =>
      ['', '/events?from=0&to=100', '/events/2/text', '/world?at=3', '/search?text=x'].map(
        (part) => `api/runs/${run}/trials/${trial}${part}`,
      ),
    ),
  ]
  const pages = await Promise.all(addresses.map(async (address) => (await fetch(url + address)).text()))
  child.kill('SIGKILL')
  return pages.join('\n')
}

function trialsOf(folder: string, run: string): readonly string[] {
  return fs.readdirSync(path.join(folder, '.assay/runs', run, 'trials')).map((file) => file.replace('.jsonl', ''))
}

test('no secret is in any file, stream, page or export, whatever answers hold', async () => {
  const fake = await fakeProvider(provider)
  onTestFinished(() => fake.close())
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'assay.config.mjs'), CONFIG(`${fake.url}?api-version=2026-01-01`))
  const rows = places.map((_, index) => `c${index},place ${index},x`)
  fs.writeFileSync(path.join(folder, 'c.csv'), ['id,prompt,expected', ...rows].join('\n'))
  let said = ''
  const type = async (...words: readonly string[]): Promise<number | null> => {
    const { code, out, err } = await assay(folder, ...words)
    said += `${words.join(' ').replaceAll(/https?:\S+/g, '')}\n${out}\n${err}\n`
    return code
  }
  const cases = ['run', 'c.csv', '--controls', 'off', '--concurrency', '100', '--name', 'cases']
  expect(await type(...cases, '--model', 'mine/m', '--agent', 'bot', '--agent', 'teller', '--json')).toBe(3)
  const files = ['run', 'horizon', '--model', 'mine/m', '--controls', 'off', '--repeats', '1', '--max-turns', '6']
  const cell = ['--set', 'family=references', '--set', 'length=2', '--tasks', '1', '--name', 'files']
  expect(await type(...files, ...cell)).toBe(0)
  const asked = fake.calls.map(({ body, path: at }) => /place \d+/.exec(body)?.[0] ?? at)
  expect(new Set(asked).size).toBe(places.length + 1)

  for (const run of ['cases', 'files']) {
    for (const words of [['show'], ['show', '--all', '--json'], ['export'], ['export', '--as', 'jsonl']])
      await type(...words.toSpliced(1, 0, run))
    for (const trial of trialsOf(folder, run).slice(0, 50)) if (run === 'files') await type('show', run, trial)
    said += await viewed(folder, run, trialsOf(folder, run))
  }
  for (const words of [
    ['show', 'cases', '--cases'],
    ['show', 'cases', trialsOf(folder, 'cases')[0] ?? ''],
    ['export', 'cases', '--as', 'markdown'],
    ['export', 'cases', '--as', 'junit'],
    ['audit', 'cases', '--as', 'rate'],
    ['resume', 'cases', '--retry-invalid'],
    ['runs', '--json'],
    ['models', 'test', 'mine/m'],
    ['models'],
    ['doctor'],
    ['plan', 'c.csv', '--model', 'mine/m', '--json'],
    ['view', '--export', 'copy'],
  ])
    await type(...words)

  const kept = everything(folder)
  // The echoes did come, and what is no secret is left alone.
  expect(kept).toMatch(/redacted:MINE_THING/)
  expect(kept).toMatch(/\[key\]/)
  expect(fs.existsSync(path.join(folder, 'copy', 'index.html'))).toBe(true)
  const found = Object.entries(SECRETS).flatMap(([name, secret]) =>
    formsOf(secret).flatMap((form) =>
      Object.entries({ kept, said }).flatMap(([where, text]) => {
        const at = text.indexOf(form)
        return at === -1 ? [] : [`${name} in what was ${where}: ${text.slice(Math.max(0, at - 200), at + form.length)}`]
      }),
    ),
  )
  expect(found).toEqual([])
})

test.each([
  ['a query', (secret: string) => `http://127.0.0.1:9/v1?api_key=${secret}#m`],
  ['a user', (secret: string) => `http://me:${secret}@127.0.0.1:9/v1#m`],
  ['a path', (secret: string) => `http://127.0.0.1:9/sk-${secret}/v1#m`],
])('a key in %s of an address is refused, and not said', async (_, address) => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'c.csv'), 'prompt,expected\na,b\n')
  const secret = 'aB3dE5fG7hJ9kL2mN4pQ6r'
  for (const words of [
    ['run', 'c.csv', '--model', address(secret), '--name', 'one'],
    ['plan', 'c.csv', '--model', address(secret)],
    ['models', 'test', address(secret)],
  ]) {
    const { code, out, err } = await assay(folder, ...words)
    expect(code).toBe(2)
    expect(out + err).not.toContain(secret)
  }
  expect(everything(folder)).not.toContain(secret)
})
