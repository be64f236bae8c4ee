import type { Estimated, Interval } from './estimate.ts'
import { notEstimable } from './estimate.ts'
import { requireLevel } from './guards.ts'
import { sortedQuantile } from './quantile.ts'
import { betaQuantile, normalQuantile } from './special/distributions.ts'

/** How often a check is right on one side of a corpus. */
export interface RightOf {
  readonly right: number
  readonly of: number
}

/** A share as a check read it, and how often the check is right. */
export interface ReadShare {
  /** In [0, 1], with its interval by whatever method fits how it was sampled. */
  readonly value: number
  readonly interval: Interval
  readonly sensitivity: RightOf
  readonly specificity: RightOf
  /** How many things the check read for each unit: one false alarm among them is enough. At least 1; default 1. */
  readonly reads?: number
}

/** A corrected share: its interval carries the sampling of the share and of both sides of the corpus. */
export interface CorrectedShare {
  readonly type: 'estimate'
  readonly value: number
  readonly interval: Interval
}

/**
 * The share that there is where an imperfect check read another: (read + specificity − 1) / (sensitivity + specificity − 1), clipped to
 * [0, 1].
 *
 * The interval is the percentile one over draws of all three: the share on the arcsine scale with both halves of its own interval, the
 * check's two rates from their Jeffreys posteriors. Draws are a fixed low-discrepancy sequence, so the same numbers give the same interval.
 * Where `reads` is above 1, specificity is raised to it: errors of several reads are taken as independent, the worst case.
 *
 * @returns not estimable where sensitivity and specificity sum to 1 or less: chance does as well
 * @throws AssayError `stats/not-a-level`
 * @see Rogan & Gladen (1978), doi:10.1093/oxfordjournals.aje.a112510; Lang & Reiczigel (2014), doi:10.1016/j.prevetmed.2013.09.015, agrees
 */
export function correctedShare(read: ReadShare): Estimated<CorrectedShare> {
  const { value, interval, sensitivity, specificity, reads = 1 } = read
  const { level } = interval
  requireLevel(level)
  const [found, spared] = [sensitivity, specificity].map(({ right, of }) => right / of)
  if (found === undefined || spared === undefined || !(found + spared ** reads > 1))
    return notEstimable('the check that reads it does no better than chance', value)
  const point = corrected(value, found, spared ** reads)
  const tails = jointDraws(sensitivity, specificity)
  const draws = new Float64Array(tails.length)
  const drawn = shareAt(read)
  for (const [place, { normal, found: hit, spared: left }] of tails.entries()) {
    const share = drawn(normal)
    const specific = left ** reads
    // A draw of a check that knows nothing says nothing of the share: either end is as good.
    draws[place] = hit + specific > 1 ? corrected(share, hit, specific) : place % 2
  }
  draws.sort()
  const tail = (1 - level) / 2
  return {
    type: 'estimate',
    value: point,
    interval: {
      low: Math.min(point, sortedQuantile(draws, tail)),
      high: Math.max(point, sortedQuantile(draws, 1 - tail)),
      level,
      method: `${interval.method}, corrected for the check's errors (Rogan–Gladen)`,
    },
  }
}

/**
 * How many times as common a thing is in `to` as in `from`, where one imperfect check read both: the check's sensitivity cancels, its
 * false alarms are taken from both, (to + specificity − 1)/(from + specificity − 1).
 *
 * Percentile interval over the same draws as {@link correctedShare}, the two shares correlated as said; a draw that leaves nothing in
 * `from` is worth infinity, so the upper bound may be.
 *
 * @param from share as it was read, in [0, 1], with its interval
 * @param to the other share
 * @param correlation of the two, in [−1, 1]; 0 where they rest on different clusters
 * @returns not estimable where false alarms alone explain `from`
 * @see Rogan & Gladen (1978), doi:10.1093/oxfordjournals.aje.a112510
 */
