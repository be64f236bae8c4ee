import { describe, expect, test } from 'vitest'
import type { TryFailure } from '../../src/model/failures.ts'
import type { FailureKind, Retry } from '../../src/model/index.ts'
import { defaultRetries, noRetries, waitBefore } from '../../src/model/retry.ts'

const failed = (kind: FailureKind, more: Partial<TryFailure> = {}): TryFailure => ({
  kind,
  message: '',
  again: true,
  ...more,
})
const before = (...kinds: readonly FailureKind[]): Retry[] => kinds.map((kind) => ({ kind, waitedMs: 1 }))
const low = (): number => 0
const high = (): number => 0.999_999

describe('how long', () => {
  test('the wait doubles, between half and whole of it', () => {
    const waits = [0, 1, 2, 3].map((n) => {
      const past = before(...Array.from({ length: n }, (): FailureKind => 'server-error'))
      return [
        waitBefore(defaultRetries, failed('server-error'), past, low),
        Math.round(waitBefore(defaultRetries, failed('server-error'), past, high) ?? 0),
      ]
    })
    expect(waits).toEqual([
      [250, 500],
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
    ])
  })

  test('it never passes the cap', () => {
    const policy = { ...defaultRetries, most: 99, survives: { 'rate-limited': 99 } }
    const past = before(...Array.from({ length: 50 }, (): FailureKind => 'rate-limited'))
    expect(waitBefore(policy, failed('rate-limited'), past, high)).toBeLessThanOrEqual(policy.maxMs)
  })

  test('Retry-After is the least', () => {
    expect(waitBefore(defaultRetries, failed('rate-limited', { retryAfterMs: 7000 }), [], low)).toBe(7000)
    expect(waitBefore(defaultRetries, failed('rate-limited', { retryAfterMs: 7000 }), [], high)).toBeLessThan(7500)
  })
})

describe('how often', () => {
  test('each kind has its own patience', () => {
    expect(waitBefore(defaultRetries, failed('unreachable'), before('unreachable'), low)).toBeDefined()
    expect(waitBefore(defaultRetries, failed('unreachable'), before('unreachable', 'unreachable'), low)).toBeUndefined()
    expect(waitBefore(defaultRetries, failed('server-error'), before('unreachable', 'unreachable'), low)).toBeDefined()
  })

  test('all kinds together are bounded', () => {
    const past = before(
      ...Array.from({ length: 12 }, (_, i): FailureKind => (i % 2 === 0 ? 'rate-limited' : 'cut-stream')),
    )
    expect(waitBefore(defaultRetries, failed('server-error'), past, low)).toBeUndefined()
  })

  test.each<FailureKind>(['unauthorized', 'bad-request', 'bad-reply', 'context-overflow', 'aborted'])(
    '%s is final',
    (kind) => {
      expect(waitBefore(defaultRetries, failed(kind), [], low)).toBeUndefined()
    },
  )

  test('what cannot be helped by asking again is not asked again', () => {
    expect(waitBefore(defaultRetries, failed('rate-limited', { again: false }), [], low)).toBeUndefined()
  })

  test('a wait longer than anybody would wait is a failure', () => {
    expect(waitBefore(defaultRetries, failed('rate-limited', { retryAfterMs: 86_400_000 }), [], low)).toBeUndefined()
  })

  test('none at all, where that is wanted', () => {
    expect(waitBefore(noRetries, failed('rate-limited'), [], low)).toBeUndefined()
  })
})
