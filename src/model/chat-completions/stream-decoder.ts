import { parseJson } from '../../record/index.ts'
import type { Delta } from '../model.ts'
import { sseReader, type SseReader } from '../sse.ts'
import { readChunk } from './moves.ts'
import type { Quirks } from './quirks.ts'
import { ReplyBuilder } from './reply-builder.ts'
import { learn, stringEnd, type ShortCut } from './short-cut.ts'

/** Short cuts learned in vain, one after the other, before we stop trying: some servers pad every event at random. */
const maxVain = 32

/** Reads the stream of one reply. Never throws for what the server sent. */
export class StreamDecoder {
  readonly builder: ReplyBuilder
  /** `[DONE]` came. */
  done = false
  /** The first event that could not be read, as it was. */
  unreadable: string | undefined
  readonly #reader: SseReader
  readonly #output: Quirks['output']
  #short: ShortCut | undefined
  #vain = 0
  #ending = false

  constructor(options: { readonly onDelta?: (delta: Delta) => void; readonly output?: Quirks['output'] } = {}) {
    this.builder = new ReplyBuilder(options.onDelta)
    this.#output = options.output ?? 'completion_tokens'
    this.#reader = sseReader({
      event: (data, name) => this.#event(data, name),
      take: (text, at) => this.#take(text, at),
    })
  }

  /** What is held in memory: the reply so far and an event that is not complete. */
  get size(): number {
    return this.builder.size + this.#reader.waiting()
  }

  push(bytes: Buffer): void {
    if (!this.done) this.#reader.push(bytes)
  }

  end(): void {
    this.#ending = true
    if (!this.done) this.#reader.end()
  }

  #take(text: string, at: number): number {
    const short = this.#short
    if (short === undefined || this.done) return -1
    const from = at + short.before.length
    // Comparing a slice is four times as fast as startsWith, which goes character by character.
    if (text.slice(at, from) !== short.before) return -1
    const end = stringEnd(text, from)
    if (end === -1 || text.slice(end, end + short.after.length) !== short.after) return -1
    const said = text.slice(from, end)
    if (said.includes('\\')) {
      try {
        const value: unknown = JSON.parse(`"${said}"`)
        if (typeof value !== 'string') return -1
        this.builder.say(short.type, value)
      } catch {
        return -1
      }
    } else if (said !== '') this.builder.say(short.type, said)
    this.#vain = 0
    return end + short.after.length
  }

  #event(data: string, name: string): void {
    if (this.done) return
    if (data === '[DONE]' || data.trim() === '[DONE]') {
      this.done = true
      return
    }
    if (data.trim() === '') return
    let wire: unknown
    try {
      wire = parseJson(data)
    } catch {
      // The stump of a stream that was cut is not a malformed event.
      if (!this.#ending) this.unreadable ??= data
      return
    }
    if (name === 'error') {
      this.builder.apply([{ type: 'error', error: wire }])
      return
    }
    const moves = readChunk(wire, this.#output)
    if (moves === undefined) return
    this.builder.apply(moves)
    if (this.#vain < maxVain) {
      const learned = learn(data, moves, this.#output)
      if (learned !== undefined) {
        this.#vain++
        this.#short = learned
      }
    }
  }
}