export function correctedRatio(
  from: Pick<ReadShare, 'value' | 'interval'>,
  to: Pick<ReadShare, 'value' | 'interval'>,
  specificity: RightOf,
  correlation = 0,
): Estimated<CorrectedShare> {
  const { level, method } = to.interval
  requireLevel(level)
  const alarms = 1 - specificity.right / specificity.of
  if (!(from.value > alarms)) return notEstimable('false alarms of the coders alone would explain the first share')
  const value = Math.max(0, to.value - alarms) / (from.value - alarms)
  const [firstAt, secondAt] = [shareAt(from), shareAt(to)]
  // The place of the sensitivity, which cancels, is that of the second share.
  const draws = jointDraws({ right: 0, of: 0 }, specificity).map(({ normal, other, spared }, place) => {
    const first = firstAt(normal) + spared - 1
    const second = secondAt(correlation * normal + Math.sqrt(1 - correlation ** 2) * other) + spared - 1
    if (first > 0) return Math.max(0, second) / first
    return second > 0 || place % 2 === 1 ? Infinity : 0
  })
  const sorted = Float64Array.from(draws).toSorted()
  const tail = (1 - level) / 2
  return {
    type: 'estimate',
    value,
    interval: {
      low: Math.min(value, sortedQuantile(sorted, tail)),
      high: Math.max(value, sortedQuantile(sorted, 1 - tail)),
      level,
      method: `${method}, corrected for the check's errors (Rogan–Gladen)`,
    },
  }
}

/** The share at a normal deviate: on the arcsine scale, with both halves of its own interval. */
function shareAt({ value, interval }: Pick<ReadShare, 'value' | 'interval'>): (normal: number) => number {
  const width = normalQuantile(1 - (1 - interval.level) / 2)
  const [at, low, high] = [arcsine(value), arcsine(interval.low), arcsine(interval.high)]
  return (normal) => {
    const scale = at + (normal / width) * (normal < 0 ? at - low : high - at)
    return Math.sin(Math.min(Math.PI / 2, Math.max(0, scale))) ** 2
  }
}

function arcsine(share: number): number {
  return Math.asin(Math.sqrt(unit(share)))
}

function corrected(share: number, sensitivity: number, specificity: number): number {
  return unit((share + specificity - 1) / (sensitivity + specificity - 1))
}

function unit(share: number): number {
  return Math.min(1, Math.max(0, share))
}

interface Draw {
  readonly normal: number
  /** A second normal, in the place of `found`. */
  readonly other: number
  readonly found: number
  readonly spared: number
}

/** Quantiles of a posterior are read off a table: a tenth of the time of solving for each, and as good. */
const TABLE = 512

/** Quantiles of the Jeffreys posterior of a rate. */
function posterior({ right, of }: RightOf): (p: number) => number {
  const table = Float64Array.from({ length: TABLE }, (_, i) =>
    betaQuantile((i + 0.5) / TABLE, right + 0.5, of - right + 0.5),
  )
  return (p) => sortedQuantile(table, Math.min(1, Math.max(0, (p * TABLE - 0.5) / (TABLE - 1))))
}

const DRAWS = 4096
/** The generalised golden ratio of three dimensions: its powers fill the cube evenly (Roberts' R3 sequence). */
const RATIO = 1.2207440846057596

const made = new Map<string, readonly Draw[]>()

/** Draws of a standard normal and of the check's two rates; those of one corpus are made once. */
function jointDraws(sensitivity: RightOf, specificity: RightOf): readonly Draw[] {
  const key = [sensitivity.right, sensitivity.of, specificity.right, specificity.of].join(' ')
  const known = made.get(key)
  if (known !== undefined) return known
  const [found, spared] = [posterior(sensitivity), posterior(specificity)]
  const draws = Array.from({ length: DRAWS }, (_, place): Draw => {
    const at = (power: number): number => (0.5 + (place + 1) * RATIO ** -power) % 1
    return {
      normal: normalQuantile(at(1)),
      other: normalQuantile(at(2)),
      found: found(at(2)),
      spared: spared(at(3)),
    }
  })
  made.set(key, draws)
  return draws
}
