import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { z } from 'zod'
import { randomFrom, type Part, type Random } from '../../src/record/index.ts'
import { numberFrom, partsFor } from '../run/toy-study.ts'
import { hostileAct } from '../world/workspace/hostile.ts'
import { sumOf } from './studies.ts'

/** Moods in which the question must be put again. */
const FAILING = ['429', '503', '529', 'html 502', 'reset', 'cut', 'cut after usage', 'error in the stream'] as const
/** Moods in which the answer comes, oddly. */
const ODD = [
  'whole',
  'by bytes',
  'in pieces',
  'arguments again',
  'drifting index',
  'no [DONE]',
  'comments',
  'slow',
] as const

export interface ChaosProvider {
  readonly model: string
  /** Share of calls that meet a mood, in [0, 1]. */
  moody: number
  /** What moods were met, and how often. */
  readonly met: Map<string, number>
  /** Acts of hostile agents that were answered. */
  hostile: number
  onAsked: (() => void) | undefined
  readonly close: () => Promise<void>
}

const asked = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.unknown()).optional(),
})

/** What is answered to a conversation: always the same. */
function answerTo(prompt: string, turn: number): readonly Part[] {
  if (prompt.startsWith('Size ')) return partsFor(prompt, turn)
  if (prompt.startsWith('What is '))
    return [{ type: 'text', text: `It is ${sumOf(prompt) + (numberFrom(3, prompt) === 0 ? 1 : 0)}.` }]
  return hostileAct(prompt, turn)
}

/** A provider of chat completions that is in a mood now and then, drawn from the seed; no question fails more than twice. */
export async function chaosProvider(seed: string): Promise<ChaosProvider> {
  const sockets = new Set<Socket>()
  const fails = new Map<string, number>()
  let count = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { messages } = asked.parse(JSON.parse(Buffer.concat(chunks).toString()))
      const user = messages.find(({ role }) => role === 'user')?.content
      const prompt = typeof user === 'string' ? user : JSON.stringify(user)
      const turn = messages.filter(({ role }) => role === 'assistant').length
      const random = randomFrom('mood', seed, count++)
      const parts = answerTo(prompt, turn)
      if (!/^(?:Size|What is) /.test(prompt)) provider.hostile++
      provider.onAsked?.()
      const key = `${prompt}/${turn}`
      const failed = fails.get(key) ?? 0
      const moods: readonly string[] = failed < 2 ? [...FAILING, ...ODD] : ODD
      const mood = random() < provider.moody ? (moods[Math.floor(random() * moods.length)] ?? '') : ''
      if (FAILING.some((each) => each === mood)) fails.set(key, failed + 1)
      if (mood !== '') provider.met.set(mood, (provider.met.get(mood) ?? 0) + 1)
      setTimeout(() => void say(response, parts, mood, random), 1 + 6 * random())
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const provider: ChaosProvider = {
    model: `http://127.0.0.1:${port}/v1#chaos`,
    moody: 0,
    met: new Map(),
    hostile: 0,
    onAsked: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return provider
}

const USAGE = { usage: { prompt_tokens: 20, completion_tokens: 7, total_tokens: 27 } }

const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`
const chunk = (delta: object, finish: string | null = null, more: object = {}): object => ({
  id: 'chatcmpl-chaos',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
})

/** A reply in the wire's words: its text, its calls, why it ends. */
function wireOf(parts: readonly Part[]): {
  readonly text: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[]
  readonly finish: string
} {
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  return { text, calls, finish: calls.length > 0 ? 'tool_calls' : 'stop' }
}

/** The same text in parts of a few characters; none is cut within a surrogate pair. */
function pieces(text: string, random: Random): readonly string[] {
  const letters = Array.from(text)
  const size = Math.max(1 + Math.floor(random() * 5), Math.ceil(letters.length / 200))
  return Array.from({ length: Math.ceil(letters.length / size) }, (_, at) =>
    letters.slice(at * size, (at + 1) * size).join(''),
  )
}

/** The events of a stream in a mood. */
function eventsOf(parts: readonly Part[], mood: string, random: Random): readonly string[] {
  const { text, calls, finish } = wireOf(parts)
  const cut = mood === 'in pieces' || mood === 'by bytes' || mood === 'drifting index' || mood.startsWith('cut')
  const texts = (cut ? pieces(text, random) : [text]).map((content) => chunk({ content }))
  const called = calls.flatMap(({ id, name, arguments: given }, index) => {
    const head = { index, id, type: 'function', function: { name, arguments: '' } }
    const whole = { ...head, function: { name, arguments: given } }
    const more = (piece: string, at: number): object =>
      chunk({
        tool_calls: [
          { index: mood === 'drifting index' && calls.length === 1 ? at + 1 : index, function: { arguments: piece } },
        ],
      })
    if (cut) return [chunk({ tool_calls: [head] }), ...pieces(given, random).map(more)]
    return [whole, ...(mood === 'arguments again' && isJson(given) ? [whole] : [])].map((one) =>
      chunk({ tool_calls: [one] }),
    )
  })
  const end = [chunk({}, finish), { choices: [], ...USAGE }]
  return [chunk({ role: 'assistant' }), ...texts, ...called, ...end].map(event)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function say(response: ServerResponse, parts: readonly Part[], mood: string, random: Random): Promise<void> {
  const json = (status: number, body: object, headers: Record<string, string> = {}): void =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  const { text, calls, finish } = wireOf(parts)
  switch (mood) {
    case '429':
      return json(429, { error: { message: 'Slow down.', type: 'rate_limit' } }, { 'retry-after': '0' })
    case '503':
    case '529':
      return json(Number(mood), { error: { message: 'Overloaded.', type: 'overloaded_error' } })
    case 'html 502':
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><title>Bad gateway</title></html>')
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'whole': {
      const tool_calls = calls.map(({ id, ...call }) => ({ id, type: 'function', function: call }))
      const message = { role: 'assistant', content: text, ...(tool_calls.length > 0 && { tool_calls }) }
      return json(200, { id: 'x', choices: [{ index: 0, message, finish_reason: finish }], ...USAGE })
    }
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const events = eventsOf(parts, mood, random)
  if (mood === 'cut') {
    response.write(events.slice(0, 1 + Math.floor(random() * (events.length - 2))).join(''))
    await paused(2)
    response.destroy()
  } else if (mood === 'cut after usage') {
    response.write(events[0] + event({ choices: [], ...USAGE }) + 'data: {"choices":[{"del')
    await paused(2)
    response.destroy()
  } else if (mood === 'error in the stream') {
    response.end(events[0] + event({ error: { message: 'overloaded', type: 'server_error' } }))
  } else if (mood === 'by bytes') {
    const bytes = Buffer.from(`${events.join('')}data: [DONE]\n\n`)
    const size = Math.max(1, Math.ceil(bytes.length / 60))
    for (let at = 0; at < bytes.length; at += size) {
      response.write(bytes.subarray(at, at + size))
      await paused(0)
    }
    response.end()
  } else {
    for (const one of events) {
      if (mood === 'comments') response.write(': still here\n\n')
      if (mood === 'slow') await paused(10)
      response.write(one)
    }
    response.end(mood === 'no [DONE]' ? '' : 'data: [DONE]\n\n')
  }
}

function paused(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
