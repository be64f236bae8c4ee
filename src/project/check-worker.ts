// Calls functions of a user's files that check answers, in a thread of its own, so that one that never returns can be stopped.
import { parentPort } from 'node:worker_threads'
import { AssayError, didYouMean, reasonOf } from '../assay-error.ts'
import { isObject } from '../record/index.ts'
import type { FunctionSaid } from '../studies/cases/index.ts'
import type { FunctionCall } from './check-functions.ts'
import { moduleOf } from './load-module.ts'

const broken = (why: string): FunctionSaid => ({ type: 'broken', why })

async function answer({ file, name, given }: FunctionCall): Promise<FunctionSaid> {
  let module: Readonly<Record<string, unknown>>
  try {
    module = await moduleOf(file, (why, cause) => new AssayError('cli/broken-study', why, { cause }))
  } catch (cause) {
    return broken(`The file does not load: ${reasonOf(cause)}.`)
  }
  const check = module[name]
  if (typeof check !== 'function') {
    const names = Object.keys(module).filter((each) => typeof module[each] === 'function')
    return broken(
      `The file exports no function ${name}.${didYouMean(name, names)} Functions: ${names.join(', ').slice(0, 120) || 'none'}.`,
    )
  }
  say({ type: 'called' })
  try {
    return read(await Reflect.apply(check, undefined, [given.answer, given]))
  } catch (cause) {
    return broken(`It threw: ${reasonOf(cause).slice(0, 200)}.`)
  }
}

/** `true`, `false`, or either as `pass` with a `why`. */
function read(value: unknown): FunctionSaid {
  if (typeof value === 'boolean') return { type: 'marked', pass: value }
  if (!isObject(value) || typeof value['pass'] !== 'boolean')
    return broken(`It returned ${shape(value)}. Return true, false or { pass, why }.`)
  const { pass, why } = value
  return { type: 'marked', pass, ...(typeof why === 'string' && { why: why.slice(0, 500) }) }
}

function shape(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null || typeof value === 'number') return String(value)
  return isObject(value)
    ? `an object with ${Object.keys(value).join(', ').slice(0, 80) || 'no fields'}`
    : `a ${typeof value}`
}

function say(message: FunctionSaid | { readonly type: 'called' }): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread is no window
  parentPort?.postMessage(message)
}

parentPort?.on('message', (call: FunctionCall) => void answer(call).then(say))
