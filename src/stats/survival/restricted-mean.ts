import { type Estimated, notEstimable } from '../estimate.ts'
import { requirePositive } from '../guards.ts'
import type { SurvivalCurve } from './kaplan-meier.ts'
import { critical } from '../special/distributions.ts'

/**
 * Restricted mean survival time: the mean time without the event up to `horizon`, the area under the Kaplan–Meier curve.
 *
 * @param horizon in the unit of the curve's times, above 0
 * @returns not estimable when observation ends before the horizon with the curve above 0, or no event came before it
 *   (`value` is then the horizon); bounds are kept in [0, horizon]
 * @throws AssayError `stats/not-positive`
 * @see Royston and Parmar (2013), doi:10.1186/1471-2288-13-152
 */
export function restrictedMean(curve: SurvivalCurve, horizon: number): Estimated {
  requirePositive('horizon', horizon)
  const last = curve.steps.at(-1)
  if (last !== undefined && last.time < horizon && last.survival > 0) {
    return notEstimable(`observation ends at ${last.time}, before ${horizon}`)
  }
  const steps = curve.steps.filter((step) => step.events > 0 && step.time < horizon)
  if (steps.length === 0) return notEstimable('no event before the horizon', horizon)
  // Walk back from the horizon: the area right of each event time is what its Greenwood term is weighed with.
  let area = 0
  let variance = 0
  let end = horizon
  for (const step of steps.toReversed()) {
    area += step.survival * (end - step.time)
    end = step.time
    const staying = step.atRisk - step.events
    if (staying > 0) variance += (area * area * step.events) / (step.atRisk * staying)
  }
  const value = area + end
  const standardError = Math.sqrt(variance)
  if (standardError === 0) return notEstimable('every event came at one time', value)
  const half = critical(curve.level, Infinity) * standardError
  const bounds = { low: Math.max(0, value - half), high: Math.min(horizon, value + half) }
  return {
    type: 'estimate',
    value,
    standardError,
    interval: { ...bounds, level: curve.level, method: 'restricted mean, Greenwood' },
  }
}
