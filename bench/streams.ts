import { fork } from 'node:child_process'
import { createParser } from 'eventsource-parser'
import { Agent } from 'undici'
import { openModel, shareLimiters, type Request } from '../src/model/index.ts'

export interface BenchRow {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal?: number
}

/** Reads `streams` streams of `tokens` tokens each, all at once, and says how many tokens it saw. */
type Reader = (base: string, streams: number, tokens: number) => Promise<number>

const request: Request = {
  messages: [{ role: 'user', text: 'Go.' }],
  tools: [],
  toolChoice: 'none',
  template: 'chat',
  sampling: {},
  seed: 1,
}

const ours: Reader = async (base, streams, tokens) => {
  const limiters = shareLimiters({ most: 64 })
  const model = await openModel(`${base}/${tokens}#bench`, { limiters, env: {} })
  let heard = 0
  const signal = new AbortController().signal
  const ask = async (): Promise<void> => {
    const answer = await model.ask(request, { signal, onDelta: () => heard++ })
    if (answer.type !== 'reply') throw new Error(answer.message)
  }
  await Promise.all(Array.from({ length: streams }, ask))
  await model.close?.()
  return heard
}

const bytesOnly: Reader = async (base, streams, tokens) => {
  const agent = new Agent()
  const { origin, pathname } = new URL(`${base}/${tokens}/`)
  const read = (): Promise<void> =>
    new Promise((resolve, reject) => {
      agent.dispatch(
        { origin, path: pathname, method: 'POST', body: '{}' },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData() {},
          onResponseEnd: () => resolve(),
          onResponseError: (_, error) => reject(error),
        },
      )
    })
  await Promise.all(Array.from({ length: streams }, read))
  await agent.close()
  return streams * tokens
}

function hasContent(chunk: unknown): chunk is { choices: [{ delta: { content: string } }] } {
  if (typeof chunk !== 'object' || chunk === null || !('choices' in chunk) || !Array.isArray(chunk.choices))
    return false
  const choice: unknown = chunk.choices[0]
  if (typeof choice !== 'object' || choice === null || !('delta' in choice)) return false
  const { delta } = choice
  return typeof delta === 'object' && delta !== null && 'content' in delta && delta.content !== ''
}

const fetched: Reader = async (base, streams, tokens) => {
  let heard = 0
  const read = async (): Promise<void> => {
    const response = await fetch(`${base}/${tokens}/`, { method: 'POST', body: '{}' })
    const parser = createParser({
      onEvent(event) {
        if (event.data === '[DONE]') return
        const chunk: unknown = JSON.parse(event.data)
        if (hasContent(chunk)) heard++
      },
    })
    const decoder = new TextDecoder()
    if (response.body === null) throw new Error('no body')
    for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }))
  }
  await Promise.all(Array.from({ length: streams }, read))
  return heard
}

const readers = { 'our reader': ours, 'fetch + eventsource-parser': fetched, 'bytes only': bytesOnly } as const

/** How many times as many tokens as fetch with a parser of events. */
const LEAD = 1.15

/**
 * Tokens drained per CPU-second of this process (user and system, all threads), one token an SSE event, from a server
 * in another process. Medians of `rounds` after one round to warm up.
 *
 * @param tokens per measurement
 */
export async function benchStreams(tokens = 600_000, rounds = 3): Promise<readonly BenchRow[]> {
  const server = fork(new URL('stream-server.ts', import.meta.url))
  try {
    const port = await new Promise<unknown>((resolve) => server.once('message', resolve))
    const rows: BenchRow[] = []
    for (const perWrite of [1, 8]) {
      for (const streams of [1, 50]) {
        const base = `http://127.0.0.1:${String(port)}/${perWrite}`
        const what = `${streams} ${streams === 1 ? 'stream' : 'streams'}, ${perWrite} an HTTP chunk`
        const found = new Map<string, number>()
        for (const [name, read] of Object.entries(readers)) {
          const value = await median(rounds, () => measure(() => read(base, streams, Math.round(tokens / streams))))
          found.set(name, value)
          rows.push({ name: `${name}, ${what}`, value, unit: 'tokens/CPU s' })
        }
        const lead = (found.get('our reader') ?? NaN) / (found.get('fetch + eventsource-parser') ?? NaN)
        rows.push({ name: `our reader over fetch, ${what}`, value: lead, unit: '×', goal: LEAD })
      }
    }
    return rows
  } finally {
    server.disconnect()
  }
}

async function measure(read: () => Promise<number>): Promise<number> {
  const before = process.cpuUsage()
  const heard = await read()
  const used = process.cpuUsage(before)
  return Math.round(heard / ((used.user + used.system) / 1e6))
}

async function median(rounds: number, once: () => Promise<number>): Promise<number> {
  await once()
  const values: number[] = []
  for (let i = 0; i < rounds; i++) values.push(await once())
  return values.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}
