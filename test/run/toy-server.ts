import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { z } from 'zod'
import type { Part } from '../../src/record/index.ts'
import { numberFrom, partsFor } from './toy-study.ts'

/** One question that reached the provider. */
export interface Asked {
  readonly prompt: string
  readonly turn: number
}

export interface ToyServer {
  /** The model's name. */
  readonly model: string
  readonly asked: Asked[]
  onAsked: (() => void) | undefined
  close(): Promise<void>
}

const body = z.object({ messages: z.array(z.object({ role: z.string(), content: z.unknown() })) })

/** A provider of chat completions that answers as {@link partsFor} says, after 5 to 20 ms. */
export async function toyServer(): Promise<ToyServer> {
  const sockets = new Set<Socket>()
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const { messages } = body.parse(JSON.parse(text))
      const prompt = wordsOf(messages.find(({ role }) => role === 'user')?.content)
      const turn = messages.filter(({ role }) => role === 'assistant').length
      asked.push({ prompt, turn })
      toy.onAsked?.()
      const parts = partsFor(prompt, turn)
      const usage = { prompt_tokens: Math.ceil(text.length / 8), completion_tokens: 5 + numberFrom(20, prompt, turn) }
      setTimeout(() => say(response, parts, usage), 5 + numberFrom(16, prompt, turn, 'wait'))
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const toy: ToyServer = {
    model: `http://127.0.0.1:${port}/v1#toy`,
    asked,
    onAsked: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return toy
}

function wordsOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}

/** One reply, as a stream of events. */
export function say(
  response: ServerResponse,
  parts: readonly Part[],
  usage: { readonly prompt_tokens: number; readonly completion_tokens: number },
): void {
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const calls = parts.flatMap((part, index) =>
    part.type === 'tool-call'
      ? [{ index, id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } }]
      : [],
  )
  const head = { id: 'chatcmpl-toy', object: 'chat.completion.chunk', created: 0, model: 'toy-2026-01-01' }
  const chunk = (delta: object, finish: string | null): object => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of [
    chunk({ role: 'assistant', content: text }, null),
    chunk({ tool_calls: calls.map((call, index) => ({ ...call, index })) }, null),
    chunk({}, 'tool_calls'),
    { ...head, choices: [], usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens } },
  ])
    response.write(`data: ${JSON.stringify(event)}\n\n`)
  response.end('data: [DONE]\n\n')
}
