import type { Row } from '../rows/index.ts'
import {
  type Arm,
  clusterDifference,
  clusterRegression,
  exponential,
  geometricRatio,
  shareRatio,
} from '../stats/index.ts'
import { format, withoutSpread, type Analysed } from '../findings/index.ts'
import { number, text } from './cells.ts'

/** One piece of work whose outcome is known. */
export interface Work {
  readonly unit: string
  readonly treated: boolean
  readonly outcome: number
  readonly cluster: string
  readonly stratum: string
  readonly forecast: number | undefined
}

/** `log` where every outcome is above 0, `share` where each is 0 or 1. */
export type Scale = 'log' | 'plain' | 'share'

export type Compared = 'ratio' | 'difference'

/** Work with and without a treatment. */
export interface Trial {
  readonly works: readonly Work[]
  readonly scale: Scale
  readonly clusteredBy: 'cluster' | 'unit'
  readonly missing: { readonly treated: number; readonly untreated: number }
  /** Where one arm lost more outcomes than the other, in words. */
  readonly lostUnevenly?: string
  readonly countOf: (works: readonly Work[]) => Omit<Analysed['n'], 'missing'>
}

/** Arms whose shares of lost outcomes differ by this much are not what was sent out any more. */
const UNEVEN = 0.05

export function trialOf(rows: readonly Row[], has: (column: string) => boolean): Trial {
  const works = rows.flatMap((row): readonly Work[] => {
    const found = number(row['outcome'])
    if (found === undefined) return []
    const unit = text(row['unit'])
    return [
      {
        unit,
        treated: row['treated'] === 1,
        outcome: found,
        cluster: text(row['cluster'] ?? unit),
        stratum: text(row['stratum']),
        forecast: number(row['forecast']),
      },
    ]
  })
  const lost = (treated: boolean): { readonly count: number; readonly share: number } => {
    const all = rows.filter((row) => (row['treated'] === 1) === treated)
    const count = all.filter((row) => number(row['outcome']) === undefined).length
    return { count, share: all.length === 0 ? 0 : count / all.length }
  }
  const [untreated, treated] = [lost(false), lost(true)]
  return {
    works,
    scale: works.every((each) => each.outcome === 0 || each.outcome === 1)
      ? 'share'
      : works.every((each) => each.outcome > 0)
        ? 'log'
        : 'plain',
    clusteredBy: has('cluster') ? 'cluster' : 'unit',
    missing: { treated: treated.count, untreated: untreated.count },
    ...(Math.abs(treated.share - untreated.share) >= UNEVEN && {
      lostUnevenly: `outcomes are missing in ${format(treated.share, 'proportion')} of the treated work and ${format(untreated.share, 'proportion')} of the rest: the arms may differ in what was lost`,
    }),
    countOf: (some) => ({
      trials: some.length,
      tasks: new Set(some.map((each) => each.unit)).size,
      clusters: new Set(some.map((each) => each.cluster)).size,
      invalid: 0,
    }),
  }
}

/** Treated against untreated in one column of the work. */
export function compared(
  works: readonly Work[],
  how: Compared,
  scale: Scale,
  valueOf: (work: Work) => number,
  level: number,
): Analysed['estimate'] {
  const [from, to] = [false, true].map((treated): Arm => {
    const own = works.filter((each) => each.treated === treated)
    return { values: own.map(valueOf), clusters: own.map((each) => each.cluster) }
  })
  if (from === undefined || to === undefined || from.values.length === 0 || to.values.length === 0)
    return { type: 'not-estimable', reason: 'all work is treated, or none' }
  if (how === 'ratio') {
    if (scale === 'share') return shareRatio(from, to, level)
    if (scale === 'log') return geometricRatio(from, to, level)
    const below = works.filter((work) => valueOf(work) <= 0).length
    return { type: 'not-estimable', reason: `${below} outcomes of 0 or less have no ratio` }
  }
  const found = clusterDifference(from, to, level)
  if (found.type === 'estimate' || scale !== 'share') return found
  const named = { fromClusters: from.clusters.map(String), toClusters: to.clusters.map(String) }
  return withoutSpread({ paired: false, from: from.values, to: to.values, ...named }, level)?.estimate ?? found
}

/** The same by least squares, with what was known of the work before. */
export function adjusted(
  works: readonly Work[],
  how: Compared,
  by: readonly ('stratum' | 'forecast')[],
  level: number,
): Analysed['estimate'] {
  const log = how === 'ratio'
  const on = (value: number): number => (log ? Math.log(value) : value)
  if (log && by.includes('forecast') && works.some(({ forecast = 0 }) => forecast <= 0))
    return { type: 'not-estimable', reason: 'forecasts of 0 or less have no ratio' }
  const [, ...strata] = by.includes('stratum') ? [...new Set(works.map(({ stratum }) => stratum))] : ['']
  const found = clusterRegression(
    works.map(({ treated, stratum, forecast = 0 }) => [
      1,
      treated ? 1 : 0,
      ...(by.includes('forecast') ? [on(forecast)] : []),
      ...strata.map((each) => (each === stratum ? 1 : 0)),
    ]),
    works.map(({ outcome }) => on(outcome)),
    { clusters: works.map(({ cluster }) => cluster), level },
  )
  if (found.type === 'not-estimable') return found
  const treated = found.coefficients[1]
  if (treated === undefined) return { type: 'not-estimable', reason: 'no coefficient' }
  const { value, interval, standardError } = treated
  return log
    ? { type: 'estimate', value: Math.exp(value), interval: exponential(interval) }
    : { type: 'estimate', value, interval, standardError, df: found.df }
}
