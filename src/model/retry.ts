import type { Random } from '../record/index.ts'
import type { TryFailure } from './failures.ts'
import type { FailureKind, Retry } from './model.ts'

/** When a failed call is put again, and how long we wait before. Times in milliseconds. */
export interface RetryPolicy {
  /** How many failures of each kind one question may survive. Kinds that are absent are never asked again. */
  readonly survives: { readonly [kind in FailureKind]?: number }
  /** All kinds together. */
  readonly most: number
  /** The first wait; each further one doubles. */
  readonly firstMs: number
  readonly maxMs: number
  /** A provider that asks for more than this is taken at its word: the call fails at once and says so. */
  readonly maxRetryAfterMs: number
}

export const defaultRetries: RetryPolicy = {
  survives: { 'rate-limited': 10, 'server-error': 5, timeout: 2, 'cut-stream': 3, unreachable: 2 },
  most: 12,
  firstMs: 500,
  maxMs: 60_000,
  maxRetryAfterMs: 600_000,
}

export const noRetries: RetryPolicy = { ...defaultRetries, survives: {}, most: 0 }

/**
 * How long to wait before asking again, or undefined to give up.
 *
 * Exponential with jitter: half of the doubled wait is certain, half is drawn, so that calls that failed together do
 * not come back together. Retry-After is a lower bound, with up to `firstMs` drawn on top.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ ("equal jitter")
 */
export function waitBefore(
  policy: RetryPolicy,
  failure: TryFailure,
  before: readonly Retry[],
  random: Random,
): number | undefined {
  if (!failure.again || before.length >= policy.most) return undefined
  const same = before.filter((retry) => retry.kind === failure.kind).length
  if (same >= (policy.survives[failure.kind] ?? 0)) return undefined
  if (failure.retryAfterMs !== undefined) {
    if (failure.retryAfterMs > policy.maxRetryAfterMs) return undefined
    return failure.retryAfterMs + random() * policy.firstMs
  }
  const full = Math.min(policy.maxMs, policy.firstMs * 2 ** before.length)
  return full / 2 + (random() * full) / 2
}
