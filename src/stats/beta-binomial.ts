import { AssayError } from '../assay-error.ts'
import { type Estimated, notEstimable } from './estimate.ts'
import { requireCounts } from './guards.ts'
import { magnitude } from './mean.ts'
import type { Share } from './newcombe.ts'

/** Rates that differ between units as Beta(alpha, beta). */
export interface BetaBinomial {
  readonly type: 'beta-binomial'
  readonly alpha: number
  readonly beta: number
  /** alpha/(alpha + beta) */
  readonly mean: number
  /** 1/(alpha + beta + 1) in (0, 1): the correlation of two trials of one unit. */
  readonly correlation: number
  readonly logLikelihood: number
}

/** Units that differ no more than chance makes them: the fit with no spread of rates is the best one. */
export interface OneRate {
  readonly type: 'one-rate'
  readonly mean: number
  readonly logLikelihood: number
}

/** Counts of units that reach each number of successes, failures and trials: the likelihood needs no more of them. */
export interface Tallies {
  readonly successes: Float64Array
  readonly failures: Float64Array
  readonly trials: Float64Array
}

export function talliesOf(units: readonly Share[]): Tallies {
  for (const { successes, n } of units) requireCounts(successes, n)
  const longest = magnitude(units.map(({ n }) => n))
  if (longest > 1e6)
    throw new AssayError(
      'stats/too-many-trials',
      `A unit of ${longest} trials: more than a million is not for this fit.`,
    )
  const tallies = {
    successes: new Float64Array(longest),
    failures: new Float64Array(longest),
    trials: new Float64Array(longest),
  }
  for (const { successes, n } of units) {
    for (let j = 0; j < n; j += 1) {
      tallies.trials[j] = (tallies.trials[j] ?? 0) + 1
      if (j < successes) tallies.successes[j] = (tallies.successes[j] ?? 0) + 1
      if (j < n - successes) tallies.failures[j] = (tallies.failures[j] ?? 0) + 1
    }
  }
  return tallies
}

/** ln likelihood at mean m in (0, 1) and correlation r in [0, 1), without the binomial coefficients. */
export function betaBinomialLogLikelihood({ successes, failures, trials }: Tallies, m: number, r: number): number {
  // With c = r/(1 − r): (α + j)/(α + β + j) = (m + jc)/(1 + jc), which stays defined at r = 0.
  const c = r / (1 - r)
  let sum = 0
  for (let j = 0; j < trials.length; j += 1) {
    const s = successes[j] ?? 0
    const f = failures[j] ?? 0
    if (s > 0) sum += s * Math.log(m + j * c)
    if (f > 0) sum += f * Math.log(1 - m + j * c)
    sum -= (trials[j] ?? 0) * Math.log1p(j * c)
  }
  return sum
}

/**
 * Beta-binomial fit of units with their own rates, by maximum likelihood.
 *
 * @returns `one-rate` when no spread of rates fits best; not estimable without units, with one trial each, or when all
 *   trials have one outcome (`value` is the mean then)
 * @throws AssayError `stats/not-a-proportion`
 * @see Skellam (1948), Journal of the Royal Statistical Society B 10, 257–261
 */
export function betaBinomial(units: readonly Share[]): Estimated<BetaBinomial | OneRate> {
  const tallies = talliesOf(units)
  const successes = units.reduce((sum, each) => sum + each.successes, 0)
  const n = units.reduce((sum, each) => sum + each.n, 0)
  if (n === 0) return notEstimable('no units')
  const pooled = successes / n
  if (successes === 0 || successes === n)
    return notEstimable('all trials have one outcome: nothing is known of a spread', pooled)
  if (units.every((each) => each.n < 2)) return notEstimable('one trial a unit: nothing is known of a spread', pooled)
  // For each correlation the best mean; along that ridge the best correlation. Both are smooth and have one peak in practice;
  // the grid guards against a second one.
  const bestMean = (r: number): number =>
    peak((u) => betaBinomialLogLikelihood(tallies, logistic(u), r), Math.log(pooled / (1 - pooled)), 1)
  const ridge = (r: number): number => betaBinomialLogLikelihood(tallies, logistic(bestMean(r)), r)
  const grid = [1e-6, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.99, 0.999, 0.999_999]
  const heights = grid.map(ridge)
  const at = heights.indexOf(Math.max(...heights))
  const zero = betaBinomialLogLikelihood(tallies, pooled, 0)
  if ((heights[at] ?? zero) <= zero + 1e-9) return { type: 'one-rate', mean: pooled, logLikelihood: zero }
  if (at === grid.length - 1)
    return notEstimable('each unit always succeeds or always fails: alpha and beta run to 0', pooled)
  const start = grid[at] ?? 0.1
  const correlation = logistic(peak((u) => ridge(logistic(u)), Math.log(start / (1 - start)), 0.3))
  const mean = logistic(bestMean(correlation))
  const size = 1 / correlation - 1
  const logLikelihood = betaBinomialLogLikelihood(tallies, mean, correlation)
  return { type: 'beta-binomial', alpha: mean * size, beta: (1 - mean) * size, mean, correlation, logLikelihood }
}

/** Where a function with one peak is highest: brackets from `start`, then golden section to 1e-9. */
function peak(height: (u: number) => number, start: number, width: number): number {
  let low = start - width
  let high = start + width
  const middle = height(start)
  for (let step = width; height(low) > middle && low > -60; step *= 2) low -= step
  for (let step = width; height(high) > middle && high < 60; step *= 2) high += step
  const golden = (Math.sqrt(5) - 1) / 2
  let a = high - golden * (high - low)
  let b = low + golden * (high - low)
  let fa = height(a)
  let fb = height(b)
  while (high - low > 1e-9 * (1 + Math.abs(low))) {
    if (fa >= fb) {
      high = b
      b = a
      fb = fa
      a = high - golden * (high - low)
      fa = height(a)
    } else {
      low = a
      a = b
      fa = fb
      b = low + golden * (high - low)
      fb = height(b)
    }
  }
  return (low + high) / 2
}

function logistic(u: number): number {
  return 1 / (1 + Math.exp(-u))
}
