import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ownAgent, ownAgentRow, type Answer, type OwnAgent, type Request } from '../../src/model/index.ts'
import { realEffects } from '../../src/model/effects.ts'
import { assay, scratch } from '../cli/assay.ts'

const request: Request = {
  messages: [
    { role: 'system', text: 'Rules.' },
    { role: 'user', text: 'Hi.' },
    { role: 'assistant', parts: [{ type: 'text', text: 'Hello.' }] },
    { role: 'user', text: 'Who are "you"?' },
  ],
  tools: [],
  toolChoice: 'none',
  template: 'chat',
  sampling: {},
  seed: 1,
}
const never = new AbortController().signal
function ask(row: OwnAgent, change: Partial<Request> = {}, signal = never): Promise<Answer> {
  const effects = { ...realEffects, sleep: async () => undefined }
  return ownAgent('mine', row, { effects, env: { BOT: 'sk-secret-1234567890' } }).ask(
    { ...request, ...change },
    { signal },
  )
}
const node = (code: string): readonly string[] => [process.execPath, '-e', code]
const textOf = (answer: Answer): unknown => (answer.type === 'reply' ? answer.parts : answer)
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('an agent that is a command', () => {
  test('is given the last words on its input, and its output is the answer', async () => {
    const row = { command: node('process.stdin.on("data", (d) => console.log("heard " + d))') }
    expect(textOf(await ask(row))).toEqual([{ type: 'text', text: 'heard Who are "you"?' }])
  })

  test('may take all messages as JSON, words in its arguments, and answer in JSON', async () => {
    const code =
      'let t="";process.stdin.on("data",(d)=>t+=d).on("end",()=>console.log(JSON.stringify({a:[{n:JSON.parse(t).messages.length+process.argv[1]}]})))'
    const row = { command: [...node(code), '{{prompt}} $(id)'], input: 'messages', answer: 'a.0.n' } as const
    expect(textOf(await ask(row))).toEqual([{ type: 'text', text: '4Who are "you"? $(id)' }])
  })

  test.each([
    [
      'an exit code',
      { command: node('console.error("no   disk"); process.exit(3)') },
      'server-error',
      'ended with exit code 3: no disk',
    ],
    ['no such program', { command: ['/no/such/program'] }, 'unreachable', 'does not start'],
    [
      'no answer in time',
      { command: node('setTimeout(() => 0, 60000)'), timeoutSeconds: 0.3 },
      'timeout',
      'no answer within 0.3 s',
    ],
    [
      'a reply without the answer',
      { command: node('console.log("{}")'), answer: 'text' },
      'bad-reply',
      'no text at text',
    ],
    ['a reply that is not JSON', { command: node('console.log("hm")'), answer: 'text' }, 'bad-reply', 'is not JSON'],
    [
      'a reply without end',
      { command: node('const c = "x".repeat(1<<20); const w = () => process.stdout.write(c, w); w()') },
      'bad-reply',
      'wrote more than',
    ],
  ] as const)('%s is a failure, which makes its trial invalid', async (_, row, kind, message) => {
    const answer = await ask(row)
    expect(answer).toMatchObject({ type: 'failure', kind })
    expect(answer.type === 'failure' && answer.message).toContain(message)
    expect(answer.type === 'failure' && answer.message).toMatch(/^agent\/mine: /)
  })

  test('that started others leaves none of them', async () => {
    const file = path.join(scratch(), 'pid')
    const code = `const c=require('child_process').spawn(process.execPath,['-e','setTimeout(()=>0,60000)'],{stdio:'ignore'});require('fs').writeFileSync(${JSON.stringify(file)},String(c.pid));console.log('ok');c.unref()`
    expect(textOf(await ask({ command: node(code) }))).toEqual([{ type: 'text', text: 'ok' }])
    const pid = Number(fs.readFileSync(file, 'utf8'))
    for (let wait = 0; wait < 40 && alive(pid); wait++) await delay(50)
    expect(alive(pid)).toBe(false)
  })

  test('is stopped with the run', async () => {
    const stop = new AbortController()
    const asked = ask({ command: node('setTimeout(() => 0, 60000)') }, {}, stop.signal)
    setTimeout(() => stop.abort(), 100)
    expect(await asked).toMatchObject({ type: 'failure', kind: 'aborted' })
    expect(await ask({ command: node('') }, {}, AbortSignal.abort())).toMatchObject({ kind: 'aborted' })
  })

  test('takes no tools and no temperature', async () => {
    const row = { command: node('') }
    expect(await ask(row, { sampling: { temperature: 0 } })).toMatchObject({
      kind: 'bad-request',
      message: 'agent/mine takes no temperature: leave it out',
    })
    const tools = [{ name: 'a', description: '', parameters: {} }]
    expect(await ask(row, { tools })).toMatchObject({ kind: 'bad-request' })
  })
})

