import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { LocalModelEntry, WeightsSource } from './catalogue.ts'
import type { Fetched, PullOptions } from './fetched.ts'
import type { HubNews, HubSetup } from './hub-worker.ts'

/** Milliseconds without a byte after which a hub counts as out of reach. */
const silence = 20_000

/** Downloads a file from a model hub with node-llama-cpp's resolver, into `room`. */
export async function fetchFromHub(
  source: Extract<WeightsSource, { type: 'hub' }>,
  entry: LocalModelEntry,
  room: string,
  { onProgress, signal }: PullOptions,
): Promise<Fetched> {
  signal?.throwIfAborted()
  const setup: HubSetup = { uri: source.uri, folder: room }
  const file = new URL(`./hub-worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(file, { workerData: setup, execArgv: [], stdout: true, stderr: true })
  const { promise, resolve, reject } = Promise.withResolvers<Fetched>()
  const outOfReach = (): void => resolve({ type: 'failed', reason: `no answer for ${silence / 1_000} s` })
  const onAbort = (): void => reject(new Error('interrupted'))
  let timer = setTimeout(outOfReach, silence)
  signal?.addEventListener('abort', onAbort, { once: true })
  worker.on('error', reject)
  worker.on('exit', () => resolve({ type: 'failed', reason: 'the download ended without a file' }))
  worker.on('message', (news: HubNews) => {
    clearTimeout(timer)
    if (news.type !== 'progress') return resolve(news)
    timer = setTimeout(outOfReach, silence)
    onProgress?.({ step: 'fetching', bytes: news.bytes, total: news.total })
  })
  try {
    const got = await promise
    if (got.type === 'got') onProgress?.({ step: 'checking', bytes: 0, total: entry.bytes })
    return got
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}
