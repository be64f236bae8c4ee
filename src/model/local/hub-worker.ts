import { parentPort, workerData } from 'node:worker_threads'
import { oneLine } from './fetched.ts'

// The library's resolver goes on trying for many minutes where there is no network and hears no signal before it has an
// answer, so it runs in a thread that can be ended.

/** What this thread says: how far it is, then where the file is or why there is none. */
export type HubNews =
  | { readonly type: 'progress'; readonly bytes: number; readonly total: number }
  | { readonly type: 'got'; readonly path: string }
  | { readonly type: 'failed'; readonly reason: string }

export interface HubSetup {
  readonly uri: string
  readonly folder: string
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
const send = (news: HubNews): void => parentPort?.postMessage(news)
const { uri, folder }: HubSetup = workerData

try {
  const library = await import('node-llama-cpp')
  const path = await library.resolveModelFile(uri, {
    directory: folder,
    fileName: 'weights.gguf',
    cli: false,
    verify: false,
    onProgress: ({ downloadedSize, totalSize }) => send({ type: 'progress', bytes: downloadedSize, total: totalSize }),
  })
  send({ type: 'got', path })
} catch (error) {
  const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  send({ type: 'failed', reason: missing ? 'node-llama-cpp is not installed' : oneLine(error) })
}
