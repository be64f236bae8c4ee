import { encodeRequest } from '../chat-completions/encode-request.ts'
import type { Pricing } from '../cost.ts'
import type { Quirks } from '../chat-completions/quirks.ts'
import type { Effects } from '../effects.ts'
import type { Asked, TryFailure } from '../failures.ts'
import type { Limiter, Slot } from '../limiter.ts'
import type { Answer, AskOptions, Failure, FailureKind, Model, Request, Retry } from '../model.ts'
import { randomFrom } from '../../record/index.ts'
import { waitBefore, type RetryPolicy } from '../retry.ts'
import { withPath } from '../secrets.ts'
import type { Connection } from './connection.ts'
import type { Timeouts } from './timeouts.ts'
import { tryOnce, type Tried } from './try.ts'

/** Everything that one model over HTTP is made of; {@link openModel} fills it in from a name. */
export interface HttpModelOptions {
  /** `provider/model`, as the user named it. */
  readonly name: string
  readonly asked: Asked
  /** Sent with every request; may hold the key. Names, not values, enter the identity. */
  readonly headers: { readonly [name: string]: string }
  readonly quirks: Quirks
  readonly stream: boolean
  readonly connection: Connection
  readonly limiter: Limiter
  readonly retries: RetryPolicy
  readonly timeouts: Timeouts
  readonly maxReplyBytes: number
  readonly effects: Effects
  readonly pricing: Pricing
  readonly window?: number
}

/** A model that speaks chat completions at some address. */
export function httpModel(options: HttpModelOptions): Model {
  const { asked, quirks } = options
  return {
    name: options.name,
    provider: asked.provider,
    identity: {
      dialect: 'chat-completions',
      baseUrl: asked.baseUrl,
      model: asked.model,
      stream: options.stream,
      headers: Object.keys(options.headers).toSorted(),
      quirks: { ...quirks, extra: quirks.extra ?? {}, streamOptions: quirks.streamOptions ?? {} },
    },
    pricing: options.pricing,
    templates: quirks.completions ? ['chat', 'completion'] : ['chat'],
    // Bare completions know of no tools on this wire.
    toolTemplates: ['chat'],
    ...(options.window === undefined ? {} : { window: options.window }),
    ask: (request, ask) => new Question(options, request, ask).answer(),
    close() {
      return options.connection.dispatcher.destroy()
    },
  }
}

/** One question, over all its tries. */
class Question {
  readonly #options: HttpModelOptions
  readonly #request: Request
  readonly #ask: AskOptions
  readonly #start: number
  readonly #retries: Retry[] = []
  #sent: number | undefined
  /** Milliseconds, in the latest try. */
  #busy = 0

  constructor(options: HttpModelOptions, request: Request, ask: AskOptions) {
    this.#options = options
    this.#request = request
    this.#ask = ask
    this.#start = options.effects.clock()
  }

