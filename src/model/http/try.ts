import type { Dispatcher } from 'undici'
import { decodeReply } from '../chat-completions/decode-reply.ts'
import type { Quirks } from '../chat-completions/quirks.ts'
import { ReplyBuilder, type Built } from '../chat-completions/reply-builder.ts'
import { StreamDecoder } from '../chat-completions/stream-decoder.ts'
import { splitThoughts } from '../chat-completions/thoughts.ts'
import {
  describeBody,
  failureOfAnswer,
  failureOfError,
  failureOfReply,
  header,
  oneLine,
  type Asked,
  type Headers,
  type TryFailure,
} from '../failures.ts'
import type { Usage } from '../../record/index.ts'
import type { Delta } from '../model.ts'
import { post, type PostEnd, type Taker } from './post.ts'
import type { Timeouts } from './timeouts.ts'

/** One POST of one question. */
export interface Try {
  readonly asked: Asked
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly dispatcher: Dispatcher
  readonly proxy?: string
  readonly timeouts: Timeouts
  /** Bytes of a reply that are kept; a longer reply is a failure. A stream may use {@link framing} times as many. */
  readonly maxBytes: number
  readonly output: Quirks['output']
  readonly thoughts: Quirks['thoughts']
  readonly idPrefix: string
  readonly clock: () => number
  readonly wallClock: () => number
  readonly signal: AbortSignal
  readonly onDelta?: (delta: Delta) => void
}

/** Times are the clock's, not yet relative to the question. */
export type Tried = {
  readonly firstToken?: number
  readonly lastToken: number
  /** Whether anything of a reply came, be it a count of tokens. */
  readonly spoke: boolean
} & (
  | { readonly type: 'built'; readonly built: Built }
  /** With what the provider had counted before it broke off. */
  | { readonly type: 'failed'; readonly failure: TryFailure; readonly usage?: Usage }
)

/** A token of five bytes travels in an event of three hundred. */
const framing = 64

/** An error page longer than this has said enough. */
const maxErrorBytes = 1024 * 1024

/** Headers by which a provider's support desk finds a call. */
const idHeaders = ['x-request-id', 'request-id', 'apim-request-id', 'cf-ray', 'x-generation-id'] as const

/** Puts the question once. Never throws for what the network, the server or the model does. */
export async function tryOnce(options: Try): Promise<Tried> {
  const { asked, clock } = options
  const reading = new Reading(options)
  const end = await post({
    url: options.url,
    headers: options.headers,
    body: options.body,
    dispatcher: options.dispatcher,
    timeouts: options.timeouts,
    signal: options.signal,
    onHead: (status, headers) => reading.open(status, headers),
  })
  const failure = reading.failure(end)
  const { usage } = reading.builder
  const times = {
    ...(reading.firstToken === undefined ? {} : { firstToken: reading.firstToken }),
    lastToken: reading.lastToken ?? clock(),
    spoke: reading.builder.heard > 0 || usage !== undefined,
  }
  const failed = (failure: TryFailure): Tried => ({
    type: 'failed',
    failure,
    ...(usage === undefined ? {} : { usage }),
    ...times,
  })
  if (failure !== undefined) return failed(failure)
  const built = reading.builder.build(options.idPrefix)
  if (typeof built.finish !== 'string') {
    const kind = built.finish.failure
    const message = oneLine(asked, `${asked.provider} ended the reply with "${reading.builder.reason}"`)
    return failed({ kind, message, again: true })
  }
  if (built.finish === 'tool-calls' && built.parts.every(({ type }) => type === 'reasoning')) {
    return failed(failureOfReply(asked, 200, 'a reply that ends for its tool calls and holds none'))
  }
  const parts = options.thoughts === 'in-text' ? splitThoughts(built.parts) : built.parts
  return { type: 'built', built: { ...built, parts, ids: { ...reading.ids(), ...built.ids } }, ...times }
}

/** The state of reading one answer. */
class Reading {
  firstToken: number | undefined
  lastToken: number | undefined
  readonly builder: ReplyBuilder
  readonly #options: Try
  readonly #decoder: StreamDecoder
  #status = 0
  #headers: Headers = {}
  #streamed = false
  #bytes = 0
  #tooLong = false
  #body: Buffer[] = []

