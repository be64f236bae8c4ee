import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireCount, requireLevel } from './guards.ts'
import { wilson } from './wilson.ts'

export interface Share {
  readonly successes: number
  readonly n: number
}

export interface RateDifference {
  readonly type: 'estimate'
  readonly value: number
  readonly interval: Interval
}

/** Four counts of cases that both arms did. */
export interface PairedCounts {
  readonly both: number
  readonly fromOnly: number
  readonly toOnly: number
  readonly neither: number
}

/**
 * Difference `to` − `from` of two independent proportions, by combining their Wilson intervals.
 *
 * @throws AssayError `stats/not-a-proportion`, `stats/not-a-level`
 * @see Newcombe (1998) method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 */
export function newcombe(from: Share, to: Share, level = 0.95): RateDifference {
  return combine(from, to, 0, level, 'Newcombe hybrid score')
}

/**
 * Difference `to` − `from` of two proportions over the same cases, one binary trial a case and arm.
 *
 * @returns not estimable without cases
 * @throws AssayError `stats/not-a-count`, `stats/not-a-level`
 * @see Newcombe (1998) method 10 for paired data, doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C
 */
export function newcombePaired(counts: PairedCounts, level = 0.95): Estimated<RateDifference> {
  const { both, fromOnly, toOnly, neither } = counts
  for (const [name, value] of Object.entries(counts)) requireCount(name, value)
  requireLevel(level)
  const n = both + fromOnly + toOnly + neither
  if (n === 0) return notEstimable('no cases')
  const cross = both * neither - fromOnly * toOnly
  const margins = (both + fromOnly) * (toOnly + neither) * (both + toOnly) * (fromOnly + neither)
  const corrected = cross > 0 ? Math.max(0, cross - n / 2) : cross
  const phi = margins === 0 ? 0 : corrected / Math.sqrt(margins)
  const from = { successes: both + fromOnly, n }
  return combine(from, { successes: both + toOnly, n }, phi, level, 'Newcombe paired score')
}

function combine(from: Share, to: Share, phi: number, level: number, method: string): RateDifference {
  const a = wilson(from.successes, from.n, level)
  const b = wilson(to.successes, to.n, level)
  const pa = from.successes / from.n
  const pb = to.successes / to.n
  const value = pb - pa
  const below = reach(pb - b.low, a.high - pa, phi)
  const above = reach(b.high - pb, pa - a.low, phi)
  return { type: 'estimate', value, interval: { low: value - below, high: value + above, level, method } }
}

function reach(own: number, other: number, phi: number): number {
  return Math.sqrt(Math.max(0, own * own - 2 * phi * own * other + other * other))
}