  async answer(): Promise<Answer> {
    const { asked, effects, limiter, quirks, retries, stream } = this.#options
    const { signal } = this.#ask
    const encoded = encodeRequest(this.#request, asked.model, quirks, stream)
    if (encoded.type === 'refused') return this.#fail('bad-request', `${asked.provider} ${encoded.why}`)
    const body = JSON.stringify(encoded.body)
    const url = new URL(withPath(asked.baseUrl, encoded.path))
    // The question's own seed, so that calls which failed together come back apart, and in the same way each time.
    const random = randomFrom('back-off', asked.provider, this.#request.seed)
    const ticket = limiter.ticket()
    let failed: (Extract<Tried, { type: 'failed' }> & { readonly at: number }) | undefined
    for (;;) {
      const slot = await limiter.enter(ticket, signal)
      if (failed !== undefined) this.#retried(failed)
      if (slot === undefined) return this.#fail('aborted', 'the call was called off')
      this.#sent = effects.clock()
      const tried = await this.#try(url, body, slot)
      if (tried.type === 'built') return this.#reply(tried)
      const wait = waitBefore(retries, tried.failure, this.#retries, random)
      if (wait === undefined) return this.#failed(tried)
      if (tried.spoke) this.#ask.onRestart?.()
      failed = { ...tried, at: effects.clock() }
      await effects.sleep(wait, signal)
    }
  }

  async #try(url: URL, body: string, slot: Slot): Promise<Tried> {
    const { asked, connection, effects, quirks, stream, timeouts, maxReplyBytes, headers } = this.#options
    const { onDelta, signal } = this.#ask
    const busy = effects.busy()
    const tried = await tryOnce({
      asked,
      url,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: stream ? 'text/event-stream' : 'application/json',
        'accept-encoding': 'identity',
      },
      body,
      dispatcher: connection.dispatcher,
      ...(connection.proxy === undefined ? {} : { proxy: connection.proxy }),
      timeouts,
      maxBytes: maxReplyBytes,
      output: quirks.output,
      // Bare text has no thoughts: what looks like one is the text.
      thoughts: this.#request.template === 'chat' ? quirks.thoughts : 'apart',
      idPrefix: `call_${this.#request.seed.toString(16)}`,
      clock: effects.clock,
      wallClock: effects.wallClock,
      signal,
      ...(onDelta === undefined ? {} : { onDelta }),
    })
    this.#busy = effects.busy() - busy
    slot.leave(tried.type === 'built' ? { type: 'ok' } : leaving(tried.failure))
    return tried
  }

  #retried(failed: Extract<Tried, { type: 'failed' }> & { readonly at: number }): void {
    const { kind, status } = failed.failure
    const waitedMs = Math.round(this.#options.effects.clock() - failed.at)
    this.#retries.push({
      kind,
      ...(status === undefined ? {} : { status }),
      ...(failed.spoke ? { spoke: true } : {}),
      ...(failed.usage === undefined ? {} : { usage: failed.usage }),
      waitedMs,
    })
  }

  #reply(tried: Extract<Tried, { type: 'built' }>): Answer {
    const { finish, ...built } = tried.built
    if (typeof finish !== 'string') throw new Error('a failed finish was taken for a reply')
    return { type: 'reply', ...built, finish, timing: this.#timing(tried), retries: this.#retries }
  }

  #failed(tried: Extract<Tried, { type: 'failed' }>): Failure {
    const { again: _, message, ...failure } = tried.failure
    const tries = this.#retries.length === 0 ? '' : ` (${this.#retries.length + 1} tries)`
    return {
      type: 'failure',
      ...failure,
      message: message + tries,
      ...(tried.spoke ? { spoke: true } : {}),
      ...(tried.usage === undefined ? {} : { usage: tried.usage }),
      retries: this.#retries,
      timing: this.#timing(tried),
    }
  }

  #fail(kind: FailureKind, message: string): Failure {
    const now = this.#options.effects.clock()
    const sent = (this.#sent ?? now) - this.#start
    return { type: 'failure', kind, message, retries: this.#retries, timing: { sent, lastToken: now - this.#start } }
  }

  #timing(tried: Tried): Answer['timing'] {
    return {
      sent: (this.#sent ?? this.#start) - this.#start,
      ...(tried.firstToken === undefined ? {} : { firstToken: tried.firstToken - this.#start }),
      lastToken: tried.lastToken - this.#start,
      ...(this.#busy > 0 && { busy: this.#busy }),
    }
  }
}

/** What a failed call teaches the limiter: only 429 and 529 say that we send too much. */
function leaving(failure: TryFailure): Parameters<Slot['leave']>[0] {
  const wait = failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }
  if (failure.again && (failure.kind === 'rate-limited' || failure.status === 529)) return { type: 'refused', ...wait }
  return failure.retryAfterMs === undefined ? { type: 'other' } : { type: 'wait', retryAfterMs: failure.retryAfterMs }
}
