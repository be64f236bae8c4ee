import { parentPort, workerData } from 'node:worker_threads'
import { chatTemplateOf } from './chat-template.ts'
import type { FromWorker, Job, Result, Setup, ToWorker } from './protocol.ts'
import { piece, Session } from './session.ts'

// One thread with its own copy of the library, one model, one sequence. Jobs come one at a time.

const port = parentPort
if (port === null) throw new Error('this file is started by the pool, as a worker')
const cancelled = new Set<number>()
const send = (message: FromWorker): void => port.postMessage(message)

try {
  const setup: Setup = workerData
  const session = await start(setup)
  port.on('message', (message: ToWorker) => {
    if (message.type === 'close') process.exit(0)
    if (message.type === 'cancel') cancelled.add(message.id)
    if (message.type === 'job') void work(session, message.id, message.job)
  })
} catch (error) {
  const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
  send({ type: 'refused', missing, message: error instanceof Error ? error.message : String(error) })
}

async function start({ weights, contextSize }: Setup): Promise<Session> {
  const library = await import('node-llama-cpp')
  // One thread and one sequence: more threads on few cores crawl, and more sequences do not repeat.
  const llama = await library.getLlama({
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
  const session = new Session(library, llama, model, context.getSequence(), template)
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
  return session
}

async function work(session: Session, id: number, job: Job): Promise<void> {
  const hooks = {
    onToken: (text: string): void => send({ type: 'token', id, text }),
    cancelled: (): boolean => cancelled.has(id),
  }
  let result: Result
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
  cancelled.delete(id)
  send({ type: 'done', id, result })
}
