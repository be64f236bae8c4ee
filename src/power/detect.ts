import { AssayError } from '../assay-error.ts'
import { detectableDifference, normalQuantile, powerLogRank, powerOneRate } from '../stats/index.ts'
import { counted } from '../report/index.ts'
import { effectiveTrials, layout, meanVariance, type Level, type PowerDesign, type Size } from './design.ts'
import type { Spread } from './spread.ts'

/** What a test must reach. */
export interface Wanted {
  /** Chance of seeing the effect, in (0, 1). */
  readonly power: number
  /** Confidence of the two-sided test, in (0, 1). */
  readonly level: number
}

export const USUAL: Wanted = { power: 0.8, level: 0.95 }

/**
 * The smallest effect that a design of this size sees. In the scale of its kind (see {@link PowerDesign}): a distance for
 * `mean`, `rate` and `paired`, a ratio above 1 for `survival` and `layers`, a share above one half for `pairs`.
 *
 * Means and differences by the noncentral t on one less than the outermost level of the layout; shares and pairs by the
 * exact binomial test on effective trials (all of them by the normal beyond a million); survival by Schoenfeld's log-rank formula on effective events; layers by the
 * normal power of the test that φ = 0.
 *
 * @returns Infinity where no effect can be seen
 * @throws AssayError `study/no-design` for a share, rate or size outside its range
 */
export function detectableEffect(design: PowerDesign, size: Size, wanted: Wanted = USUAL): number {
  assertSize(size)
  switch (design.kind) {
    case 'mean': {
      const { total, shared, clustered } = design.spread
      assertSpread(design.spread)
      return meanEffect(layout(design.by, size, shared, clustered), total, wanted)
    }
    case 'paired': {
      const { total, shared, agree, clustered } = design.spread
      assertSpread(design.spread)
      const levels = layout(design.by, size, shared, clustered)
      const effectAt = (spread: number): number =>
        meanEffect(differenceLevels(levels, levels.length === 1 ? shared : 1, agree), spread, wanted)
      return design.base === undefined ? effectAt(total) : shareEffect(design.base, effectAt(1))
    }
    case 'rate': {
      assertShare('base', design.base)
      const n = Math.floor(effectiveTrials(layout(design.by, size, design.shared)) + 1e-9)
      return rateAbove(design.base, n, wanted) - design.base
    }
    case 'survival': {
      assertShare('seen', design.seen)
      const events = 2 * design.seen * effectiveTrials(layout(design.by, size, design.shared))
      return firstAbove(1, 1e6, (ratio) => powerLogRank(ratio, events, 0.5, wanted.level) >= wanted.power, true)
    }
    case 'pairs': {
      assertShare('ties', design.ties)
      const n = Math.floor((1 - design.ties) * effectiveTrials(layout('task', size, design.shared)) + 1e-9)
      return rateAbove(0.5, n, wanted)
    }
    case 'layers':
      return jointRatio(design.rates, size.tasks * size.repeats, wanted)
  }
}

/**
 * A difference of two arms: what trials of a unit share cancels as far as the arms agree on it.
 *
 * @param within share of the outermost level that can cancel
 */
function differenceLevels(levels: readonly Level[], within: number, agree: number): readonly Level[] {
  return levels.map(({ share, n }, index) => {
    const innermost = index === levels.length - 1
    const cancels = innermost && levels.length > 1 ? 0 : agree * within
    return { share: 2 * share * (1 - cancels), n }
  })
}

function meanEffect(levels: readonly Level[], total: number, { power, level }: Wanted): number {
  const units = Math.floor(levels[0]?.n ?? 0)
  if (units < 2) return Infinity
  if (units > MOST_EXACT)
    return total * Math.sqrt(meanVariance(levels)) * (normalQuantile((1 + level) / 2) + normalQuantile(power))
  // The paired t test over its outermost units has this error, however it comes about.
  const spread = total * Math.sqrt(meanVariance(levels) * units)
  return detectableDifference({ tasks: units, repeats: 1, betweenTasks: spread, withinTask: 0 }, power, level)
}

