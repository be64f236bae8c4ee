import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources'
import {
  openModel,
  type Answer,
  type AskOptions,
  type Effects,
  type Model,
  type OpenOptions,
  type Request,
} from '../../src/model/index.ts'

/** One answer of a fake provider. */
export type Handler = (call: {
  readonly body: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
}) => void

export interface Fake {
  readonly url: string
  readonly port: number
  readonly calls: { readonly path: string; readonly body: string; readonly headers: IncomingMessage['headers'] }[]
  close(): Promise<void>
}

/** A provider that answers call after call as told; the last handler answers all that follow. */
export async function fakeProvider(...handlers: readonly Handler[]): Promise<Fake> {
  const calls: Fake['calls'] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const handler = handlers[Math.min(calls.length, handlers.length - 1)]
      calls.push({ path: request.url ?? '', body, headers: request.headers })
      handler?.({ body, request, response })
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** A chunk as OpenAI's own types have it. */
export function chunk(
  delta: ChatCompletionChunk.Choice.Delta,
  finish: ChatCompletionChunk.Choice['finish_reason'] = null,
): ChatCompletionChunk {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'fake-2026-01-01',
    choices: [{ index: 0, delta, finish_reason: finish }],
  }
}

export function sse(...events: readonly (object | string)[]): string {
  return events.map((one) => `data: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('')
}

/** A stream of these chunks, with the end it should have. */
export function streams(...chunks: readonly ChatCompletionChunk[]): Handler {
  return sends(200, sse(...chunks, '[DONE]'), { 'content-type': 'text/event-stream' })
}

export function says(text: string): Handler {
  return streams(chunk({ role: 'assistant', content: text }), chunk({}, 'stop'))
}

export function sends(status: number, body: string, headers: Record<string, string> = {}): Handler {
  return ({ response }) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

export function wholeReply(message: Partial<ChatCompletion['choices'][0]['message']>): ChatCompletion {
  return {
    id: 'chatcmpl-2',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'fake-2026-01-01',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content: null, refusal: null, ...message },
      },
    ],
    usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
  }
}

export const question: Request = {
  messages: [{ role: 'user', text: 'Say something.' }],
  tools: [],
  toolChoice: 'auto',
  template: 'chat',
  sampling: {},
  seed: 7,
}

/** A world in which waits pass at once: the clock jumps over them. `slept` lists them. */
export function skippingTime(): Effects & { readonly slept: number[] } {
  const slept: number[] = []
  let skipped = 0
  return {
    slept,
    clock: () => performance.now() + skipped,
    busy: () => 0,
    wallClock: () => Date.parse('2026-01-01T00:00:00Z') + skipped,
    sleep: (ms) => {
      slept.push(ms)
      skipped += ms
      return Promise.resolve()
    },
  }
}

/** Opens the fake as a model. */
export async function openFake(
  fake: Pick<Fake, 'url'>,
  options: OpenOptions = {},
): Promise<Model & { readonly slept: readonly number[] }> {
  const effects = skippingTime()
  const model = await openModel(`${fake.url}#fake`, { env: {}, effects, ...options })
  return { ...model, slept: effects.slept }
}

export function put(model: Model, request: Partial<Request> = {}, options: Partial<AskOptions> = {}): Promise<Answer> {
  return model.ask({ ...question, ...request }, { signal: new AbortController().signal, ...options })
}
