import { describe, expect, test } from 'vitest'
import { createLimiter, START, type LimitChange, type Limiter, type Slot } from '../../src/model/limiter.ts'

/** A limiter on a clock that only this test moves. */
function at(most?: number) {
  const changes: LimitChange[] = []
  const sleepers: { readonly until: number; readonly wake: () => void }[] = []
  let now = 0
  const limiter = createLimiter({
    provider: 'p',
    clock: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ until: now + ms, wake })),
    onChange: (change) => changes.push(change),
    ...(most === undefined ? {} : { most }),
  })
  const pass = async (ms: number): Promise<void> => {
    now += ms
    for (const sleeper of sleepers.filter(({ until }) => until <= now)) sleeper.wake()
    await settle()
  }
  return { limiter, changes, pass }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const forever = new AbortController().signal

interface Held {
  slot?: Slot | undefined
  readonly asked: Promise<void>
}

function enter(limiter: Limiter, signal = forever, ticket = limiter.ticket()): Held {
  const wait = async (): Promise<void> => {
    held.slot = await limiter.enter(ticket, signal)
  }
  const held: Held = { asked: Promise.resolve() }
  return Object.assign(held, { asked: wait() })
}

const admitted = (held: readonly Held[]): number => held.filter(({ slot }) => slot !== undefined).length

/** One round trip: all that are in flight succeed, and as many again as may are sent. */
async function round(limiter: Limiter, held: Held[]): Promise<void> {
  for (const one of held.splice(0)) one.slot?.leave({ type: 'ok' })
  for (let i = 0; i < 100; i++) held.push(enter(limiter))
  await settle()
}

describe('finding the limit', () => {
  test('starts small, doubles each round trip', async () => {
    const { limiter } = at()
    const held: Held[] = Array.from({ length: 100 }, () => enter(limiter))
    await settle()
    expect(admitted(held)).toBe(START)
    for (const one of held.filter(({ slot }) => slot !== undefined)) one.slot?.leave({ type: 'ok' })
    await settle()
    expect(limiter.now().limit).toBe(2 * START)
  })

  test('halves on a refusal, then adds one a round trip', async () => {
    const { limiter, pass } = at()
    let flight = Array.from({ length: 100 }, () => enter(limiter))
    await settle()
    const turn = async (): Promise<void> => {
      const sent = flight.filter(({ slot }) => slot !== undefined)
      flight = flight.filter(({ slot }) => slot === undefined)
      for (const one of sent) one.slot?.leave({ type: 'ok' })
      await pass(1)
    }
    await turn()
    await turn()
    expect(limiter.now().limit).toBe(16)
    const refused = flight.find(({ slot }) => slot !== undefined)
    refused?.slot?.leave({ type: 'refused' })
    expect(limiter.now().limit).toBe(8)
    flight = flight.filter((one) => one !== refused)
    await turn()
    const after = limiter.now().limit
    await turn()
    expect(limiter.now().limit).toBeGreaterThan(after - 1)
    expect(limiter.now().limit).toBeLessThanOrEqual(after + 2)
  })

  test('calls under way when it was halved do not halve it again', async () => {
    const { limiter, pass } = at()
    const held = Array.from({ length: 4 }, () => enter(limiter))
    await settle()
    await pass(10)
    for (const one of held) one.slot?.leave({ type: 'refused' })
    expect(limiter.now().limit).toBe(2)
  })

  test('never falls below one, never rises above the most', async () => {
    const { limiter, pass } = at(5)
    for (let i = 0; i < 10; i++) {
      const one = enter(limiter)
      await settle()
      await pass(1)
      one.slot?.leave({ type: 'refused' })
    }
    expect(limiter.now().limit).toBe(1)
    const held: Held[] = []
    for (let i = 0; i < 20; i++) await round(limiter, held)
    expect(limiter.now().limit).toBeLessThanOrEqual(5)
  })

  test('does not grow while nobody needs it', async () => {
    const { limiter } = at()
    for (let i = 0; i < 20; i++) {
      const one = enter(limiter)
      await settle()
      one.slot?.leave({ type: 'ok' })
    }
    expect(limiter.now().limit).toBe(START)
  })
})

describe('waiting', () => {
  test('who came first goes first, and a retry keeps its place', async () => {
    const { limiter } = at(1)
    const order: string[] = []
    const ask = async (name: string, ticket: number): Promise<Slot | undefined> => {
      const slot = await limiter.enter(ticket, forever)
      order.push(name)
      return slot
    }
    const early = limiter.ticket()
    const first = await ask('first', limiter.ticket())
    const later = ask('later', limiter.ticket())
    const retry = ask('retry', early)
    first?.leave({ type: 'ok' })
    const slot = await retry
    slot?.leave({ type: 'ok' })
    await later
    expect(order).toEqual(['first', 'retry', 'later'])
  })

  test('Retry-After stops the whole provider, and lets it go on after', async () => {
    const { limiter, changes, pass } = at()
    const one = enter(limiter)
    await settle()
    one.slot?.leave({ type: 'refused', retryAfterMs: 5000 })
    const two = enter(limiter)
    await pass(4999)
    expect(two.slot).toBeUndefined()
    await pass(1)
    expect(two.slot).toBeDefined()
    expect(changes.map(({ reason }) => reason)).toEqual(['start', 'refused'])
    expect(changes.at(-1)).toMatchObject({ provider: 'p', limit: 2, pausedMs: 5000 })
  })

  test('a longer pause that comes later counts', async () => {
    const { limiter, pass } = at()
    const held = [enter(limiter), enter(limiter)]
    await settle()
    held[0]?.slot?.leave({ type: 'wait', retryAfterMs: 1000 })
    const three = enter(limiter)
    await pass(500)
    held[1]?.slot?.leave({ type: 'wait', retryAfterMs: 2000 })
    await pass(600)
    expect(three.slot).toBeUndefined()
    await pass(2000)
    expect(three.slot).toBeDefined()
  })

  test('a call that is called off leaves the queue at once', async () => {
    const { limiter } = at(1)
    const first = enter(limiter)
    await settle()
    const abort = new AbortController()
    const second = enter(limiter, abort.signal)
    const third = enter(limiter)
    abort.abort()
    await second.asked
    expect(second.slot).toBeUndefined()
    expect(limiter.now().waiting).toBe(1)
    first.slot?.leave({ type: 'ok' })
    await third.asked
    expect(third.slot).toBeDefined()
  })

  test('a slot left twice is left once', async () => {
    const { limiter } = at()
    const one = enter(limiter)
    await settle()
    one.slot?.leave({ type: 'other' })
    one.slot?.leave({ type: 'other' })
    expect(limiter.now().inFlight).toBe(0)
  })
})
