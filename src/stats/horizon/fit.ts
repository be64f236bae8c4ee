import { type Estimated, notEstimable } from '../estimate.ts'
import { requireFinite, requirePositive, requireProbability, requireSameLength } from '../guards.ts'

/** Rows of one agent with equal task and length collapsed: `weight` is Σw and `success` Σw·y over the runs behind a row. */
export interface WeightedRows {
  /** log2 of the task's length in human minutes. */
  readonly x: Float64Array
  readonly weight: Float64Array
  readonly success: Float64Array
  /** Rows in use; the arrays may be longer. */
  readonly length: number
}

/** P(success) = 1/(1 + e^−(a + b·x)). */
export interface Logistic {
  readonly a: number
  readonly b: number
}

/** METR's penalty on the slope: b²/2 beside (1/λ)·loss. */
export const METR_LAMBDA = 0.1

/**
 * Minimises b²/2 + (1/λ)·Σ[W·log(1 + e^(a+b·x)) − S·(a + b·x)]; a is not penalised. The objective is strictly convex, so
 * wherever Newton's steps come to rest is the minimum. From a good start plain steps arrive at once; where they do not (they
 * diverge on some agents), damped ones begin again at the mean success rate: a step is halved until the objective falls.
 *
 * @param start where to begin: the full fit makes a bootstrap replicate converge in few steps
 * @returns undefined when nothing or everything succeeds: then a runs to infinity
 * @see Kwa et al. (2025), arXiv 2503.14499
 */
export function penalisedLogistic(rows: WeightedRows, lambda: number, start?: Logistic): Logistic | undefined {
  const share = successShare(rows)
  if (!(share > 1e-12 && share < 1 - 1e-12)) return undefined
  const near = start === undefined ? undefined : plainNewton(rows, lambda, start)
  return near ?? dampedNewton(rows, lambda, { a: Math.log(share / (1 - share)), b: 0 })
}

/** Convergence is quadratic: after a step with a smaller decrement what is left is below rounding. */
const DECREMENT = 1e-13

function plainNewton(rows: WeightedRows, lambda: number, { a, b }: Logistic): Logistic | undefined {
  const at = new Float64Array(5)
  let last = Infinity
  for (let step = 0; step < 12; step += 1) {
    derivatives(rows, lambda, a, b, at)
    const { da, db, decrement } = newtonStep(at)
    if (!(decrement < last)) return undefined
    a -= da
    b -= db
    if (decrement < DECREMENT) return { a, b }
    last = decrement
  }
  return undefined
}

function dampedNewton(rows: WeightedRows, lambda: number, { a, b }: Logistic): Logistic {
  const at = new Float64Array(5)
  let here = objective(rows, lambda, a, b)
  for (let step = 0; step < 200; step += 1) {
    derivatives(rows, lambda, a, b, at)
    const { da, db, decrement } = newtonStep(at)
    if (decrement < DECREMENT) return { a: a - da, b: b - db }
    let size = 1
    let next = objective(rows, lambda, a - da, b - db)
    while (!(next <= here - 1e-4 * size * decrement) && size > 1e-10) {
      size /= 2
      next = objective(rows, lambda, a - size * da, b - size * db)
    }
    // No step lowers the objective by more than rounding: this is the minimum.
    if (size <= 1e-10) break
    a -= size * da
    b -= size * db
    here = next
  }
  return { a, b }
}

function newtonStep(at: Float64Array): { readonly da: number; readonly db: number; readonly decrement: number } {
  const [ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0] = at
  // A floor keeps the step finite where every p has run to 0 or 1; damping then shortens it.
  const det = Math.max(haa * hbb - hab * hab, 1e-13 * haa * hbb, 1e-200)
  const da = (hbb * ga - hab * gb) / det
  const db = (haa * gb - hab * ga) / det
  return { da, db, decrement: ga * da + gb * db }
}

function objective(rows: WeightedRows, lambda: number, a: number, b: number): number {
  const { x, weight, success, length } = rows
  let loss = 0
  for (let i = 0; i < length; i += 1) {
    const eta = a + b * (x[i] ?? 0)
    const softplus = eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta))
    loss += (weight[i] ?? 0) * softplus - (success[i] ?? 0) * eta
  }
  return (lambda * b * b) / 2 + loss
}

function successShare({ weight, success, length }: WeightedRows): number {
  let total = 0
  let successes = 0
  for (let i = 0; i < length; i += 1) {
    total += weight[i] ?? 0
    successes += success[i] ?? 0
  }
  return successes / total
}

/** Writes gradient (a, b) and curvature (aa, ab, bb) of λ times the objective into `into`. */
function derivatives(rows: WeightedRows, lambda: number, a: number, b: number, into: Float64Array): void {
  const { x, weight, success, length } = rows
  let ga = 0
  let gb = 0
  let haa = 0
  let hab = 0
  let hbb = 0
  for (let i = 0; i < length; i += 1) {
    const xi = x[i] ?? 0
    const w = weight[i] ?? 0
    const p = 1 / (1 + Math.exp(-(a + b * xi)))
    const residual = w * p - (success[i] ?? 0)
    const v = w * p * (1 - p)
    ga += residual
    gb += residual * xi
    haa += v
    hab += v * xi
    hbb += v * xi * xi
  }
  gb += lambda * b
  into[0] = ga
  into[1] = gb
  into[2] = haa
  into[3] = hab
  into[4] = hbb + lambda
}

/** h_p = 2^((logit p − a)/b) minutes, the length at which success falls to p; undefined unless success falls with length. */
export function horizonAt({ a, b }: Logistic, p: number): number | undefined {
  if (!(b < 0)) return undefined
  const minutes = 2 ** ((Math.log(p / (1 - p)) - a) / b)
  return Number.isFinite(minutes) ? minutes : undefined
}

export interface HorizonFit extends Logistic {
  readonly type: 'estimate'
  readonly lambda: number
}

/**
 * METR's weighted, penalised logistic fit of one agent's runs.
 *
 * @param minutes human minutes of each run's task, above 0
 * @param scores success of each run in [0, 1]; a fraction counts as that share of a success
 * @param weights of each run, used as they are (METR's sum to 1, and the penalty depends on it)
 * @param lambda default 0.1
 * @returns not estimable when nothing succeeds (`value` 0: the horizon) or everything does, or without runs
 * @throws AssayError `stats/length`, `stats/not-positive`, `stats/not-a-probability`
 */
export function horizonFit(
  minutes: readonly number[],
  scores: readonly number[],
  weights: readonly number[],
  lambda: number = METR_LAMBDA,
): Estimated<HorizonFit> {
  requireSameLength('minutes and scores', minutes, scores)
  requireSameLength('minutes and weights', minutes, weights)
  requireFinite('weights', weights)
  requirePositive('lambda', lambda)
  for (const each of minutes) requirePositive('minutes', each)
  for (const each of scores) requireProbability('a score', each)
  if (minutes.length === 0) return notEstimable('no runs')
  if (scores.every((each) => each === 0)) return notEstimable('no run succeeded: the horizon is 0', 0)
  if (scores.every((each) => each === 1)) return notEstimable('every run succeeded: the horizon is beyond the tasks')
  const rows = {
    x: Float64Array.from(minutes, Math.log2),
    weight: Float64Array.from(weights),
    success: Float64Array.from(scores, (score, i) => score * (weights[i] ?? 0)),
    length: minutes.length,
  }
  const fit = penalisedLogistic(rows, lambda)
  return fit === undefined ? notEstimable('runs that differ carry no weight') : { type: 'estimate', ...fit, lambda }
}
