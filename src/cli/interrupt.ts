/** Ctrl-C once: stop after the calls in flight. Twice: cut them off. A third time ends the process. */
export interface Interrupt {
  readonly stopping: AbortSignal
  readonly abort: AbortSignal
  readonly release: () => void
}

/** Waits until somebody presses Ctrl-C. */
export async function untilInterrupted(): Promise<void> {
  const interrupt = onInterrupt(() => undefined)
  await new Promise<void>((resolve) => interrupt.stopping.addEventListener('abort', () => resolve(), { once: true }))
  interrupt.release()
}

export function onInterrupt(say: (text: string) => void): Interrupt {
  const stopping = new AbortController()
  const abort = new AbortController()
  let times = 0
  const handle = (): void => {
    times++
    if (times === 1) {
      say('Stopping after the calls in flight. Press Ctrl-C again to cut them off.')
      stopping.abort()
    } else if (times === 2) {
      say('Cutting off.')
      abort.abort()
    } else {
      process.exit(130)
    }
  }
  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
  return {
    stopping: stopping.signal,
    abort: abort.signal,
    release() {
      process.off('SIGINT', handle)
      process.off('SIGTERM', handle)
    },
  }
}
