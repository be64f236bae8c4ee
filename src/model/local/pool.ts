import type { Port } from './port.ts'
import type { Facts, Job, JobFailure, Result } from './protocol.ts'

/** A job in the queue or on a worker. */
interface Task {
  readonly id: number
  readonly job: Job
  /** The prompt as text, to find the worker that has read most of it. */
  readonly key: string
  readonly hooks: TaskHooks
  readonly finish: (result: Result) => void
  /** How often a younger task went first. */
  overtaken: number
}

export interface TaskHooks {
  readonly signal: AbortSignal
  onSent?(): void
  onToken?(text: string): void
}

interface Slot {
  readonly port: Port
  ready: boolean
  task: Task | undefined
  /** The prompt that this worker read last. */
  held: string
  usedAt: number
}

export interface PoolOptions {
  readonly start: () => Port
  /** At least 1. */
  readonly workers: number
}

/** Why no worker could be started. */
export interface Refusal {
  readonly missing: boolean
  readonly message: string
}

/** How many younger tasks may go before one that has waited longer, because a worker has already read their prompt. */
const patience = 64

/** Characters that need not be read again before a younger task goes first: what reading them takes, about a second. */
const worthwhile = 256

/**
 * Workers and the queue before them. One worker is started at once, the others when there is work for them. A task
 * goes to the free worker that has read most of its prompt, which saves time and changes no result. A worker that dies
 * fails the task it had, and the next task starts another.
 */
export class Pool {
  readonly #options: PoolOptions
  readonly #slots = new Set<Slot>()
  readonly #queue: Task[] = []
  readonly #ready = Promise.withResolvers<Facts | Refusal>()
  #count = 0
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#open()
  }

  /** What the first worker said of itself. */
  get ready(): Promise<Facts | Refusal> {
    return this.#ready.promise
  }

  /** Never rejects: what goes wrong is a result. */
  run(job: Job, key: string, hooks: TaskHooks): Promise<Result> {
    if (this.#closed) return Promise.resolve(failure('aborted', 'the model was closed'))
    if (hooks.signal.aborted) return Promise.resolve(failure('aborted', 'cancelled'))
    const { promise, resolve } = Promise.withResolvers<Result>()
    const onAbort = (): void => this.#cancel(task)
    const task: Task = {
      id: (this.#count += 1),
      job,
      key,
      hooks,
      overtaken: 0,
      finish(result) {
        hooks.signal.removeEventListener('abort', onAbort)
        resolve(result)
      },
    }
    hooks.signal.addEventListener('abort', onAbort, { once: true })
    this.#queue.push(task)
    this.#dispatch()
    return promise
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const task of this.#queue.splice(0)) task.finish(failure('aborted', 'the model was closed'))
    await Promise.all([...this.#slots].map((slot) => slot.port.stop()))
  }

  #open(): void {
    const port = this.#options.start()
    const slot: Slot = { port, ready: false, task: undefined, held: '', usedAt: 0 }
    this.#slots.add(slot)
    port.listen(
      (message) => {
        if (message.type === 'ready') {
          slot.ready = true
          this.#ready.resolve(message.facts)
          this.#dispatch()
        } else if (message.type === 'refused') {
          this.#lose(slot, message.message, message.missing)
          void port.stop()
        } else if (slot.task?.id !== message.id) {
          // Late news of a task that is over.
        } else if (message.type === 'token') {
          slot.task.hooks.onToken?.(message.text)
        } else {
          const { task } = slot
          slot.task = undefined
          task.finish(message.result)
          // Whoever asked may ask again at once, with a prompt that this worker has just read: let it stand in the queue.
          setImmediate(() => this.#dispatch())
        }
      },
      (reason) => this.#lose(slot, reason, false),
    )
  }

  #lose(slot: Slot, reason: string, missing: boolean): void {
    if (!this.#slots.delete(slot)) return
    this.#ready.resolve({ missing, message: reason })
    const why = this.#closed
      ? failure('aborted', 'the model was closed')
      : failure('server-error', `the local worker stopped (${reason}); the next request starts another`)
    slot.task?.finish(why)
    // A worker that never started would never start: whoever waits for it must hear so.
    if (!slot.ready && this.#slots.size === 0) for (const task of this.#queue.splice(0)) task.finish(why)
    else this.#dispatch()
  }

  #dispatch(): void {
    if (this.#closed) return
    for (;;) {
      const free = [...this.#slots].filter((slot) => slot.ready && slot.task === undefined)
      const pair = free.length === 0 ? undefined : this.#match(free)
      if (pair === undefined) break
      const { slot, task } = pair
      this.#queue.splice(this.#queue.indexOf(task), 1)
      slot.task = task
      slot.held = task.key
      slot.usedAt = this.#count
      task.hooks.onSent?.()
      slot.port.post({ type: 'job', id: task.id, job: task.job })
    }
    const starting = [...this.#slots].filter((slot) => !slot.ready).length
    if (this.#queue.length > starting && this.#slots.size < this.#options.workers) this.#open()
    for (const slot of this.#slots) slot.port.hold(slot.task !== undefined || this.#queue.length > 0)
  }

  #match(free: readonly Slot[]): { readonly slot: Slot; readonly task: Task } | undefined {
    const oldest = this.#queue[0]
    if (oldest === undefined) return undefined
    let best = { slot: longestUnused(free), task: oldest, unread: oldest.key.length }
    for (const slot of free) {
      const unread = unreadOf(oldest, slot)
      if (unread < best.unread) best = { slot, task: oldest, unread }
    }
    if (oldest.overtaken >= patience) return best
    for (const task of this.#queue.slice(1, patience)) {
      for (const slot of free) {
        const unread = unreadOf(task, slot)
        if (unread + (best.task === oldest ? worthwhile : 0) < best.unread) best = { slot, task, unread }
      }
    }
    if (best.task !== oldest) oldest.overtaken += 1
    return best
  }

  #cancel(task: Task): void {
    const waiting = this.#queue.indexOf(task)
    if (waiting >= 0) {
      this.#queue.splice(waiting, 1)
      task.finish(failure('aborted', 'cancelled'))
      return
    }
    for (const slot of this.#slots) if (slot.task === task) slot.port.post({ type: 'cancel', id: task.id })
  }
}

function longestUnused(slots: readonly Slot[]): Slot {
  return slots.reduce((oldest, slot) => (slot.usedAt < oldest.usedAt ? slot : oldest))
}

/** Characters of a task's prompt that a worker has not just read. */
function unreadOf({ key }: Task, { held }: Slot): number {
  return key.length - sharedPrefix(held, key)
}

function sharedPrefix(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  return at
}

function failure(kind: JobFailure['kind'], message: string): JobFailure {
  return { type: 'failure', kind, message }
}
