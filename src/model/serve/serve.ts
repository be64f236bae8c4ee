import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { AssayError } from '../../assay-error.ts'
import { seedFrom, type Json } from '../../record/index.ts'
import { decodeChatRequest, decodeCompletionRequest, type Decoded } from '../chat-completions/decode-request.ts'
import { encodeFailure, encodeReply, event, StreamEncoder, type Served } from '../chat-completions/encode-reply.ts'
import type { Answer, Model } from '../model.ts'
import { readBody } from './read-body.ts'

export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Default 127.0.0.1: this machine only. Nobody is asked for a key, so think before you open it to others. */
  readonly host?: string
  /** Bytes of one request, default 64 MiB. */
  readonly maxRequestBytes?: number
  /** Seeds for requests that name none are drawn from this and a counter. Default 0. */
  readonly seed?: number
  /** Milliseconds since 1970, for the `created` fields. Default the clock. */
  readonly now?: () => number
  /** Told of every answer, after it was sent. */
  readonly onAnswer?: (answer: Answer) => void
}

export interface ServedModel {
  /** `http://127.0.0.1:8080/v1` */
  readonly url: string
  readonly port: number
  /** Ends open connections and stops listening. The model stays open: whoever opened it closes it. */
  close(): Promise<void>
}

/**
 * Serves a model as an OpenAI-compatible endpoint, as llama.cpp does: POST /v1/chat/completions and /v1/completions
 * (streamed or not), GET /v1/models, GET /health, HEAD /. The `/v1` may be left out.
 *
 * A request that names another `model` than the one that is served is answered 404; it may name none, or leave the provider
 * out. A named tool_choice
 * is served by offering that tool alone.
 *
 * @throws AssayError `model/port-taken`, `model/cannot-listen`
 */
export async function serve(model: Model, options: ServeOptions): Promise<ServedModel> {
  const host = options.host ?? '127.0.0.1'
  const endpoint = new Endpoint(model, options, host)
  const server = createServer((request, response) => void endpoint.handle(request, response))
  await listen(server, options.port, host)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        taken
          ? new AssayError('model/port-taken', `Port ${port} of ${host} is taken: choose another, or 0 for any.`, {
              cause: error,
            })
          : new AssayError(
              'model/cannot-listen',
              `Cannot listen on ${host}:${port} (${error.code ?? 'no code'}). Choose another --port.`,
              {
                cause: error,
              },
            ),
      )
    })
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i

class Endpoint {
  readonly #model: Model
  readonly #options: ServeOptions
  readonly #now: () => number
  readonly #local: boolean
  #count = 0

