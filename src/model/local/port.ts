import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FromWorker, Setup, ToWorker } from './protocol.ts'

/** The other end of a worker, as the pool knows it. */
export interface Port {
  post(message: ToWorker): void
  /** Both are set once, before anything is posted. */
  listen(onMessage: (message: FromWorker) => void, onEnd: (reason: string) => void): void
  /** Whether waiting for this worker keeps the process alive. */
  hold(alive: boolean): void
  stop(): Promise<void>
}

/** Starts one worker thread with the weights. */
export function startWorker(setup: Setup): Port {
  // TypeScript in the repository, JavaScript in the package: the worker has the extension that this file has.
  const file = new URL(`./worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(file, { workerData: setup })
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
    post: (message) => worker.postMessage(message),
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
      // Nothing else may keep the process alive until the thread has ended, and then it would end unfinished.
      worker.ref()
      await worker.terminate()
    },
  }
}
