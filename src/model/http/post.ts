import http from 'node:http'
import https from 'node:https'
import type { Headers } from '../failures.ts'
import type { Timeouts } from './timeouts.ts'

/** Takes the body; true says that nothing more is needed. */
export type Taker = (chunk: Buffer) => boolean

export interface Post {
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly agent: http.Agent
  readonly timeouts: Timeouts
  readonly signal: AbortSignal
  /** Called with the answer's head; what it returns is given the body. */
  readonly onHead: (status: number, headers: Headers) => Taker
}

/** How a post ended. `complete`: the whole body was taken, or the taker had enough. */
export type PostEnd =
  | { readonly type: 'complete' }
  | { readonly type: 'cut'; readonly why: string }
  | { readonly type: 'timeout'; readonly which: keyof Timeouts }
  | { readonly type: 'unreachable'; readonly code: string; readonly why: string }
  | { readonly type: 'aborted' }

/** How long a connection may take to end by itself after we have heard enough; then it is closed. */
const drainMs = 1000

/** One POST. Never rejects for what the network or the server does. */
export function post(options: Post): Promise<PostEnd> {
  const { signal, timeouts } = options
  if (signal.aborted) return Promise.resolve({ type: 'aborted' })
  return new Promise((resolve) => {
    const body = Buffer.from(options.body)
    const request = (options.url.protocol === 'https:' ? https : http).request(options.url, {
      method: 'POST',
      agent: options.agent,
      headers: { ...options.headers, 'content-length': body.length },
    })
    let over = false
    let answered = false
    const timers = new Set<NodeJS.Timeout>()

    const finish = (end: PostEnd): void => {
      if (over) return
      over = true
      for (const timer of timers) clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (end.type !== 'complete') request.destroy()
      resolve(end)
    }
    const abort = (): void => finish({ type: 'aborted' })
    const after = (which: keyof Timeouts): NodeJS.Timeout => {
      const timer = setTimeout(() => finish({ type: 'timeout', which }), timeouts[which])
      timers.add(timer)
      return timer
    }

    signal.addEventListener('abort', abort, { once: true })
    after('total')
    const connecting = after('connect')
    let firstByte: NodeJS.Timeout | undefined
    const connected = (): void => {
      clearTimeout(connecting)
      if (!over) firstByte ??= after('firstByte')
    }
    request.once('socket', (socket) => {
      if (request.reusedSocket || (!socket.connecting && options.url.protocol === 'http:')) connected()
      else socket.once(options.url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
    })
    request.once('finish', connected)

    request.on('error', (error: NodeJS.ErrnoException) => {
      if (answered) finish({ type: 'cut', why: error.message })
      else finish({ type: 'unreachable', code: error.code ?? '', why: error.message })
    })
    request.once('response', (response) => {
      answered = true
      connected()
      const take = options.onHead(response.statusCode ?? 0, response.headers)
      let idle: NodeJS.Timeout | undefined
      // Reading when there is something to read, rather than being handed every chunk, takes the many small HTTP chunks
      // of one packet as one buffer: a server that sends a token a chunk then costs half as much.
      response.on('readable', () => {
        let enough = false
        for (;;) {
          const chunk: unknown = response.read()
          if (!Buffer.isBuffer(chunk)) break
          if (over) continue
          if (idle === undefined) {
            clearTimeout(firstByte)
            idle = after('idle')
          } else idle.refresh()
          enough = take(chunk)
          if (enough) finish({ type: 'complete' })
        }
        if (!enough) return
        const drain = setTimeout(() => request.destroy(), drainMs)
        drain.unref()
        response.once('close', () => clearTimeout(drain))
      })
      response.once('end', () => finish({ type: 'complete' }))
      response.once('error', (error) => finish({ type: 'cut', why: error.message }))
      response.once('close', () => finish({ type: 'cut', why: 'the connection was closed' }))
    })
    request.once('close', () => {
      // Once there is an answer, its own events say how it ended; this one comes before them.
      if (!answered) finish({ type: 'unreachable', code: '', why: 'the connection was closed' })
    })
    request.end(body)
  })
}