  constructor(model: Model, options: ServeOptions, host: string) {
    this.#model = model
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#local = loopback.test(host) || host === '::1'
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/')
      .replace(/[?#].*$/, '')
      .replace(/^\/v1(?=\/|$)/, '')
      .replace(/(?<=.)\/$/, '')
    // A page that had its own name resolve to 127.0.0.1 would come with that name.
    if (this.#local && !loopback.test(request.headers.host ?? 'localhost')) {
      return refuse(response, 403, `the host ${request.headers.host} is not this machine`)
    }
    const route = `${request.method} ${path === '' ? '/' : path}`
    switch (route) {
      case 'HEAD /':
      case 'HEAD /health':
        response.writeHead(200).end()
        return
      case 'GET /health':
        return send(response, 200, { status: 'ok' })
      case 'GET /models':
        return send(response, 200, { object: 'list', data: [this.#card()] })
      case 'POST /chat/completions':
        return this.#answer('chat', request, response)
      case 'POST /completions':
        return this.#answer('completion', request, response)
      default:
        if (route.startsWith('GET /models/')) {
          const model = decoded(route.slice('GET /models/'.length))
          return this.#serves(model) ? send(response, 200, this.#card()) : this.#unknown(model, response)
        }
        return refuse(
          response,
          404,
          `there is no ${route}; there are POST /v1/chat/completions, POST /v1/completions, GET /v1/models`,
        )
    }
  }

  /** The model's name, or what its provider calls it. */
  #serves(model: string): boolean {
    const { name } = this.#model
    return model === name || name.endsWith(`/${model}`) || name.endsWith(`#${model}`)
  }

  #unknown(model: string, response: ServerResponse): void {
    const message = `The model \`${model}\` does not exist here. This server has \`${this.#model.name}\`.`
    refuse(response, 404, message, { param: 'model', code: 'model_not_found' })
  }

  #card(): { readonly [key: string]: Json } {
    return { id: this.#model.name, object: 'model', created: this.#seconds(), owned_by: 'assay' }
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000)
  }

  async #answer(form: Served['form'], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const body = await readBody(request, this.#options.maxRequestBytes ?? 64 * 1024 * 1024)
    if (body.type === 'refused') return refuse(response, body.status, body.why)
    const number = this.#count++
    const seed = seedFrom('serve', this.#options.seed ?? 0, number)
    const decoded = form === 'chat' ? decodeChatRequest(body.value, seed) : decodeCompletionRequest(body.value, seed)
    if (decoded.type === 'refused') return refuse(response, 400, decoded.why, { param: decoded.param ?? null })
    const { model } = decoded
    if (model !== undefined && !this.#serves(model)) return this.#unknown(model, response)
    if (!this.#model.templates.includes(decoded.request.template)) {
      return refuse(response, 400, `${this.#model.name} has no template ${decoded.request.template}`)
    }
    const id = `${form === 'chat' ? 'chatcmpl' : 'cmpl'}-${number.toString(36)}-${seed.toString(16)}`
    const served: Served = { form, id, created: this.#seconds(), model: this.#model.name }
    try {
      const answer = await this.#say(served, decoded, response, gone)
      this.#options.onAnswer?.(answer)
    } catch (error) {
      // A model never throws for what it is asked; if it does, the caller still hears of it.
      const message = error instanceof Error ? error.message : String(error)
      if (response.headersSent) response.end(event(encodeFailure({ kind: 'server-error', message }).body))
      else refuse(response, 500, message)
    }
  }

  async #say(
    served: Served,
    decoded: Extract<Decoded, { type: 'request' }>,
    response: ServerResponse,
    gone: AbortController,
  ): Promise<Answer> {
    if (!decoded.stream) {
      const answer = await this.#model.ask(decoded.request, { signal: gone.signal })
      if (answer.type === 'reply') send(response, 200, encodeReply(served, answer))
      else fail(response, answer)
      return answer
    }
    const encoder = new StreamEncoder(served)
    // The head waits for the first word, so that a call that fails before it can still say so by its status.
    const start = (): void => {
      if (response.headersSent) return
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
      response.write(encoder.open())
    }
    const answer = await this.#model.ask(decoded.request, {
      signal: gone.signal,
      onDelta: (delta) => {
        start()
        response.write(encoder.delta(delta))
      },
      // What was sent cannot be taken back: better a failed call than an answer begun twice.
      onRestart: () => gone.abort(),
    })
    if (answer.type === 'reply') {
      start()
      response.end(encoder.close(answer, decoded.usage))
    } else if (response.headersSent) response.end(event(encodeFailure(answer).body))
    else fail(response, answer)
    return answer
  }
}

function fail(response: ServerResponse, answer: Extract<Answer, { type: 'failure' }>): void {
  const { status, body } = encodeFailure(answer)
  const wait: { [name: string]: string } =
    answer.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(answer.retryAfterMs / 1000)) }
  send(response, status, body, wait)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  what: { readonly param?: string | null; readonly code?: string } = {},
): void {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error'
  // What is left of a request that was not read goes with the connection.
  send(
    response,
    status,
    { error: { message, type, param: null, code: null, ...what } },
    status === 413 ? { connection: 'close' } : {},
  )
}

function send(
  response: ServerResponse,
  status: number,
  body: { readonly [key: string]: Json },
  headers: { readonly [name: string]: string } = {},
): void {
  if (response.destroyed) return
  const text = Buffer.from(JSON.stringify(body))
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': text.length })
    .end(text)
}
