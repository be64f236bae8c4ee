import { fork, type ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
import { AssayError } from '../../assay-error.ts'
import type { Call, CallName, Calls, FromChild, ToChild } from './protocol.ts'

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (cause: unknown) => void
  readonly onText: ((text: string, index: number) => void) | undefined
}

export interface CallOptions {
  readonly onText?: (text: string, index: number) => void
  readonly signal?: AbortSignal
}

/** Bytes kept of what a dying process said. */
const LAST_WORDS = 4096
/** Milliseconds until a process that was asked to end is killed. */
const PATIENCE = 5000

/** A process with the weights in it, as its caller sees it. When it dies, calls under way fail with one line and the caller lives. */
export class Session {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #ended: Promise<void>
  #calls = 0
  #lastWords = ''
  #death: AssayError | undefined
  #closing = false

  constructor() {
    // TypeScript in the repository, JavaScript in the package: the child has the extension that this file has.
    const file = new URL(`./child${extname(import.meta.url)}`, import.meta.url)
    this.#child = fork(file, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // It needs no secrets, so it is given none.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => PASSED_ON.has(name))),
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS)
    })
    this.#child.on('message', (message: FromChild) => this.#hear(message))
    this.#child.on('error', (cause) => this.#die(cause.message))
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.#die(signal ?? `exit code ${code}`)
        resolve()
      })
    })
    // Waiting for nothing must not keep the caller's process alive.
    this.#hold(false)
  }

  /** True once the process ended by itself: every later call fails. */
  get died(): boolean {
    return this.#death !== undefined && !this.#closing
  }

  /** Asks the process; calls are answered one after the other. */
  call<N extends CallName>(name: N, asked: Calls[N]['asked'], options: CallOptions = {}): Promise<Calls[N]['answer']> {
    const { onText, signal } = options
    if (this.#death !== undefined) return Promise.reject(this.#death)
    if (signal?.aborted === true) return Promise.reject(aborted())
    const id = this.#calls++
    // The name and what is asked belong together by the signature above.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    const call = { name, asked } as Call
    const stop = (): void => this.#send({ type: 'stop', id })
    signal?.addEventListener('abort', stop, { once: true })
    this.#hold(true)
    return new Promise<Calls[N]['answer']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onText })
      this.#send({ type: 'call', id, call })
    })
      .then((answer) => {
        if (signal?.aborted === true) throw aborted()
        return answer
      })
      .finally(() => {
        signal?.removeEventListener('abort', stop)
        if (this.#waiting.size === 0 && !this.#closing) this.#hold(false)
      })
  }

  /** Ends the process; calls under way are answered first. Safe to call twice. */
  async close(): Promise<void> {
    this.#closing = true
    this.#hold(true)
    this.#send({ type: 'close' })
    const late = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE)
    await this.#ended
    clearTimeout(late)
  }

  #send(message: ToChild): void {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  #hear(message: FromChild): void {
    const waiting = this.#waiting.get(message.id)
    if (waiting === undefined) return
    if (message.type === 'text') {
      waiting.onText?.(message.text, message.index)
      return
    }
    this.#waiting.delete(message.id)
    if (message.type === 'failure')
      waiting.reject(new AssayError(message.code, message.message, { exit: message.exit }))
    // What comes back is what the call's name says: both ends are written against the same table.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    else waiting.resolve(message.answer as never)
  }

  #die(how: string): void {
    const said = this.#lastWords.trim().split('\n').at(-1) ?? ''
    this.#death ??= this.#closing
      ? new AssayError('probe/closed', 'The white box is closed.')
      : new AssayError(
          'probe/died',
          `The process that held the weights ended (${how}${said === '' ? '' : `: ${said.slice(0, 200)}`}). Open the model again.`,
          { exit: 3 },
        )
    for (const { reject } of this.#waiting.values()) reject(this.#death)
    this.#waiting.clear()
  }

  #hold(alive: boolean): void {
    const { channel } = this.#child
    if (alive) {
      this.#child.ref()
      channel?.ref()
    } else {
      this.#child.unref()
      channel?.unref()
    }
  }
}

/** What a process needs to run at all and to find its temporary folder. */
const PASSED_ON = new Set(['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LD_LIBRARY_PATH', 'SystemRoot'])

function aborted(): AssayError {
  return new AssayError('probe/aborted', 'The call was cut off.', { exit: 130 })
}