/** A server on this machine that answers so. */
async function served(
  answer: (body: string, res: http.ServerResponse, headers: http.IncomingHttpHeaders) => void,
): Promise<string> {
  const server = http.createServer((req, res) => {
    let body = ''
    req.on('data', (part: Buffer) => (body += part.toString()))
    req.on('end', () => answer(body, res, req.headers))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return `http://127.0.0.1:${port}/ask`
}

describe('an agent that is an HTTP endpoint', () => {
  test('is sent the mapped question, and its answer is where the mapping says', async () => {
    const url = await served((body, res, headers) =>
      res.end(JSON.stringify({ data: { text: body + headers['authorization'] } })),
    )
    const row = {
      url,
      body: { q: 'Say: {{prompt}}', all: '{{messages}}', rules: '{{system}}', n: 1 },
      headersFrom: { authorization: 'BOT' },
      answer: 'data.text',
    }
    const answer = await ask(row)
    const [part] = answer.type === 'reply' ? answer.parts : []
    const said = part?.type === 'text' ? part.text : ''
    expect(said.endsWith('sk-secret-1234567890')).toBe(true)
    expect(JSON.parse(said.replace(/sk-secret.*/, ''))).toEqual({
      q: 'Say: Who are "you"?',
      all: [
        { role: 'system', content: 'Rules.' },
        { role: 'user', content: 'Hi.' },
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'Who are "you"?' },
      ],
      rules: 'Rules.',
      n: 1,
    })
  })

  test.each([
    ['a web page', 200, '<!DOCTYPE html><html>Log in</html>', 'bad-reply', 'a web page (HTML)'],
    ['a page with an error', 500, '<html>Oops</html>', 'server-error', 'it answered 500 with a web page (HTML)'],
    ['a redirect', 302, '', 'bad-reply', 'a redirect, which is not followed'],
    ['a refused request', 400, '{"error":"no q"}', 'bad-request', 'it answered 400: {"error":"no q"}'],
    ['a wrong key', 401, 'key sk-secret-1234567890', 'unauthorized', 'it answered 401: key [key]'],
    ['a rate limit', 429, 'slow down', 'rate-limited', 'it answered 429: slow down'],
  ] as const)('%s is a failure, without the key', async (_, status, body, kind, message) => {
    let asked = 0
    const url = await served((_body, res) => {
      asked++
      res.writeHead(status, { location: '/login' }).end(body)
    })
    const answer = await ask({ url, headersFrom: { authorization: 'BOT' } })
    expect(answer).toMatchObject({ type: 'failure', kind, message: expect.stringContaining(message) })
    expect(JSON.stringify(answer)).not.toContain('sk-secret')
    expect(asked).toBe(kind === 'rate-limited' ? 11 : kind === 'server-error' ? 6 : 1)
  })

  test('a server that is down for a moment is asked again', async () => {
    let asked = 0
    const url = await served((_body, res) => (++asked < 3 ? res.writeHead(503).end() : res.end('fine')))
    expect(await ask({ url })).toMatchObject({
      type: 'reply',
      parts: [{ text: 'fine' }],
      retries: [{ status: 503 }, { status: 503 }],
    })
  })

  test('a reply that is cut, or never comes, is no answer', async () => {
    const cut = await served((_body, res) => {
      res.writeHead(200, { 'content-length': '100' }).write('half')
      setTimeout(() => res.destroy(), 20)
    })
    expect(await ask({ url: cut })).toMatchObject({ type: 'failure', kind: 'unreachable' })
    const slow = await served(() => undefined)
    expect(await ask({ url: slow, timeoutSeconds: 0.3 })).toMatchObject({
      kind: 'timeout',
      message: 'agent/mine: it gave no answer within 0.3 s',
    })
    expect(await ask({ url: 'http://127.0.0.1:1/' })).toMatchObject({ kind: 'unreachable' })
  })

  test('needs the variables of its headers', () => {
    expect(() =>
      ownAgent('mine', { url: 'http://127.0.0.1:1/', headersFrom: { authorization: 'NONE' } }, { env: {} }),
    ).toThrow('The agent mine needs the variable NONE for its header authorization: set it.')
  })
})

test.each([
  [{ command: [] }, 'must name a program'],
  [{ command: ['a'], stdin: 'x' }, 'no field "stdin"'],
  [{ url: 'ftp://x' }, 'must be an http or https address'],
  [{ url: 'http://x', anser: 'a' }, 'Did you mean "answer"?'],
])('a row that is wrong is refused: %j', (row, message) => {
  const parsed = ownAgentRow.safeParse(row)
  expect(parsed.success).toBe(false)
  expect(JSON.stringify(parsed.error?.issues.map((issue) => issue.message)).replaceAll('\\"', '"')).toContain(message)
})

test('--agent runs it on questions, and says which agents there are', async () => {
  const folder = scratch()
  fs.writeFileSync(path.join(folder, 'q.csv'), 'id,prompt,expected,check\na,Capital?,Paris,contains\nb,Sum?,4,number\n')
  fs.writeFileSync(
    path.join(folder, 'agent.mjs'),
    "let t='';for await (const d of process.stdin) t+=d;console.log(t==='Capital?'?'Paris':'5')\n",
  )
  fs.writeFileSync(
    path.join(folder, 'assay.config.ts'),
    `export default { agents: { mine: { command: [${JSON.stringify(process.execPath)}, 'agent.mjs'], free: true } } }\n`,
  )
  const ran = await assay(folder, 'run', 'q.csv', '--agent', 'mine', '--name', 'r')
  expect(ran.out).toContain('agent/mine: share of cases answered correctly 50.0%')
  expect(ran.code).toBe(0)
  const wrong = await assay(folder, 'run', 'q.csv', '--agent', 'mien')
  expect(wrong).toMatchObject({ code: 2 })
  expect(wrong.err).toContain('There is no agent "mien". Did you mean mine? Agents of assay.config.ts: mine.')
})
