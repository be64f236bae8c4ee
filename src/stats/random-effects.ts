import { type Estimate, type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requirePositive, requireSameLength } from './guards.ts'
import { symmetricInterval } from './mean.ts'
import { chiSquaredTail, critical } from './special/distributions.ts'

export interface RandomEffects extends Estimate {
  readonly studies: number
  /** Variance of true effects between studies (Paule–Mandel), at least 0. */
  readonly tauSquared: number
  /** Share of the spread beyond chance, (Q − (k − 1))/Q, in [0, 1]. */
  readonly iSquared: number
  readonly q: number
  /** That all studies share one effect. */
  readonly pValue: number
  /** Where the true effect of a new study lies; absent for two studies. */
  readonly prediction?: Interval
  /** The pooled value without each study in turn, in order. */
  readonly leaveOneOut: readonly number[]
}

/**
 * Random-effects pooling: τ² by Paule–Mandel, interval by Hartung–Knapp on k − 1 degrees of freedom with its factor never
 * below 1 (so agreeing studies do not make it narrower than the fixed-effect one), prediction interval on k − 2.
 *
 * @param values one effect a study
 * @param errors their standard errors, above 0
 * @returns not estimable for fewer than two studies (`value` is the one there is)
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-positive`, `stats/not-a-level`
 * @see Paule and Mandel (1982), doi:10.6028/jres.087.022; Knapp and Hartung (2003), doi:10.1002/sim.1482;
 *   Higgins, Thompson and Spiegelhalter (2009), doi:10.1111/j.1467-985X.2008.00552.x
 */
export function randomEffects(
  values: readonly number[],
  errors: readonly number[],
  level = 0.95,
): Estimated<RandomEffects> {
  requireSameLength('values and errors', values, errors)
  requireFinite('values', values)
  requireLevel(level)
  for (const each of errors) requirePositive('a standard error', each)
  const k = values.length
  if (k < 2) return notEstimable('pooling needs two studies', values[0])
  const tauSquared = pauleMandel(values, errors)
  const { value, weight } = pool(values, errors, tauSquared)
  const q = statistic(values, errors, 0)
  const factor = Math.max(1, statistic(values, errors, tauSquared) / (k - 1))
  const standardError = Math.sqrt(factor / weight)
  const base = {
    type: 'estimate',
    value,
    standardError,
    df: k - 1,
    interval: symmetricInterval(value, standardError, k - 1, level, 'Paule–Mandel, Hartung–Knapp'),
    studies: k,
    tauSquared,
    iSquared: q > 0 ? Math.max(0, (q - (k - 1)) / q) : 0,
    q,
    pValue: chiSquaredTail(q, k - 1),
    leaveOneOut: values.map((_, out) => {
      const rest = values.filter((__, i) => i !== out)
      const restErrors = errors.filter((__, i) => i !== out)
      return pool(rest, restErrors, pauleMandel(rest, restErrors)).value
    }),
  } as const
  if (k < 3) return base
  const half = critical(level, k - 2) * Math.sqrt(tauSquared + standardError ** 2)
  return { ...base, prediction: { low: value - half, high: value + half, level, method: 'prediction, t on k − 2' } }
}

/**
 * Inverse-variance (fixed-effect) mean of independent estimates of one number.
 *
 * @returns not estimable without values
 * @throws AssayError as `randomEffects`
 */
export function inverseVariance(values: readonly number[], errors: readonly number[], level = 0.95): Estimated {
  requireSameLength('values and errors', values, errors)
  requireFinite('values', values)
  requireLevel(level)
  for (const each of errors) requirePositive('a standard error', each)
  if (values.length === 0) return notEstimable('no values')
  const { value, weight } = pool(values, errors, 0)
  const standardError = 1 / Math.sqrt(weight)
  return {
    type: 'estimate',
    value,
    standardError,
    interval: symmetricInterval(value, standardError, Infinity, level, 'inverse variance'),
  }
}

function pool(
  values: readonly number[],
  errors: readonly number[],
  tauSquared: number,
): { readonly value: number; readonly weight: number } {
  let weight = 0
  let sum = 0
  for (const [i, value] of values.entries()) {
    const w = 1 / ((errors[i] ?? 1) ** 2 + tauSquared)
    weight += w
    sum += w * value
  }
  return { value: sum / weight, weight }
}

/** Σ w(value − pooled)² at a τ²; falls as τ² grows. */
function statistic(values: readonly number[], errors: readonly number[], tauSquared: number): number {
  const { value } = pool(values, errors, tauSquared)
  return values.reduce((sum, each, i) => sum + (each - value) ** 2 / ((errors[i] ?? 1) ** 2 + tauSquared), 0)
}

/** The τ² at which the statistic meets its expectation k − 1; 0 when it lies below even at 0. */
function pauleMandel(values: readonly number[], errors: readonly number[]): number {
  const goal = values.length - 1
  if (goal < 1 || statistic(values, errors, 0) <= goal) return 0
  let low = 0
  let high = errors.reduce((a, b) => Math.min(a, b)) ** 2
  while (statistic(values, errors, high) > goal) high *= 4
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i += 1) {
    const middle = (low + high) / 2
    if (statistic(values, errors, middle) > goal) low = middle
    else high = middle
  }
  return (low + high) / 2
}
