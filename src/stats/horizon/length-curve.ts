import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireLevel, requirePositive, requireProbability } from '../guards.ts'
import { countsByLength, type Graded, type LengthCounts, repeatCorrelation } from '../repeated.ts'
import { chiSquaredQuantile } from '../special/distributions.ts'
import { horizonAt, type Logistic, penalisedLogistic } from './fit.ts'

/** Success against log2 length by maximum likelihood. */
export interface LengthCurve {
  /** Undefined where nothing or everything succeeded: the curve then has no place. */
  readonly fit: Logistic | undefined
  readonly counts: readonly LengthCounts[]
  /** Correlation of the runs of one task; 0 where each task was run once. */
  readonly rho: number
  /** Of the fit; 0 where nothing or everything succeeded. */
  readonly logLikelihood: number
}

/** The length done at a rate. `low` is 0 and `high` is Infinity where the data set no bound on that side. */
export interface LengthHorizon {
  readonly type: 'estimate'
  /** In the unit of the lengths; 0 where nothing succeeded. */
  readonly value: number
  readonly interval: Interval
}

/** So small that the maximum is the likelihood's own, large enough that a curve like a step has one. */
const RIDGE = 1e-9

/**
 * Fits P(success) = 1/(1 + e^−(a + b·log2 length)) to graded runs, each task one cluster. Unlike METR's fit
 * (`horizonFit`) the slope is not penalised and a family has no weight of its own, so that with many tasks the curve
 * becomes the agent's own.
 *
 * @throws AssayError `stats/not-positive` for a length, `stats/not-a-probability` for a score
 */
export function lengthCurve(runs: readonly Graded[]): LengthCurve {
  for (const run of runs) {
    requirePositive('a length', run.length)
    requireProbability('a score', run.score)
  }
  const plain = countsByLength(runs, 0)
  const first = fitOf(plain)
  const chance = (length: number): number => (first === undefined ? 0.5 : chanceAt(first, length))
  const rho = repeatCorrelation(runs, chance)
  const counts = rho === 0 ? plain : countsByLength(runs, rho)
  const fit = rho === 0 ? first : fitOf(counts)
  return { fit, counts, rho, logLikelihood: fit === undefined ? 0 : likelihood(counts, fit.a, fit.b) }
}

export function chanceAt({ a, b }: Logistic, length: number): number {
  return 1 / (1 + Math.exp(-(a + b * Math.log2(length))))
}

function fitOf(counts: readonly LengthCounts[]): Logistic | undefined {
  const rows = {
    x: Float64Array.from(counts, (each) => Math.log2(each.length)),
    weight: Float64Array.from(counts, (each) => each.weight),
    success: Float64Array.from(counts, (each) => each.success),
    length: counts.length,
  }
  return penalisedLogistic(rows, RIDGE)
}

/**
 * The length at which a rate of success is reached, with the profile likelihood interval: all lengths that a likelihood
 * ratio test at the level does not refuse, success falling with length. It needs no replicates, is not symmetric, and
 * stays honest where a curve is a step or nothing succeeded, where a bootstrap has nothing to draw from.
 *
 * @param rate in (0, 1)
 * @returns not estimable when every run succeeded (the reason holds the bound) or success does not fall with length
 * @see Venzon and Moolgavkar (1988), doi:10.2307/2347496
 */
export function lengthHorizon(curve: LengthCurve, rate: number, level = 0.95): Estimated<LengthHorizon> {
  requireLevel(level)
  requireProbability('rate', rate)
  requirePositive('rate', rate * (1 - rate))
  const { counts, fit } = curve
  if (counts.length === 0) return notEstimable('no runs')
  const at = Math.log(rate / (1 - rate))
  const method = 'profile likelihood, logistic in log2 length'
  const limit = chiSquaredQuantile(level, 1) / 2
  const [shortest, longest] = [Math.log2(counts[0]?.length ?? 1), Math.log2(counts.at(-1)?.length ?? 1)]
  const held = (x: number): boolean => curve.logLikelihood - profile(counts, at, x) <= limit
  const bound = (from: number, direction: 1 | -1): number => {
    const end = direction > 0 ? longest + FAR : shortest - FAR
    let inside = from
    let out = from + 0.25 * direction
    while (held(out) && direction * (inside - end) <= 0) {
      inside = out
      out += 2 * (out - from)
    }
    for (let i = 0; i < 60 && Math.abs(out - inside) > 1e-9; i += 1) {
      const middle = (inside + out) / 2
      if (held(middle)) inside = middle
      else out = middle
    }
    return direction * (inside - end) > 0 ? direction * Infinity : inside
  }
  if (fit === undefined) {
    const none = counts.every((each) => each.success === 0)
    if (!none) {
      const low = 2 ** bound(longest + 1, -1)
      return notEstimable(
        `every run succeeded: with ${level * 100}% confidence the horizon is above ${Number(low.toPrecision(3))}`,
      )
    }
    const high = 2 ** bound(shortest - 1, 1)
    return { type: 'estimate', value: 0, interval: { low: 0, high, level, method } }
  }
  const value = horizonAt(fit, rate)
  if (value === undefined) return notEstimable('success does not fall with length')
  const x = Math.log2(value)
  return {
    type: 'estimate',
    value,
    interval: { low: 2 ** bound(x, -1), high: 2 ** bound(x, 1), level, method },
  }
}

/** Doublings beyond the shortest and longest task beyond which a bound is none: nobody extrapolates a thousandfold. */
const FAR = 10

function likelihood(counts: readonly LengthCounts[], a: number, b: number): number {
  let sum = 0
  for (const { length, weight, success } of counts) {
    const eta = a + b * Math.log2(length)
    const softplus = eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta))
    sum += success * eta - weight * softplus
  }
  return sum
}

/** The highest likelihood of a falling curve through the logit `at` at log2 length `x`; concave in its slope. */
function profile(counts: readonly LengthCounts[], at: number, x: number): number {
  const slopeOf = (b: number): { readonly first: number; readonly second: number } => {
    let first = 0
    let second = 0
    for (const { length, weight, success } of counts) {
      const d = Math.log2(length) - x
      const p = 1 / (1 + Math.exp(-(at + b * d)))
      first += (success - weight * p) * d
      second += weight * p * (1 - p) * d * d
    }
    return { first, second }
  }
  let high = 0
  if (slopeOf(0).first >= 0) return likelihood(counts, at, 0)
  let low = -1
  while (low > -STEEPEST && slopeOf(low).first < 0) {
    high = low
    low *= 4
  }
  let b = (low + high) / 2
  for (let i = 0; i < 100 && high - low > 1e-10 * -low; i += 1) {
    const { first, second } = slopeOf(b)
    if (first > 0) low = b
    else high = b
    const newton = second > 0 ? b + first / second : NaN
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - b) < 1e-12 * -low) break
    b = next
  }
  return likelihood(counts, at - b * x, b)
}

/** A curve this steep is a step. */
const STEEPEST = 1e5
