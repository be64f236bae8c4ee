import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'

/** What a model needs of the world besides the network. Passed in, so that tests own time. */
export interface Effects {
  /** Milliseconds that only grow. */
  readonly clock: () => number
  /** Milliseconds in which this process was at work and read no stream, since it began. */
  readonly busy: () => number
  /** Milliseconds since 1970, for Retry-After dates only. */
  readonly wallClock: () => number
  /** Resolves after the time, or at once when the signal comes. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

export const realEffects: Effects = {
  clock: () => performance.now(),
  busy: () => performance.eventLoopUtilization().active,
  wallClock: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(Math.min(ms, 2 ** 31 - 1), undefined, signal === undefined ? {} : { signal })
    } catch {
      // The signal came.
    }
  },
}