  constructor(options: Try) {
    this.#options = options
    this.#decoder = new StreamDecoder({
      output: options.output,
      ...(options.onDelta === undefined ? {} : { onDelta: options.onDelta }),
    })
    this.builder = this.#decoder.builder
  }

  open(status: number, headers: Headers): Taker {
    this.#status = status
    this.#headers = headers
    const type = header(headers, 'content-type')
    this.#streamed = status >= 200 && status < 300 && (type === undefined || type.includes('text/event-stream'))
    return this.#streamed ? (chunk) => this.#stream(chunk) : (chunk) => this.#collect(chunk)
  }

  #stream(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    const before = this.builder.heard
    this.#decoder.push(chunk)
    if (this.builder.heard !== before) this.#mark()
    const { maxBytes } = this.#options
    if (this.#bytes > maxBytes && (this.#decoder.size > maxBytes || this.#bytes > maxBytes * framing)) {
      this.#tooLong = true
      return true
    }
    return this.#decoder.done || this.builder.error !== undefined || this.#decoder.unreadable !== undefined
  }

  #collect(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    this.#body.push(chunk)
    const ok = this.#status >= 200 && this.#status < 300
    if (ok && this.#bytes > this.#options.maxBytes) this.#tooLong = true
    return this.#bytes > (ok ? this.#options.maxBytes : maxErrorBytes)
  }

  #mark(): void {
    this.lastToken = this.#options.clock()
    this.firstToken ??= this.lastToken
  }

  ids(): { readonly [name: string]: string } {
    return Object.fromEntries(
      idHeaders.flatMap((name) => {
        const value = header(this.#headers, name)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  }

  /** What went wrong, or undefined where the answer is whole. */
  failure(end: PostEnd): TryFailure | undefined {
    const { asked, wallClock, maxBytes } = this.#options
    if (this.#tooLong) {
      const message = `${asked.provider} sent more than ${maxBytes} bytes in one reply → set maxOutputTokens, or raise maxReplyBytes`
      return { kind: 'bad-reply', message, again: false }
    }
    const ok = this.#status >= 200 && this.#status < 300
    if (!ok && this.#status !== 0 && (end.type === 'complete' || end.type === 'cut')) {
      return failureOfAnswer(asked, this.#status, this.#headers, this.#text(), wallClock(), this.#options.body)
    }
    const encoding = header(this.#headers, 'content-encoding')
    if (encoding !== undefined && encoding !== 'identity') {
      return failureOfReply(asked, this.#status, `a body encoded as ${encoding}, which was not asked for`)
    }
    if (end.type === 'complete') return this.#streamed ? this.#streamFailure() : this.#bodyFailure()
    if (end.type === 'cut' && this.builder.error !== undefined)
      return failureOfError(asked, this.builder.error, this.#options.body)
    return this.#endFailure(end)
  }

  #text(): string {
    return Buffer.concat(this.#body).toString('utf8')
  }

  #streamFailure(): TryFailure | undefined {
    const { asked } = this.#options
    const { builder } = this
    const before = builder.heard
    this.#decoder.end()
    if (builder.heard !== before) this.#mark()
    if (builder.error !== undefined) return failureOfError(asked, builder.error, this.#options.body)
    if (this.#decoder.unreadable !== undefined) {
      const start = oneLine(asked, this.#decoder.unreadable).slice(0, 80).toWellFormed()
      return failureOfReply(asked, this.#status, `an event that is not JSON ("${start}")`)
    }
    if (builder.reason !== undefined) return undefined
    if (this.#decoder.done && builder.heard === 0) {
      return failureOfReply(asked, this.#status, 'a stream without a reply in it')
    }
    if (!builder.recognised && this.#bytes > 0) {
      return failureOfReply(asked, this.#status, 'something that is not an event stream')
    }
    return this.#cut(this.#decoder.done ? 'the stream gave no reason for its end' : 'the stream ended in the middle')
  }

  #bodyFailure(): TryFailure | undefined {
    const { asked, output } = this.#options
    const type = header(this.#headers, 'content-type')
    const text = this.#text()
    if (type?.includes('json') !== true) return failureOfReply(asked, this.#status, describeBody(type, text))
    const wrong = decodeReply(text, this.builder, output)
    if (wrong !== undefined) return failureOfReply(asked, this.#status, wrong)
    this.lastToken = this.#options.clock()
    return this.builder.error === undefined ? undefined : failureOfError(asked, this.builder.error, this.#options.body)
  }

  #cut(why: string): TryFailure {
    const { asked } = this.#options
    return {
      kind: 'cut-stream',
      message: oneLine(asked, `${asked.provider}: ${why} after ${this.#bytes} bytes`),
      again: true,
    }
  }

  #endFailure(end: Exclude<PostEnd, { type: 'complete' }>): TryFailure {
    const { asked, timeouts, url, proxy } = this.#options
    switch (end.type) {
      case 'aborted':
        return { kind: 'aborted', message: 'the call was called off', again: false }
      case 'cut':
        return this.#cut(end.why)
      case 'timeout': {
        const what = waitedFor[end.which]
        const message = `${asked.provider}: ${what} within ${timeouts[end.which]} ms → raise timeouts.${end.which}, or ask again later`
        return { kind: 'timeout', message: oneLine(asked, message), again: true }
      }
      case 'unreachable': {
        const way = proxy === undefined ? url.host : `${url.host} through the proxy ${proxy}`
        const why = reasons[end.code] ?? end.why
        const todo =
          proxy === undefined
            ? 'check the address and that the server runs'
            : `check the proxy, or add ${url.hostname} to NO_PROXY`
        return { kind: 'unreachable', message: oneLine(asked, `cannot reach ${way}: ${why} → ${todo}`), again: true }
      }
    }
  }
}

const waitedFor: { readonly [which in keyof Timeouts]: string } = {
  connect: 'no connection',
  firstByte: 'no first byte',
  idle: 'no further byte',
  total: 'no whole reply',
}

const reasons: { readonly [code: string]: string } = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'no answer from the host',
  EHOSTUNREACH: 'no way to the host',
  ENETUNREACH: 'no network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed (NODE_EXTRA_CA_CERTS adds one)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed (NODE_EXTRA_CA_CERTS adds one)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified (NODE_EXTRA_CA_CERTS adds one)',
}
