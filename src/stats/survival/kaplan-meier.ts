import { AssayError } from '../../assay-error.ts'
import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireFinite, requireLevel, requireSameLength } from '../guards.ts'
import { exactBounds } from '../clopper-pearson.ts'
import { critical } from '../special/distributions.ts'

/** The curve just after `time`. */
export interface SurvivalStep {
  readonly time: number
  /** Still under observation just before `time`. */
  readonly atRisk: number
  readonly events: number
  /** Left observation at `time` without an event. */
  readonly censored: number
  /** Share without an event by `time`. */
  readonly survival: number
  readonly low: number
  readonly high: number
}

export interface SurvivalCurve {
  readonly type: 'estimate'
  readonly level: number
  readonly method: string
  readonly n: number
  readonly events: number
  /** One a distinct time, ascending; a time at which nothing but censoring happened is there too. */
  readonly steps: readonly SurvivalStep[]
}

/**
 * Kaplan–Meier curve of time until an event with right censoring; pointwise intervals by Greenwood's variance on the
 * log(−log) scale, which has no value at 0 and 1. Before the first event the lower bound is the exact one for no event
 * among those at risk; after the last survivor's event the upper bound is that of {@link boundAtNone}.
 *
 * @param times ≥ 0, one a subject
 * @param events true if the event happened at the time, false if observation stopped there
 * @returns not estimable without subjects
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/negative-time`, `stats/not-a-level`
 * @see Kaplan and Meier (1958), doi:10.1080/01621459.1958.10501452; Kalbfleisch and Prentice (2002), 1.4
 */
export function kaplanMeier(
  times: readonly number[],
  events: readonly boolean[],
  level = 0.95,
): Estimated<SurvivalCurve> {
  requireLevel(level)
  requireTimes(times, events)
  if (times.length === 0) return notEstimable('no subjects')
  const z = critical(level, Infinity)
  const order = times.map((_, i) => i).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  const steps: SurvivalStep[] = []
  let atRisk = times.length
  let survival = 1
  let greenwood = 0
  let lastHigh = 1
  let censored = 0
  for (let i = 0; i < order.length;) {
    const time = times[order[i] ?? 0] ?? 0
    let died = 0
    let left = 0
    for (; i < order.length && times[order[i] ?? 0] === time; i += 1) {
      if (events[order[i] ?? 0] === true) died += 1
      else left += 1
    }
    if (died > 0) {
      survival = died === atRisk ? 0 : survival * (1 - died / atRisk)
      if (survival > 0) greenwood += died / (atRisk * (atRisk - died))
    }
    const bounds =
      survival === 1
        ? exactBounds(atRisk, atRisk, (1 - level) / 2)
        : survival === 0
          ? { low: 0, high: boundAtNone({ subjects: times.length, atRisk, censored, lastHigh, level }) }
          : logLogBounds(survival, greenwood, z)
    lastHigh = bounds.high
    steps.push({ time, atRisk, events: died, censored: left, survival, ...bounds })
    atRisk -= died + left
    censored += left
  }
  const total = events.filter(Boolean).length
  return { type: 'estimate', level, method: 'Kaplan–Meier, Greenwood log(−log)', n: times.length, events: total, steps }
}

/**
 * The upper bound of a curve that has come down to 0: the exact one for none of all subjects, or, where some were censored
 * before, what the curve was at most, times the exact one for none of those that were still at risk.
 *
 * @param subjects how many there were at first, and `atRisk` at the last event: of what is independent, clusters if there are any
 */
export function boundAtNone(seen: {
  readonly subjects: number
  readonly atRisk: number
  readonly censored: number
  readonly lastHigh: number
  readonly level: number
}): number {
  const { subjects, atRisk, censored, lastHigh, level } = seen
  const noneOf = (n: number): number => exactBounds(0, n, (1 - level) / 2).high
  return censored === 0 ? Math.min(lastHigh, noneOf(subjects)) : lastHigh * noneOf(atRisk)
}

function logLogBounds(survival: number, greenwood: number, z: number): { readonly low: number; readonly high: number } {
  const log = Math.log(survival)
  const shift = (z * Math.sqrt(greenwood)) / log
  return { low: Math.exp(log * Math.exp(-shift)), high: Math.exp(log * Math.exp(shift)) }
}

/** The curve at `time`; before the first step everybody survives, after the last the last step holds. */
export function survivalAt(
  curve: SurvivalCurve,
  time: number,
): { readonly value: number; readonly interval: Interval } {
  const step = curve.steps.findLast((each) => each.time <= time)
  const { level, method } = curve
  if (step === undefined) {
    return { value: 1, interval: { ...exactBounds(curve.n, curve.n, (1 - level) / 2), level, method } }
  }
  return { value: step.survival, interval: { low: step.low, high: step.high, level, method } }
}

export interface SurvivalQuantile {
  readonly type: 'estimate'
  readonly value: number
  /** `high` is Infinity when the upper band never falls to the level asked for. */
  readonly interval: Interval
}

/**
 * The first time by which at least the share `p` has had the event (p = 0.5: the median), with the times at which the
 * bands cross it.
 *
 * @returns not estimable when the curve never falls that far
 * @see Brookmeyer and Crowley (1982), doi:10.2307/2530286
 */
export function survivalQuantile(curve: SurvivalCurve, p = 0.5): Estimated<SurvivalQuantile> {
  const goal = 1 - p + 1e-12
  const when = (of: (step: SurvivalStep) => number): number | undefined =>
    curve.steps.find((step) => step.events > 0 && of(step) <= goal)?.time
  const value = when((step) => step.survival)
  if (value === undefined)
    return notEstimable(`fewer than ${p === 0.5 ? 'half' : `${Math.round(100 * p)}%`} had the event before they ended`)
  const low = when((step) => step.low) ?? value
  const high = when((step) => step.high) ?? Infinity
  return { type: 'estimate', value, interval: { low, high, level: curve.level, method: 'Brookmeyer–Crowley' } }
}

/** @throws AssayError when times and events cannot be survival data */
export function requireTimes(times: readonly number[], events: readonly boolean[]): void {
  requireSameLength('times and events', times, events)
  requireFinite('times', times)
  if (times.some((time) => time < 0))
    throw new AssayError('stats/negative-time', 'A time until an event is at least 0.')
}
