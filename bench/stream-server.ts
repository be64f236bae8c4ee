import { once } from 'node:events'
import { createServer } from 'node:http'

// The other end of bench/streams.ts, in a process of its own: sends chat-completions streams as fast as it is read.
// POST /<events a write>/<tokens>/… answers with that many one-token events, so many in each HTTP chunk.

const words = [
  'The',
  ' quick',
  ' brown',
  ' fox',
  ' jumps',
  ' over',
  ' the',
  ' lazy',
  ' dog',
  '.',
  '\n',
  ' "',
  'é',
  ' and',
]

function event(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
  const head = {
    id: 'chatcmpl-BxN0c7yqkV1m',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'bench-2026-01-01',
  }
  return `data: ${JSON.stringify({ ...head, service_tier: 'default', system_fingerprint: 'fp_0123456789', choices })}\n\n`
}

const tokens = Array.from({ length: 4096 }, (_, i) => event({ content: words[(i * 7) % words.length] ?? '' }))

const server = createServer((request, response) => {
  void (async () => {
    const [, perWrite, count] = (request.url ?? '').split('/').map(Number)
    request.resume()
    await once(request, 'end')
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(event({ role: 'assistant', content: '' }))
    const size = perWrite ?? 1
    const pieces = tokens
      .map((_, i) => (i % size === 0 ? Buffer.from(tokens.slice(i, i + size).join('')) : undefined))
      .filter((piece) => piece !== undefined)
    for (let sent = 0, i = 0; sent < (count ?? 0); sent += size, i++) {
      const piece = pieces[i % pieces.length]
      if (piece !== undefined && !response.write(piece)) await once(response, 'drain')
    }
    response.end(`${event({}, 'stop')}data: [DONE]\n\n`)
  })()
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.(address.port)
})
process.once('disconnect', () => process.exit())
