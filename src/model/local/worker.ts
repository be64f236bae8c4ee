import { parentPort, workerData } from 'node:worker_threads'
import type { Llama } from 'node-llama-cpp'
import { chatTemplateOf } from './chat-template.ts'
import type { FromWorker, Job, Result, Setup, ToWorker } from './protocol.ts'
import { Rest } from './rest.ts'
import { piece, Session } from './session.ts'

// One thread with its own copy of the library, one model, one sequence. Jobs come one at a time.

const port = parentPort
if (port === null) throw new Error('this file is started by the pool, as a worker')

const send = (message: FromWorker): void => port.postMessage(message)
const { setup, rest: memory }: { readonly setup: Setup; readonly rest: SharedArrayBuffer } = workerData
const rest = new Rest(memory)
const cancelled = new Set<number>()
let llama: Llama | undefined
let working: Promise<unknown> = Promise.resolve()

port.on('message', (message: ToWorker) => {
  if (message.type === 'job') working = started.then((session) => work(session, message.id, message.job))
  if (message.type === 'cancel') cancelled.add(message.id)
  if (message.type === 'close') void started.then(() => working).then(end, end)
})

const started = start(setup).finally(() => rest.work(false))
started.catch((error: unknown) => {
  const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  send({ type: 'refused', missing, message: error instanceof Error ? error.message : String(error) })
})

/** Lets go of everything; the thread ends because nothing is left to do. */
async function end(): Promise<void> {
  rest.work(true)
  await llama?.dispose()
  rest.work(false)
  port?.close()
}

async function start({ weights, contextSize }: Setup): Promise<Session> {
  const library = await import('node-llama-cpp')
  rest.work(true)
  if (rest.asked) throw new Error('closed before it started')
  // One thread and one sequence: more threads on few cores crawl, and more sequences do not repeat.
  llama = await library.getLlama({
    gpu: false,
    build: 'never',
    maxThreads: 1,
    logLevel: library.LlamaLogLevel.disabled,
  })
  const model = await llama.loadModel({ modelPath: weights })
  const context = await model.createContext({
    contextSize: Math.min(contextSize, model.trainContextSize),
    threads: 1,
    sequences: 1,
    // No more is ever read at once, and the buffers grow with it.
    batchSize: piece,
  })
  const template = chatTemplateOf(model, library)
  send({
    type: 'ready',
    facts: {
      library: `node-llama-cpp ${await library.getModuleVersion()}`,
      engine: `llama.cpp ${llama.llamaCppRelease.release}`,
      architecture: model.architecture,
      window: context.contextSize,
      trainedWindow: model.trainContextSize,
      ...(template === undefined ? {} : { chatTemplate: template.name }),
    },
  })
  return new Session(library, llama, model, context.getSequence(), template)
}

async function work(session: Session, id: number, job: Job): Promise<void> {
  const hooks = {
    onToken: (text: string): void => send({ type: 'token', id, text }),
    cancelled: (): boolean => rest.asked || cancelled.has(id),
  }
  let result: Result
  rest.work(true)
  try {
    if (job.type === 'ask') {
      result = await session.ask(job, hooks)
    } else {
      const scores = await session.score(job, hooks)
      result = 'type' in scores ? scores : { type: 'scored', scores }
    }
  } catch (error) {
    result = { type: 'failure', kind: 'server-error', message: error instanceof Error ? error.message : String(error) }
  }
  rest.work(false)
  cancelled.delete(id)
  send({ type: 'done', id, result })
}
