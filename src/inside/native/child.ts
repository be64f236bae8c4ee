import { setImmediate as soon } from 'node:timers/promises'
import { AssayError, reasonOf } from '../../assay-error.ts'
import { readGguf, textKey } from '../gguf.ts'
import { Engine } from './engine.ts'
import { openLibrary } from './library.ts'
import type { Call, FromChild, ToChild } from './protocol.ts'
import { selfTest } from './self-test.ts'
import { Weights } from './weights.ts'

// The process that holds the weights: one engine, one call at a time. When native code aborts, this is all that dies.

let engine: Engine | undefined
let working: Promise<void> = Promise.resolve()
const stopped = new Set<number>()

const send = (message: FromChild): void => void process.send?.(message)

process.on('message', (message: ToChild) => {
  if (message.type === 'stop') stopped.add(message.id)
  if (message.type === 'call') working = working.then(() => answer(message.id, message.call))
  if (message.type === 'close') working = working.then(end)
})
// The parent is gone, killed perhaps: nobody will read an answer.
process.on('disconnect', () => process.exit(0))
// A person's interrupt goes to the whole group; the parent decides what becomes of the call.
process.on('SIGINT', () => undefined)

async function answer(id: number, call: Call): Promise<void> {
  try {
    // Lets messages in: a call that was cut off while it waited is not begun.
    await soon()
    if (stopped.has(id)) throw new AssayError('probe/aborted', 'The call was cut off.', { exit: 130 })
    send({ type: 'answer', id, answer: await carried(id, call) })
  } catch (cause) {
    const known = cause instanceof AssayError ? cause : new AssayError('probe/broken', reasonOf(cause), { exit: 3 })
    send({ type: 'failure', id, code: known.code, message: known.message, exit: known.exit })
  }
  stopped.delete(id)
}

async function carried(id: number, call: Call): Promise<unknown> {
  if (call.name === 'open') return opened(call.asked.file)
  if (engine === undefined) throw new AssayError('probe/broken', 'The white box was asked before it was open.')
  switch (call.name) {
    case 'read':
      return engine.read(call.asked.texts, call.asked.layers)
    case 'trace':
      return engine.trace(call.asked.text, call.asked.layer)
    case 'write':
      return engine.write(call.asked.prompts, {
        ...call.asked.options,
        onText: (text, index) => send({ type: 'text', id, text, index }),
        async pause() {
          await soon()
          return stopped.has(id)
        },
      })
    case 'score':
      return engine.score(call.asked.pairs, call.asked.injections)
    case 'next':
      return engine.next(call.asked.text, call.asked.options)
    case 'piece':
      return engine.piece(call.asked.token)
  }
}

async function opened(file: string): Promise<Engine['facts']> {
  const header = readGguf(file)
  const architecture = textKey(header, 'general.architecture') ?? 'unknown'
  const library = await openLibrary()
  selfTest(library)
  engine = new Engine(new Weights(library, file, architecture), architecture)
  engine.assertNamed()
  return engine.facts
}

function end(): void {
  engine?.close()
  process.exit(0)
}