/**
 * The smallest difference of two shares that is seen. A share of 0 has no spread, and one a little above it has: an arm
 * that differs by the effect is taken to vary as its own share does, where that is more.
 *
 * @param perSpread the effect that is seen where one trial varies by 1
 */
function shareEffect(base: number, perSpread: number): number {
  assertShare('base', base)
  const own = base * (1 - base)
  const spreadAt = (effect: number): number => {
    const other = base <= 0.5 ? Math.min(1, base + effect) : Math.max(0, base - effect)
    return Math.sqrt(Math.max(own, (own + other * (1 - other)) / 2))
  }
  if (!Number.isFinite(perSpread)) return Infinity
  return firstAbove(0, 1, (effect) => effect >= perSpread * spreadAt(effect), false)
}

/** The smallest rate above `base` that the exact test tells from it; Infinity where even 1 is too near. */
function rateAbove(base: number, n: number, { power, level }: Wanted): number {
  if (n < 1) return Infinity
  // Against 0 one success decides: P(at least one) = 1 − (1 − rate)^n.
  if (base === 0) return -Math.expm1(Math.log1p(-power) / n)
  if (n <= MOST_EXACT) return firstAbove(base, 1, (rate) => powerOneRate(rate, base, n, level) >= power, false)
  const test = normalQuantile((1 + level) / 2) * Math.sqrt(base * (1 - base))
  const chance = normalQuantile(power)
  return firstAbove(
    base,
    1,
    (rate) => (rate - base) * Math.sqrt(n) >= test + chance * Math.sqrt(rate * (1 - rate)),
    false,
  )
}

/** Beyond this many trials or units the exact tests are their normal approximations to every digit that is printed. */
const MOST_EXACT = 1e6

/**
 * By the test of association: √n·φ against the normal. Fewer joint failures than independence are not looked for.
 *
 * @see Cohen (1988), Statistical Power Analysis, chapter 7 (w = φ, one degree of freedom)
 */
function jointRatio([a, b]: readonly [number, number], n: number, { power, level }: Wanted): number {
  for (const rate of [a, b])
    if (!(rate > 0 && rate < 1)) throw noDesign(`a layer fails at a rate between 0 and 1, not ${rate}`)
  const phi = (normalQuantile((1 + level) / 2) + normalQuantile(power)) / Math.sqrt(n)
  const joint = a * b + phi * Math.sqrt(a * (1 - a) * b * (1 - b))
  return joint > Math.min(a, b) ? Infinity : joint / (a * b)
}

/** The least x in (from, to] at which a rising condition holds, by bisection; Infinity where it holds nowhere. */
function firstAbove(from: number, to: number, holds: (x: number) => boolean, geometric: boolean): number {
  if (!holds(to)) return Infinity
  let low = from
  let high = to
  for (let i = 0; i < 60 && high - low > 1e-7 * high; i += 1) {
    const middle = geometric ? Math.sqrt(low * high) : (low + high) / 2
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

function assertSize({ tasks, repeats, clusters }: Size): void {
  for (const [name, value] of Object.entries({ tasks, repeats, clusters: clusters ?? 2 }))
    if (!Number.isInteger(value) || value < 1) throw noDesign(`${name} must be a whole number from 1 up, not ${value}`)
  if (clusters !== undefined && clusters > tasks)
    throw noDesign(`${counted(tasks, 'task')} cannot fall into ${clusters} clusters`)
}

function assertSpread({ shared, clustered = 0 }: Spread): void {
  if (shared < 0 || clustered < 0 || shared + clustered > 1 + 1e-9)
    throw noDesign(
      `a trial's variance has parts, and ${shared} of it shared by tasks and ${clustered} by clusters make more than all`,
    )
}

function assertShare(name: string, value: number): void {
  if (!(value >= 0 && value < 1)) throw noDesign(`${name} must be in [0, 1), not ${value}`)
}

function noDesign(why: string): AssayError {
  return new AssayError('study/no-design', `This is not a design: ${why}.`)
}
