import { createServer, request as forward, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeProvider, openFake, put, says, type Fake } from './fake-server.ts'

let provider: Fake
let proxy: Server
let seen: string[]
let proxyUrl: string

beforeEach(async () => {
  provider = await fakeProvider(says('through'))
  seen = []
  proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    request.pipe(
      forward(request.url ?? '', { method: request.method ?? 'GET', headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  })
  proxy.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`)
    socket.on('error', () => {})
    const [host, port] = (request.url ?? '').split(':')
    const out = connect(Number(port), host ?? '', () => socket.write('HTTP/1.1 200 Connected\r\n\r\n'))
    out.on('error', () => socket.destroy())
    socket.pipe(out)
    out.pipe(socket)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  proxyUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']) {
    vi.stubEnv(name, '')
    vi.stubEnv(name.toLowerCase(), '')
  }
})

afterEach(async () => {
  vi.unstubAllEnvs()
  proxy.closeAllConnections()
  await new Promise((resolve) => proxy.close(resolve))
  await provider.close()
})

test('HTTP_PROXY is used', async () => {
  vi.stubEnv('HTTP_PROXY', proxyUrl)
  expect(await put(await openFake(provider))).toMatchObject({ type: 'reply', parts: [{ text: 'through' }] })
  expect(seen).toEqual([`POST ${provider.url}/chat/completions`])
})

test('so is its name in small letters', async () => {
  vi.stubEnv('http_proxy', proxyUrl)
  await put(await openFake(provider))
  expect(seen).toHaveLength(1)
})

test.each(['127.0.0.1', '*', 'example.com,127.0.0.1'])('NO_PROXY=%s goes straight', async (direct) => {
  vi.stubEnv('HTTP_PROXY', proxyUrl)
  vi.stubEnv('NO_PROXY', direct)
  expect(await put(await openFake(provider))).toMatchObject({ type: 'reply' })
  expect(seen).toEqual([])
})

test('HTTPS_PROXY is asked for a tunnel', async () => {
  vi.stubEnv('HTTPS_PROXY', proxyUrl)
  const model = await openFake({ url: `https://127.0.0.1:${provider.port}/v1` }, { retries: { survives: {} } })
  // The fake speaks no TLS: that the tunnel was asked for is what counts.
  expect(await put(model)).toMatchObject({ type: 'failure' })
  expect(seen).toEqual([`CONNECT 127.0.0.1:${provider.port}`])
})

test('a proxy that is not there is named, without its password', async () => {
  vi.stubEnv('HTTP_PROXY', 'http://me:secret@127.0.0.1:1')
  const answer = await put(await openFake(provider, { retries: { survives: {} } }))
  expect(answer).toMatchObject({ type: 'failure', kind: 'unreachable' })
  expect(answer.type === 'failure' ? answer.message : '').toMatch(/through the proxy 127\.0\.0\.1:1.*NO_PROXY/)
  expect(JSON.stringify(answer)).not.toContain('secret')
})

test('a proxy that is no address is refused', async () => {
  vi.stubEnv('HTTP_PROXY', 'socks5://127.0.0.1:1')
  await expect(openFake(provider)).rejects.toMatchObject({ code: 'model/bad-proxy' })
})
