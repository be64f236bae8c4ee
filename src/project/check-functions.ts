import fs from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { hashOf } from '../record/index.ts'
import type { CheckFunctions, FunctionGiven, FunctionSaid } from '../studies/cases/index.ts'

/** Milliseconds that one call may take, and the loading of its file before it. */
const PATIENCE = 10_000
const LOADING = 60_000

const said = z.union([
  z.object({ type: z.literal('marked'), pass: z.boolean(), why: z.string().exactOptional() }),
  z.object({ type: z.literal('broken'), why: z.string() }),
  z.object({ type: z.literal('called') }),
])

/** What a thread is asked. */
export interface FunctionCall {
  readonly file: string
  readonly name: string
  readonly given: FunctionGiven
}

/**
 * Calls functions that check answers, in a thread of their own: one that loops for ever, or ends its process, is stopped there and breaks
 * its own call alone. One call at a time.
 *
 * @param folder that their files are named from
 * @param patience milliseconds for one call; default 10,000
 */
export function checkFunctions(folder: string, patience: number = PATIENCE): CheckFunctions {
  const place = (file: string): string => path.resolve(folder, file)
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  const stop = (): void => {
    void worker?.terminate()
    worker = undefined
  }
  const once = async (call: FunctionCall): Promise<FunctionSaid> => {
    if (!fs.existsSync(call.file)) return { type: 'broken', why: `There is no file ${path.relative('.', call.file)}.` }
    const thread = (worker ??= started())
    let timer: NodeJS.Timeout | undefined
    try {
      const answer = await new Promise<FunctionSaid>((resolve) => {
        const broken = (why: string): void => {
          if (worker === thread) stop()
          resolve({ type: 'broken', why })
        }
        const wait = (ms: number): void => {
          clearTimeout(timer)
          timer = setTimeout(() => broken(`It did not answer within ${ms / 1000} s.`), ms)
        }
        wait(LOADING)
        thread.on('message', (message: unknown) => {
          const heard = said.parse(message)
          if (heard.type === 'called') wait(patience)
          else resolve(heard)
        })
        thread.once('error', (cause: unknown) =>
          broken(`It threw: ${cause instanceof Error ? cause.message : String(cause)}.`),
        )
        thread.once('exit', () => broken('It ended its thread.'))
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
        thread.postMessage(call)
      })
      return answer
    } finally {
      clearTimeout(timer)
      for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event)
      thread.on('error', () => undefined)
      // A thread that waits for a question must not keep the process alive; one that was asked does, by its clock.
      thread.unref()
    }
  }
  return {
    hash: (file) => (fs.existsSync(place(file)) ? hashOf(fs.readFileSync(place(file), 'utf8')) : undefined),
    call(file, name, given) {
      const next = last.then(() => once({ file: place(file), name, given }))
      last = next
      return next
    },
  }
}

function started(): Worker {
  // Beside this file, in whatever form this file is run: as source or as built.
  const worker = new Worker(new URL(import.meta.url.replace(/check-functions(\.[jt]s)$/, 'check-worker$1')), {
    execArgv: [],
    // What a check prints is not for the terminal.
    stdout: true,
    stderr: true,
  })
  return worker
}
