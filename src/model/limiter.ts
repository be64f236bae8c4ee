/**
 * How many calls may be in flight at one provider, found by trying (additive increase, multiplicative decrease).
 *
 * The limit starts at {@link START}. Until the first refusal each success adds one, so it doubles in one round
 * trip (slow start); after it, one round trip adds one. A refusal (429, 529) halves it, once a round: calls that were
 * under way when it was halved do not halve it again. It only grows while calls are waiting or nearly fill it, since a limit nobody
 * reached proves nothing. Retry-After stops every call to the provider.
 *
 * @see Chiu & Jain (1989), doi:10.1016/0169-7552(89)90019-6
 */
export interface Limiter {
  /** A place in the queue; a call keeps its ticket over retries, so that nobody who came later overtakes it. */
  ticket(): number
  /** Waits for a slot; undefined if the signal came first. */
  enter(ticket: number, signal: AbortSignal): Promise<Slot | undefined>
  /** The state now. */
  now(): Omit<LimitChange, 'reason' | 'at'>
}

/** Leave to send one call. */
export interface Slot {
  /** Must be called once, when the call is over. */
  leave(
    how:
      | { readonly type: 'ok' | 'other' }
      | { readonly type: 'refused'; readonly retryAfterMs?: number }
      | { readonly type: 'wait'; readonly retryAfterMs: number },
  ): void
}

export interface LimitChange {
  /** Milliseconds of the clock that was passed in. */
  readonly at: number
  readonly provider: string
  /** Calls that may be in flight. */
  readonly limit: number
  readonly inFlight: number
  readonly waiting: number
  readonly pausedMs: number
  readonly reason: 'start' | 'slow-start' | 'growth' | 'refused' | 'retry-after'
}

/** The first limit. */
export const START = 4
/** What a refusal leaves of the limit. */
export const BACK_OFF = 0.5
/** The limit never falls below this. */
export const LEAST = 1
/** Nor rises above this, unless told otherwise. */
export const MOST = 512

export interface LimiterOptions {
  readonly provider: string
  readonly clock: () => number
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** At most this many in flight (1 or more), default {@link MOST}. */
  readonly most?: number
  readonly onChange?: (change: LimitChange) => void
}

interface Waiter {
  readonly ticket: number
  readonly admit: () => void
}

export function createLimiter(options: LimiterOptions): Limiter {
  const { provider, clock, sleep, onChange } = options
  const most = Math.max(LEAST, options.most ?? MOST)
  const queue: Waiter[] = []
  let limit = Math.min(START, most)
  let slowStart = true
  let inFlight = 0
  let pausedUntil = -Infinity
  let halvedAt = -Infinity
  let waking = false
  let tickets = 0

  const state = (): Omit<LimitChange, 'reason' | 'at'> => ({
    provider,
    limit: Math.floor(limit),
    inFlight,
    waiting: queue.length,
    pausedMs: Math.max(0, pausedUntil - clock()),
  })
  const tell = (reason: LimitChange['reason']): void => onChange?.({ at: clock(), reason, ...state() })

  const wake = async (ms: number): Promise<void> => {
    waking = true
    await sleep(ms)
    waking = false
    pump()
  }

  const pump = (): void => {
    const pause = pausedUntil - clock()
    if (pause > 0) {
      if (queue.length > 0 && !waking) void wake(pause)
      return
    }
    while (inFlight < Math.floor(limit)) {
      const next = queue.shift()
      if (next === undefined) return
      inFlight++
      next.admit()
    }
  }

  const grow = (used: number): void => {
    if (limit >= most || used * 2 < limit) return
    const before = Math.floor(limit)
    limit = Math.min(most, slowStart ? limit + 1 : limit + 1 / limit)
    if (Math.floor(limit) > before) tell(slowStart ? 'slow-start' : 'growth')
  }

  const pauseFor = (ms: number | undefined): boolean => {
    if (ms === undefined || clock() + ms <= pausedUntil) return false
    pausedUntil = clock() + ms
    return true
  }

  const backOff = (sentAt: number, retryAfterMs: number | undefined): void => {
    const paused = pauseFor(retryAfterMs)
    if (sentAt < halvedAt) {
      if (paused) tell('retry-after')
      return
    }
    slowStart = false
    halvedAt = clock()
    limit = Math.max(LEAST, Math.floor(limit * BACK_OFF))
    tell('refused')
  }

  const slot = (): Slot => {
    const sentAt = clock()
    let left = false
    return {
      leave(how) {
        if (left) return
        left = true
        const used = inFlight + queue.length
        inFlight--
        if (how.type === 'ok') grow(used)
        else if (how.type === 'refused') backOff(sentAt, how.retryAfterMs)
        else if (how.type === 'wait' && pauseFor(how.retryAfterMs)) tell('retry-after')
        pump()
      },
    }
  }

  tell('start')
  return {
    ticket: () => tickets++,
    now: state,
    enter(ticket, signal) {
      if (signal.aborted) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        const waiter: Waiter = {
          ticket,
          admit: () => {
            signal.removeEventListener('abort', giveUp)
            resolve(slot())
          },
        }
        const giveUp = (): void => {
          queue.splice(queue.indexOf(waiter), 1)
          resolve(undefined)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        const after = queue.findLastIndex((other) => other.ticket < ticket)
        queue.splice(after + 1, 0, waiter)
        pump()
      })
    },
  }
}
