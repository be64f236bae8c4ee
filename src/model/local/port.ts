import { extname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { FromWorker, Setup, ToWorker } from './protocol.ts'
import { Rest } from './rest.ts'

/** Milliseconds that a worker may take to come to rest: loading weights, or reading one piece of a prompt. */
const patience = 10_000

/** The other end of a worker, as the pool knows it. */
export interface Port {
  post(message: ToWorker): void
  /** Both are set once, before anything is posted. */
  listen(onMessage: (message: FromWorker) => void, onEnd: (reason: string) => void): void
  /** Whether waiting for this worker keeps the process alive. */
  hold(alive: boolean): void
  /** Ends it when it has come to rest. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts one worker thread with the weights.
 *
 * A thread that is ended while the library's native code is at work aborts the whole process. So nobody ends it from
 * outside: it is asked to stop, and a process that exits meanwhile waits until it has come to rest, a token later.
 */
export function startWorker(setup: Setup): Port {
  // TypeScript in the repository, JavaScript in the package: the worker has the extension that this file has.
  const file = new URL(`./worker${extname(import.meta.url)}`, import.meta.url)
  const rest = new Rest()
  // The process's own flags may fit no file, such as --input-type.
  const worker = new Worker(file, { workerData: { setup, rest: rest.memory }, execArgv: [] })
  const onExit = (): void => rest.wait(patience)
  process.once('exit', onExit)
  const ended = new Promise((resolve) => worker.once('exit', resolve)).then(() => process.off('exit', onExit))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
  const post = (message: ToWorker): void => worker.postMessage(message)
  return {
    post,
    listen(onMessage, onEnd) {
      let reason: string | undefined
      worker.on('message', onMessage)
      worker.on('error', (error: unknown) => {
        reason = error instanceof Error ? error.message : String(error)
      })
      worker.on('exit', (code) => onEnd(reason ?? `exit code ${code}`))
    },
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    async stop() {
      worker.ref()
      rest.ask()
      post({ type: 'close' })
      await Promise.race([ended, sleep(patience, undefined, { ref: false })])
    },
  }
}
