import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Pool } from '../../../src/model/local/pool.ts'
import type { Port } from '../../../src/model/local/port.ts'
import type { Facts, FromWorker, Job, Result, ToWorker } from '../../../src/model/local/protocol.ts'

const facts: Facts = { library: 'l 1', engine: 'e 1', architecture: 'llama', window: 64, trainedWindow: 64 }
const job: Job = { type: 'score', prompt: '', continuations: [] }
const scored: Result = { type: 'scored', scores: [] }
const never = new AbortController().signal

/** A worker whose other end is the test. */
class FakeWorker implements Port {
  readonly got: ToWorker[] = []
  held = false
  stopped = false
  say: (message: FromWorker) => void = () => {}
  die: (reason: string) => void = () => {}

  post(message: ToWorker): void {
    this.got.push(message)
  }
  listen(onMessage: (message: FromWorker) => void, onEnd: (reason: string) => void): void {
    this.say = onMessage
    this.die = onEnd
  }
  hold(alive: boolean): void {
    this.held = alive
  }
  async stop(): Promise<void> {
    this.stopped = true
    this.die('stopped')
  }
  start(): void {
    this.say({ type: 'ready', facts })
  }
  /** Id of the job it was given last. */
  get job(): number {
    const last = this.got.findLast((message) => message.type === 'job')
    return last?.type === 'job' ? last.id : 0
  }
  finish(): void {
    this.say({ type: 'done', id: this.job, result: scored })
  }
}

function poolOf(workers: number): { pool: Pool; ports: FakeWorker[] } {
  const ports: FakeWorker[] = []
  const start = (): Port => {
    const port = new FakeWorker()
    ports.push(port)
    return port
  }
  return { pool: new Pool({ workers, start }), ports }
}

describe('the pool', () => {
  it('starts a second worker only when there is work for it', async () => {
    const { pool, ports } = poolOf(2)
    ports[0]?.start()
    void pool.run(job, 'a', { signal: never })
    expect(ports.length).toBe(1)
    void pool.run(job, 'b', { signal: never })
    void pool.run(job, 'c', { signal: never })
    expect(ports.length).toBe(2)
    await pool.close()
  })

  it('gives a task to the free worker that has read most of its prompt', async () => {
    const { pool, ports } = poolOf(2)
    ports[0]?.start()
    const first = pool.run(job, 'apples and pears', { signal: never })
    const second = pool.run(job, 'bread and butter', { signal: never })
    ports[1]?.start()
    for (const port of ports) port.finish()
    await Promise.all([first, second])
    void pool.run(job, 'bread and jam', { signal: never })
    expect(ports.map((port) => port.got.length)).toEqual([1, 2])
    void pool.run(job, 'apples', { signal: never })
    expect(ports.map((port) => port.got.length)).toEqual([2, 2])
    await pool.close()
  })

  it('lets a younger task that shares the prompt go first, but not for ever', async () => {
    const { pool, ports } = poolOf(1)
    const [port] = ports
    port?.start()
    const shared = 'x'.repeat(1_000)
    void pool.run(job, shared, { signal: never })
    const order: string[] = []
    void pool.run(job, 'y'.repeat(1_000), { signal: never, onSent: () => order.push('other') })
    for (let turn = 0; turn < 80; turn += 1) {
      void pool.run(job, shared, { signal: never, onSent: () => order.push('shared') })
    }
    for (let turn = 0; turn < 80; turn += 1) {
      port?.finish()
      await nextTurn()
    }
    expect(order.indexOf('other')).toBe(64)
    await pool.close()
  })

  it('fails the task of a worker that dies, and starts another for the next', async () => {
    const { pool, ports } = poolOf(1)
    ports[0]?.start()
    const lost = pool.run(job, 'a', { signal: never })
    const waiting = pool.run(job, 'b', { signal: never })
    ports[0]?.die('exit code 134')
    expect(await lost).toMatchObject({ type: 'failure', kind: 'server-error', message: /exit code 134/ })
    expect(ports.length).toBe(2)
    ports[1]?.start()
    ports[1]?.finish()
    expect(await waiting).toEqual(scored)
    await pool.close()
  })

  it('fails everybody when no worker can be started, and does not try for ever', async () => {
    const { pool, ports } = poolOf(2)
    const waiting = pool.run(job, 'a', { signal: never })
    ports[0]?.say({ type: 'refused', missing: true, message: 'no such package' })
    expect(await pool.ready).toEqual({ missing: true, message: 'no such package' })
    expect(await waiting).toMatchObject({ type: 'failure', kind: 'server-error' })
    expect(ports.length).toBe(1)
  })

  it('calls off what waits at once and what runs at the worker', async () => {
    const { pool, ports } = poolOf(1)
    const [port] = ports
    port?.start()
    const [running, waiting] = [new AbortController(), new AbortController()]
    const first = pool.run(job, 'a', { signal: running.signal })
    const second = pool.run(job, 'b', { signal: waiting.signal })
    waiting.abort()
    expect(await second).toMatchObject({ kind: 'aborted' })
    running.abort()
    expect(port?.got.at(-1)).toEqual({ type: 'cancel', id: port?.job })
    port?.say({ type: 'done', id: port.job, result: { type: 'failure', kind: 'aborted', message: 'cancelled' } })
    expect(await first).toMatchObject({ kind: 'aborted' })
    expect(await pool.run(job, 'c', { signal: AbortSignal.abort() })).toMatchObject({ kind: 'aborted' })
    await pool.close()
  })

  it('keeps the process alive while somebody waits, and not longer', async () => {
    const { pool, ports } = poolOf(1)
    const [port] = ports
    port?.start()
    expect(port?.held).toBe(false)
    const task = pool.run(job, 'a', { signal: never })
    expect(port?.held).toBe(true)
    port?.finish()
    await task
    await nextTurn()
    expect(port?.held).toBe(false)
    await pool.close()
  })

  it('answers everybody when it is closed, twice if need be', async () => {
    const { pool, ports } = poolOf(1)
    ports[0]?.start()
    const tasks = ['a', 'b'].map((key) => pool.run(job, key, { signal: never }))
    await Promise.all([pool.close(), pool.close()])
    expect(await Promise.all(tasks)).toMatchObject([{ kind: 'aborted' }, { kind: 'aborted' }])
    expect(ports[0]?.stopped).toBe(true)
    expect(await pool.run(job, 'c', { signal: never })).toMatchObject({ kind: 'aborted' })
  })
})
