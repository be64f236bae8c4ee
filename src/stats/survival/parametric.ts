import { AssayError } from '../../assay-error.ts'
import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireLevel } from '../guards.ts'
import { requireTimes } from './kaplan-meier.ts'
import { inverse } from '../linear.ts'
import { magnitude } from '../mean.ts'
import { chiSquaredQuantile, critical } from '../special/distributions.ts'

export interface Parameter {
  readonly value: number
  readonly standardError: number
  readonly interval: Interval
}

export interface ExponentialFit {
  readonly type: 'estimate'
  /** Events per unit of time. */
  readonly value: number
  readonly interval: Interval
  readonly events: number
  readonly exposure: number
  readonly logLikelihood: number
}

/**
 * Constant rate of an event from times with right censoring: events ÷ time observed, with the exact Poisson interval
 * (Garwood), honest at no event.
 *
 * @returns not estimable when no time was observed
 * @throws AssayError as `kaplanMeier`
 * @see Garwood (1936), doi:10.1093/biomet/28.3-4.437
 */
export function exponentialFit(
  times: readonly number[],
  events: readonly boolean[],
  level = 0.95,
): Estimated<ExponentialFit> {
  requireTimes(times, events)
  requireLevel(level)
  const exposure = times.reduce((a, b) => a + b, 0)
  if (!(exposure > 0)) return notEstimable('no time was observed')
  const died = events.filter(Boolean).length
  const tail = (1 - level) / 2
  const low = died === 0 ? 0 : chiSquaredQuantile(tail, 2 * died) / (2 * exposure)
  const high = chiSquaredQuantile(1 - tail, 2 * died + 2) / (2 * exposure)
  const value = died / exposure
  const logLikelihood = died === 0 ? 0 : died * Math.log(value) - died
  return {
    type: 'estimate',
    value,
    interval: { low, high, level, method: 'Garwood exact' },
    events: died,
    exposure,
    logLikelihood,
  }
}

export interface WeibullFit {
  readonly type: 'estimate'
  /** Below 1 the hazard falls with time, above 1 it rises. */
  readonly shape: Parameter
  /** The time by which 63.2% had the event. */
  readonly scale: Parameter
  readonly logLikelihood: number
}

/**
 * Weibull fit S(t) = exp(−(t/scale)^shape) by maximum likelihood with right censoring; intervals on the log scale from
 * the observed information.
 *
 * @param times above 0
 * @returns not estimable with fewer than two events, or when the likelihood has no maximum (all events at one last time)
 * @throws AssayError `stats/zero-time` for a time of 0, else as `kaplanMeier`
 * @see Kalbfleisch and Prentice (2002), 3.4
 */
export function weibullFit(times: readonly number[], events: readonly boolean[], level = 0.95): Estimated<WeibullFit> {
  requireTimes(times, events)
  requireLevel(level)
  if (times.some((time) => time === 0))
    throw new AssayError('stats/zero-time', 'A Weibull time is above 0; shift or drop zeros and say so.')
  const died = events.filter(Boolean).length
  if (died < 2) return notEstimable(`${died} events do not fix a shape`)
  const longest = magnitude(times)
  const logs = times.map((time) => Math.log(time / longest))
  const eventLogs = logs.reduce((sum, each, i) => sum + (events[i] === true ? each : 0), 0)
  // The profile score in the shape, falling: its root is the maximum.
  const score = (k: number): number => {
    let sum = 0
    let weighted = 0
    for (const log of logs) {
      const power = Math.exp(k * log)
      sum += power
      weighted += power * log
    }
    return died / k + eventLogs - (died * weighted) / sum
  }
  let low = 1e-6
  let high = 1e6
  if (score(high) >= 0) return notEstimable('the likelihood rises without end: all events came at one last time')
  for (let i = 0; i < 200 && high / low > 1 + 1e-15; i += 1) {
    const middle = Math.sqrt(low * high)
    if (score(middle) > 0) low = middle
    else high = middle
  }
  const shape = Math.sqrt(low * high)
  const power = logs.reduce((sum, log) => sum + Math.exp(shape * log), 0)
  const logScale = Math.log(power / died) / shape
  return finish(shape, logScale, longest, { logs, events, died, level })
}

function finish(
  shape: number,
  logScale: number,
  longest: number,
  data: {
    readonly logs: readonly number[]
    readonly events: readonly boolean[]
    readonly died: number
    readonly level: number
  },
): Estimated<WeibullFit> {
  const { logs, events, died, level } = data
  let eventZ = 0
  let wz = 0
  let wzz = 0
  let eventLogs = 0
  for (const [i, log] of logs.entries()) {
    const z = shape * (log - logScale)
    const w = Math.exp(z)
    wz += w * z
    wzz += w * z * z
    if (events[i] === true) {
      eventZ += z
      eventLogs += log + Math.log(longest)
    }
  }
  // Minus the second derivatives in (ln scale, ln shape); Σw = events at the maximum.
  const cross = -shape * wz
  const covariance = inverse([
    [shape * shape * died, cross],
    [cross, wz + wzz - eventZ],
  ])
  if (covariance === undefined) return notEstimable('the information is singular')
  const scale = Math.exp(logScale) * longest
  const z = critical(level, Infinity)
  const parameter = (value: number, variance: number): Parameter => {
    const error = Math.sqrt(variance)
    const interval = {
      low: value * Math.exp(-z * error),
      high: value * Math.exp(z * error),
      level,
      method: 'Wald on the log scale',
    }
    return { value, standardError: value * error, interval }
  }
  return {
    type: 'estimate',
    shape: parameter(shape, covariance[1]?.[1] ?? 0),
    scale: parameter(scale, covariance[0]?.[0] ?? 0),
    logLikelihood: died * Math.log(shape) + eventZ - eventLogs - died,
  }
}
