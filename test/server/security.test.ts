import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { serveViewer, type Serving, type Viewer } from '../../src/server/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { ask, PORT, toyRuns, toyViewer, type ToyRuns } from './toy-runs.ts'

let toy: ToyRuns
let viewer: Viewer
beforeAll(async () => {
  toy = await toyRuns()
  viewer = toyViewer(toy.source)
})
afterAll(() => fs.rmSync(toy.runs, { recursive: true }))

async function serving(): Promise<Serving> {
  const served = await serveViewer({ source: toy.source, page: temporaryFolder(), port: 0 })
  onTestFinished(() => served.close())
  return served
}

describe('the viewer', () => {
  test.each(['evil.example', `evil.example:${PORT}`, '127.0.0.1', '127.0.0.1:1', '', `127.0.0.1:${PORT}.evil.example`])(
    'refuses the host %j: a name that was bound to this machine from outside',
    async (host) => expect((await ask(viewer, '/api/runs', { host })).status).toBe(421),
  )

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses to %s: it only reads', async (method) => {
    expect((await ask(viewer, '/api/runs', {}, method)).status).toBe(405)
  })

  test('gives nothing to another site, by whatever header it shows itself', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${PORT + 1}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    ])
      expect((await ask(viewer, '/api/runs', headers)).status, JSON.stringify(headers)).toBe(403)
    expect((await ask(viewer, '/api/runs', { origin: `http://localhost:${PORT}` })).status).toBe(200)
  })

  test('sends every answer with a policy that lets nothing in', async () => {
    for (const address of ['/', '/api/runs', '/api/runs/none', '/assets/none.js']) {
      const { headers } = await ask(viewer, address)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test.each([
    '/api/runs/..%2f..%2fetc',
    '/api/runs/%2e%2e',
    '/api/runs/..',
    '/api/runs/toy-1%2f..%2ftoy-1',
    '/api/runs/toy-1%00',
    '/api/runs/toy-1/trials/..%2frun',
    '/api/runs/toy-1/trials/%2e%2e%2frun.json%00',
    `/api/runs/${'a'.repeat(300)}`,
  ])('finds no path in %s', async (address) => {
    expect((await ask(viewer, address)).status).toBe(404)
  })

  test.each(['/assets/..%2findex.html', '/assets/%2e%2e/index.html', '/assets/a/b.js', '/assets/%00'])(
    'gives no file for %s',
    async (address) => {
      const page = temporaryFolder()
      fs.writeFileSync(path.join(page, 'index.html'), 'the page')
      const response = await ask(toyViewer(toy.source, page), address)
      expect([404, 200]).toContain(response.status)
      if (response.status === 200) expect(await response.text()).toBe('the page')
    },
  )

  test('shows no run and no journal that is a link', async () => {
    const outside = temporaryFolder()
    fs.cpSync(toy.folder, path.join(outside, 'secret'), { recursive: true })
    const link = path.join(toy.runs, 'linked')
    fs.symlinkSync(path.join(outside, 'secret'), link)
    onTestFinished(() => fs.rmSync(link))
    expect(await (await ask(viewer, '/api/runs')).text()).not.toContain('linked')
    expect((await ask(viewer, '/api/runs/linked')).status).toBe(404)
    const journal = path.join(toy.folder, 'trials', 'linked.jsonl')
    const [real = ''] = fs.readdirSync(path.join(toy.folder, 'trials'))
    fs.symlinkSync(path.join(toy.folder, 'trials', real), journal)
    onTestFinished(() => fs.rmSync(journal))
    expect((await ask(viewer, '/api/runs/toy-1/trials/linked')).status).toBe(404)
  })

  test.each(['outcomes.jsonl', 'run.jsonl', 'findings.json'])(
    'shows no run in which %s is a link or a pipe',
    async (name) => {
      const outside = temporaryFolder()
      const folder = path.join(toy.runs, 'odd')
      fs.cpSync(toy.folder, folder, { recursive: true })
      onTestFinished(() => fs.rmSync(folder, { recursive: true }))
      const file = path.join(folder, name)
      expect((await ask(viewer, '/api/runs/odd/outcomes.csv')).status).toBe(200)
      fs.rmSync(file, { force: true })
      fs.cpSync(path.join(toy.folder, 'outcomes.jsonl'), path.join(outside, 'secret'))
      fs.symlinkSync(path.join(outside, 'secret'), file)
      expect((await ask(viewer, '/api/runs/odd/outcomes.csv')).status).toBe(404)
      fs.rmSync(file)
      execFileSync('mkfifo', [file])
      expect((await ask(viewer, '/api/runs/odd')).status).toBe(404)
      expect(await (await ask(viewer, '/api/runs')).text()).not.toContain('"run":"odd"')
    },
  )

  test('a journal nested a hundred thousand levels deep costs one event of its own page', async () => {
    const folder = path.join(toy.runs, 'deep')
    fs.cpSync(toy.folder, folder, { recursive: true })
    onTestFinished(() => fs.rmSync(folder, { recursive: true }))
    const [trial = ''] = fs.readdirSync(path.join(folder, 'trials')).map((file) => file.replace('.jsonl', ''))
    const journal = path.join(folder, 'trials', `${trial}.jsonl`)
    const lines = fs.readFileSync(journal, 'utf8').split('\n')
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    lines[1] = `{"seq":1,"v":1,"at":1,"type":"note","topic":"deep","data":${deep}}`
    fs.writeFileSync(journal, lines.join('\n'))
    for (const address of ['', '/outcomes.csv', `/trials/${trial}`, `/trials/${trial}/events?from=0&to=10`]) {
      const answer = await ask(viewer, `/api/runs/deep${address}`)
      expect([address, answer.status]).toEqual([address, 200])
    }
    const events = await (await ask(viewer, `/api/runs/deep/trials/${trial}/events?from=0&to=10`)).text()
    expect(events).toContain('nested more than 100 levels deep')
    expect(events).toContain('"seq":2')
  })
})

describe('on a socket', () => {
  test('the host is checked, the port is free again afterwards, and a taken one is named', async () => {
    const served = await serving()
    expect((await fetch(`${served.url}api/runs`)).status).toBe(200)
    await expect(serveViewer({ source: toy.source, page: '', port: served.port })).rejects.toThrow('is taken')
    const status = await new Promise((resolve, reject) => {
      http
        .get({ port: served.port, host: '127.0.0.1', path: '/api/runs', headers: { host: 'evil.example' } }, (answer) =>
          resolve(answer.statusCode),
        )
        .on('error', reject)
    })
    expect(status).toBe(421)
  })

  test('headers that are too long end the connection, not the server', async () => {
    const { port, url } = await serving()
    const answer = await raw(
      port,
      `GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 431/)
    expect((await fetch(`${url}api/runs`)).status).toBe(200)
  })

  test('a body that is too much is not waited for', async () => {
    const { port, url } = await serving()
    const answer = await raw(
      port,
      `POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 99999999999\r\n\r\n${'x'.repeat(100_000)}`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 405/)
    expect((await fetch(`${url}api/runs`)).status).toBe(200)
  })

  test('live viewers that hang up are forgotten', async () => {
    const { url } = await serving()
    const leave = new AbortController()
    const live = await Promise.all(
      Array.from({ length: 50 }, () => fetch(`${url}api/live?run=toy-1`, { signal: leave.signal })),
    )
    expect(live.every(({ status }) => status === 200)).toBe(true)
    leave.abort()
    expect((await fetch(`${url}api/runs`)).status).toBe(200)
  })
})

/** Writes to the socket and reads what comes first. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text))
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
