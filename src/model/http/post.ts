import type { Dispatcher } from 'undici'
import type { Headers } from '../failures.ts'
import type { Timeouts } from './timeouts.ts'

/** Takes the body; true says that nothing more is needed. */
export type Taker = (chunk: Buffer) => boolean

export interface Post {
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly body: string
  readonly dispatcher: Dispatcher
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
export function post({ url, headers, body, dispatcher, timeouts, signal, onHead }: Post): Promise<PostEnd> {
  if (signal.aborted) return Promise.resolve({ type: 'aborted' })
  return new Promise((resolve) => {
    let over = false
    let controller: Dispatcher.DispatchController | undefined
    let take: Taker | undefined
    let firstByte: NodeJS.Timeout | undefined
    let idle: NodeJS.Timeout | undefined
    let drain: NodeJS.Timeout | undefined
    const timers = new Set<NodeJS.Timeout>()

    const hangUp = (): void => controller?.abort(new Error('hung up'))
    const finish = (end: PostEnd): void => {
      if (over) return
      over = true
      for (const timer of timers) clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      if (end.type !== 'complete') hangUp()
      resolve(end)
    }
    const abort = (): void => finish({ type: 'aborted' })
    const after = (which: keyof Timeouts): NodeJS.Timeout => {
      const timer = setTimeout(() => finish({ type: 'timeout', which }), timeouts[which])
      timers.add(timer)
      return timer
    }
    const alive = (): void => {
      if (idle !== undefined) {
        idle.refresh()
        return
      }
      clearTimeout(firstByte)
      idle = after('idle')
    }

    signal.addEventListener('abort', abort, { once: true })
    after('total')
    const connecting = after('connect')

    dispatcher.dispatch(
      { origin: url.origin, path: `${url.pathname}${url.search}`, method: 'POST', headers, body },
      {
        // There is a connection, and the question goes out on it.
        onRequestStart(own) {
          controller = own
          clearTimeout(connecting)
          if (over) hangUp()
          else firstByte = after('firstByte')
        },
        onResponseStart(_, status, answered) {
          if (status >= 200) take = onHead(status, answered)
        },
        onResponseData(_, chunk) {
          if (over || drain !== undefined) return
          alive()
          if (take?.(chunk) !== true) return
          drain = setTimeout(hangUp, drainMs)
          drain.unref()
          whenFree(() => finish({ type: 'complete' }))
        },
        onResponseEnd() {
          clearTimeout(drain)
          whenFree(() => finish({ type: 'complete' }))
        },
        onResponseError(_, error) {
          clearTimeout(drain)
          const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
          if (drain !== undefined) finish({ type: 'complete' })
          else if (take === undefined) finish({ type: 'unreachable', code, why: error.message })
          else finish({ type: 'cut', why: error.message })
        },
      },
    )
  })
}

/**
 * The library takes a connection back a turn of the loop after its last byte, and the last byte mostly comes in one packet with
 * what we waited for: whoever asks next then finds the connection free and needs no other.
 */
function whenFree(then: () => void): void {
  setImmediate(() => setImmediate(then))
}
