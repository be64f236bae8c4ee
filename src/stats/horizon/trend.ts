import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireFinite, requireLevel } from '../guards.ts'
import { mean } from '../mean.ts'
import { sortedQuantile } from '../quantile.ts'
import { critical } from '../special/distributions.ts'

/** An agent by its release, with its horizon. */
export interface Released {
  /** Days since any fixed day. */
  readonly released: number
  /** h50 in minutes; 0 for an agent that never succeeds. */
  readonly minutes: number
  /** Horizons of bootstrap replicates (`Horizon.draws`), shared with the other agents by position. */
  readonly draws?: readonly (number | undefined)[]
  /** Standard error of ln minutes, where no draws are known but an interval was published. */
  readonly error?: number
}

export interface HorizonTrend {
  readonly type: 'estimate'
  /** Days in which the horizon doubles. */
  readonly doublingDays: number
  /** `high` is Infinity where no growth is not excluded. */
  readonly interval: Interval
  /** ln minutes per day, and ln minutes on day 0. */
  readonly slope: number
  readonly intercept: number
  /** The agents that were the state of the art when released, by position in the input. */
  readonly stateOfTheArt: readonly number[]
}

/**
 * Trend of the state of the art: agents whose horizon is at least every horizon released on or before their date, decided
 * inside the window asked for; least squares of ln horizon on date; doubling time ln 2/slope. With draws on every agent
 * the interval holds the percentiles of the doubling time over replicates (agents as chosen above), else it comes
 * from Student's t of the slope. With errors on every agent the variance of the slope is that of the errors and of what the spread
 * around the line has beyond them (by moments, at least 0): it is never less than the errors alone say.
 *
 * @param options first and last day, inclusive, default all; `of: 'all'` takes every agent that ever succeeds
 * @returns not estimable with fewer than three such agents on two dates, or when horizons do not grow
 * @throws AssayError `stats/not-finite`, `stats/not-a-level`
 */
export function horizonTrend(
  agents: readonly Released[],
  options: { readonly from?: number; readonly to?: number; readonly level?: number; readonly of?: 'best' | 'all' } = {},
): Estimated<HorizonTrend> {
  const { from = -Infinity, to = Infinity, level = 0.95, of = 'best' } = options
  requireLevel(level)
  requireFinite(
    'released',
    agents.map((each) => each.released),
  )
  requireFinite(
    'minutes',
    agents.map((each) => each.minutes),
  )
  const inside = agents.flatMap((each, index) =>
    each.released >= from && each.released <= to ? [{ ...each, index }] : [],
  )
  const best = inside.filter(
    (a) => a.minutes > 0 && (of === 'all' || inside.every((b) => b.released > a.released || b.minutes <= a.minutes)),
  )
  if (best.length < 3)
    return notEstimable(
      `${best.length} ${best.length === 1 ? 'agent' : 'agents'} at the state of the art; a trend needs 3`,
    )
  const days = best.map((each) => each.released)
  const line = slopeOf(
    days,
    best.map((each) => Math.log(each.minutes)),
  )
  if (line === undefined) return notEstimable('all were released on one day')
  if (!(line.slope > 0)) return notEstimable('horizons do not grow')
  const interval = best.every((each) => each.draws !== undefined)
    ? drawnInterval(best, days, level)
    : slopeInterval(
        line,
        days,
        best.flatMap((each) => each.error ?? []),
        level,
      )
  if (interval === undefined) return notEstimable('too few replicates have a trend', Math.LN2 / line.slope)
  const { slope, intercept } = line
  const stateOfTheArt = best.map((each) => each.index)
  return { type: 'estimate', doublingDays: Math.LN2 / slope, interval, slope, intercept, stateOfTheArt }
}

interface Line {
  readonly slope: number
  readonly intercept: number
  readonly standardError: number
  /** Sum of squared residuals. */
  readonly squares: number
}

function slopeOf(x: readonly number[], y: readonly number[]): Line | undefined {
  const mx = mean(x)
  const my = mean(y)
  let sxx = 0
  let sxy = 0
  for (const [i, each] of x.entries()) {
    sxx += (each - mx) ** 2
    sxy += (each - mx) * ((y[i] ?? 0) - my)
  }
  if (sxx === 0) return undefined
  const slope = sxy / sxx
  const intercept = my - slope * mx
  const squares = x.reduce((sum, each, i) => sum + ((y[i] ?? 0) - intercept - slope * each) ** 2, 0)
  return { slope, intercept, standardError: Math.sqrt(squares / (x.length - 2) / sxx), squares }
}

function slopeInterval(line: Line, days: readonly number[], errors: readonly number[], level: number): Interval {
  const measured = errors.length === days.length
  const half = critical(level, days.length - 2) * (measured ? measuredError(line, days, errors) : line.standardError)
  const high = line.slope > half ? Math.LN2 / (line.slope - half) : Infinity
  const method = measured ? 't of the slope, with the errors of the horizons' : 't of the slope'
  return { low: Math.LN2 / (line.slope + half), high, level, method }
}

/** Standard error of the slope where each point has a known error and all have one more variance, unknown, in common. */
function measuredError({ squares }: Line, days: readonly number[], errors: readonly number[]): number {
  const n = days.length
  const centre = mean(days)
  const sxx = days.reduce((sum, each) => sum + (each - centre) ** 2, 0)
  const known = errors.map((each) => each ** 2)
  const expected = known.reduce((sum, each, i) => sum + each * (1 - 1 / n - ((days[i] ?? 0) - centre) ** 2 / sxx), 0)
  const beyond = Math.max(0, (squares - expected) / (n - 2))
  const variance = known.reduce((sum, each, i) => sum + (((days[i] ?? 0) - centre) / sxx) ** 2 * (beyond + each), 0)
  return Math.sqrt(variance)
}

function drawnInterval(best: readonly Released[], days: readonly number[], level: number): Interval | undefined {
  const replicates = Math.min(...best.map((each) => each.draws?.length ?? 0))
  const doubling: number[] = []
  let lost = 0
  for (let r = 0; r < replicates; r += 1) {
    const logs = best.flatMap((each) => {
      const minutes = each.draws?.[r]
      return minutes === undefined || !(minutes > 0) ? [] : [Math.log(minutes)]
    })
    const line = logs.length === best.length ? slopeOf(days, logs) : undefined
    if (line === undefined) lost += 1
    else doubling.push(line.slope > 0 ? Math.LN2 / line.slope : Infinity)
  }
  if (doubling.length < replicates / 2 || doubling.length === 0) return undefined
  // A replicate without a trend (an agent that never succeeds) could be as steep or as flat as any.
  const at = (p: number, unknown: number): number =>
    sortedQuantile(Float64Array.from([...doubling, ...Array.from({ length: lost }, () => unknown)]).toSorted(), p)
  return {
    low: at((1 - level) / 2, 0),
    high: at((1 + level) / 2, Infinity),
    level,
    method: `bootstrap percentile, ${replicates} replicates`,
  }
}
