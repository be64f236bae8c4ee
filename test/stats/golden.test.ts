import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import * as stats from '../../src/stats/index.ts'

/* oxlint-disable typescript/no-unsafe-type-assertion -- golden.json is our own file, written beside this table */
interface Case {
  readonly name: string
  readonly source: string
  readonly tolerance: number
  readonly input: never
  readonly expected: Readonly<Record<string, number | readonly number[]>>
}
const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../golden/golden.json', import.meta.url), 'utf8'),
)

type Got = Readonly<Record<string, number | readonly number[] | undefined>>
type Four = readonly [number, number, number, number]

function known<T extends { readonly type: string }>(found: T): Exclude<T, stats.NotEstimable> {
  if (found.type === 'not-estimable') throw new Error(JSON.stringify(found))
  return found as Exclude<T, stats.NotEstimable>
}

function flat(
  found: stats.Estimated<{ readonly type: 'estimate'; readonly value: number; readonly interval: stats.Interval }>,
): Got {
  const { interval, ...rest } = known(found)
  return { ...(rest as unknown as Got), low: interval.low, high: interval.high }
}

interface Survival {
  readonly t: number[]
  readonly e: boolean[]
  readonly g: number[]
  readonly at: number[]
  readonly horizon: number
}
interface Clustered {
  readonly values: number[]
  readonly clusters: number[]
  readonly arm: number[]
  readonly a: number[]
  readonly b: number[]
}
type Three = readonly [number, number, number]
interface Corrected {
  readonly read: Three
  readonly from: Three
  readonly to: Three
  readonly sensitivity: readonly [number, number]
  readonly specificity: readonly [number, number]
  readonly correlation: number
}
interface Points {
  readonly x: number[]
  readonly y: number[]
}
const random = (): stats.Random => randomFrom('golden')
const shares = (rows: readonly (readonly [number, number])[]): stats.Share[] =>
  rows.map(([successes, n]) => ({ successes, n }))

const table: Readonly<Record<string, (input: never) => Got>> = {
  wilson: ([s, n, level]: [number, number, number]) => ({ ...pick(stats.wilson(s, n, level)) }),
  clopperPearson: ([s, n, level]: [number, number, number]) => ({ ...pick(stats.clopperPearson(s, n, level)) }),
  newcombe: ([a, b, c, d]: Four) => flat(stats.newcombe({ successes: a, n: b }, { successes: c, n: d })),
  newcombePaired: (counts: stats.PairedCounts) => flat(stats.newcombePaired(counts)),
  mcnemarExact: ([b, c]: [number, number]) => ({ p: stats.mcnemarExact(b, c) }),
  meanInterval: ({ y, level }: { y: number[]; level: number }) => flat(stats.meanInterval(y, level)),
  clusterMean: ({ values, clusters }: Clustered) => flat(stats.clusterMean(values, clusters)),
  twoWayClusterMean: ({ values, a, b }: Clustered) => flat(stats.twoWayClusterMean(values, a, b)),
  clusterDifference: (rows: Clustered) => flat(stats.clusterDifference(...armsOf(rows))),
  geometricRatio: (rows: Clustered) => flat(stats.geometricRatio(...armsOf(rows))),
  shareRatio: (rows: Clustered) => flat(stats.shareRatio(...armsOf(rows))),
  correctedShare: ({ read, sensitivity, specificity }: Corrected) =>
    flat(
      stats.correctedShare({ ...readOf(read), sensitivity: rightOf(sensitivity), specificity: rightOf(specificity) }),
    ),
  correctedRatio: ({ from, to, specificity, correlation }: Corrected) =>
    flat(stats.correctedRatio(readOf(from), readOf(to), rightOf(specificity), correlation)),
  clusterRegression: ({ rows, y, clusters }: { rows: number[][]; y: number[]; clusters: number[] }) => {
    const found = known(stats.clusterRegression(rows, y, { clusters }))
    return {
      coefficients: found.coefficients.map((each) => each.value),
      errors: found.coefficients.map((each) => each.standardError),
      p: found.coefficients.map((each) => each.pValue),
      lows: found.coefficients.map((each) => each.interval.low),
      rSquared: found.rSquared,
    }
  },
  signFlip: (d: number[]) => ({ p: known(stats.signFlip(d, random())).pValue }),
  holm: (p: number[]) => ({ adjusted: stats.holm(p) }),
  benjaminiHochberg: (p: number[]) => ({ adjusted: stats.benjaminiHochberg(p) }),
  quantile: ({ y, p }: { y: number[]; p: number[] }) => ({ values: p.map((each) => stats.quantile(y, each)) }),
  quantileInterval: ({ y, p }: { y: number[]; p: number }) => flat(stats.quantileInterval(y, p)),
  bootstrap: (y: number[]) => {
    const of = (method: 'BCa' | 'percentile'): stats.Interval =>
      known(
        stats.bootstrap(y.length, (rows) => stats.mean(rows.map((i) => y[i] ?? 0)), {
          random: random(),
          replicates: 20_000,
          method,
        }),
      ).interval
    return { bcaLow: of('BCa').low, bcaHigh: of('BCa').high, low: of('percentile').low, high: of('percentile').high }
  },
  passAtK: ({ tasks, k }: { tasks: [number, number][]; k: number }) => {
    const repeats = tasks.map(([n, successes]) => ({ n, successes }))
    return { at: known(stats.passAtK(repeats, k)).value, hat: known(stats.passHatK(repeats, k)).value }
  },
  kaplanMeier: ({ t, e, at }: Survival) => {
    const curve = known(stats.kaplanMeier(t, e))
    const points = at.map((time) => stats.survivalAt(curve, time))
    return {
      survival: points.map((each) => each.value),
      low: points.map((each) => each.interval.low),
      high: points.map((each) => each.interval.high),
      median: known(stats.survivalQuantile(curve)).value,
    }
  },
  logRank: ({ t, e, g }: Survival) => {
    const found = known(stats.logRank(t, e, g))
    return { chiSquared: found.chiSquared, p: found.pValue }
  },
  restrictedMean: ({ t, e, horizon }: Survival) => flat(stats.restrictedMean(known(stats.kaplanMeier(t, e)), horizon)),
  exponentialFit: ({ t, e }: Survival) => flat(stats.exponentialFit(t, e)),
  weibullFit: ({ t, e }: Survival) => {
    const { scale, shape, logLikelihood } = known(stats.weibullFit(t, e))
    return {
      scale: scale.value,
      shape: shape.value,
      logScaleError: scale.standardError / scale.value,
      logShapeError: shape.standardError / shape.value,
      logLikelihood,
    }
  },
  horizonFit: ({ minutes, scores, weights }: { minutes: number[]; scores: number[]; weights: number[] }) => {
    const fit = known(stats.horizonFit(minutes, scores, weights))
    return { a: fit.a, b: fit.b, h50: stats.horizonAt(fit, 0.5), h80: stats.horizonAt(fit, 0.8) }
  },
  horizonTrend: ({ days, minutes, errors = [] }: { days: number[]; minutes: number[]; errors?: number[] }) => {
    const released = days.map((day, i) => {
      const error = errors[i]
      return { released: day, minutes: minutes[i] ?? 0, ...(error !== undefined && { error }) }
    })
    const found = known(stats.horizonTrend(released))
    return { doublingDays: found.doublingDays, stateOfTheArt: found.stateOfTheArt, ...pick(found.interval) }
  },
  theilSen: ({ x, y }: Points) => {
    const { slope, intercept, interval } = known(stats.theilSen(x, y))
    return { slope, intercept, ...pick(interval) }
  },
  spearman: ({ x, y }: Points) => flat(stats.spearman(x, y)),
  kendall: ({ x, y }: Points) => flat(stats.kendall(x, y)),
  strengths: ({ contests, model }: { contests: [string, string, number, number, number][]; model: stats.TieModel }) => {
    const rows = contests.map(([a, b, aWins, bWins, ties]) => ({ a, b, aWins, bWins, ties }))
    const fit = known(stats.strengths(rows, model))
    return {
      values: fit.players.map((each) => each.value),
      errors: fit.players.map((each) => each.standardError),
      logLikelihood: fit.logLikelihood,
      tie: fit.tie?.value,
    }
  },
  cohenKappa: ({ a, b }: Clustered) => flat(stats.cohenKappa(a, b)),
  fleissKappa: (counts: number[][]) => flat(stats.fleissKappa(counts)),
  krippendorffAlpha: ({ items, metric }: { items: (number | null)[][]; metric: stats.Metric }) => {
    const rated = items.map((item) => item.map((each) => each ?? undefined))
    return { value: known(stats.krippendorffAlpha(rated, metric, { random: random(), replicates: 100 })).value }
  },
  dawidSkene: (rows: [number, number, number][]) => {
    const found = known(stats.dawidSkene(rows.map(([item, rater, label]) => ({ item, rater, label }))))
    return {
      prevalence: found.prevalence,
      logLikelihood: found.logLikelihood,
      accuracy: found.raters.toSorted((a, b) => Number(a.rater) - Number(b.rater)).map((each) => each.accuracy),
    }
  },
  betaBinomial: (units: [number, number][]) => ({ ...(known(stats.betaBinomial(shares(units))) as unknown as Got) }),
  successWithin: ({ alpha, beta, n }: { alpha: number; beta: number; n: number[] }) => ({
    values: n.map((each) =>
      stats.successWithin({ type: 'beta-binomial', alpha, beta, mean: 0, correlation: 0, logLikelihood: 0 }, each),
    ),
  }),
  bestOfN: ({ n, rate, at }: { n: number[]; rate: number[]; at: number }) => {
    const fit = known(stats.bestOfN(n.map((each, i) => ({ n: each, rate: rate[i] ?? 0 }))))
    return { a: fit.a, b: fit.b, ...flat(stats.powerLawAt(fit, at)) }
  },
  partialPooling: (strata: [number, number][]) => {
    const found = known(stats.partialPooling(shares(strata)))
    return {
      values: found.strata.map((each) => each.value),
      lows: found.strata.slice(0, 3).map((each) => each.interval.low),
      mean: found.mean,
    }
  },
  auroc: ({ scores, positive }: { scores: number[]; positive: boolean[] }) => flat(stats.auroc(scores, positive)),
  precisionAt: ([a, b, c, d, prevalence]: [number, number, number, number, number]) =>
    flat(stats.precisionAt({ successes: a, n: b }, { successes: c, n: d }, prevalence)),
  jointFailure: ({ a, b }: { a: boolean[]; b: boolean[] }) => {
    const rows = a.map((each, i) => [each, b[i] === true])
    const found = known(stats.jointFailure(rows, { random: random(), replicates: 100 }))
    const [pair] = found.pairs
    return {
      phi: pair?.phi?.value,
      bits: pair?.bits,
      p: pair?.pValue,
      joint: found.joint,
      independent: found.independent,
      ratio: known(found.ratio).value,
    }
  },
  varianceComponents: ({ values, a, b }: Clustered) => {
    const { components } = known(stats.varianceComponents(values, { a, b }))
    const of = (...factors: string[]): number | undefined =>
      components.find((each) => each.factors.join() === factors.join())?.variance
    return { a: of('a'), b: of('b'), ab: of('a', 'b'), residual: of() }
  },
  powerTwoProportions: ([p1, p2, n]: [number, number, number]) => ({ power: stats.powerTwoProportions(p1, p2, n) }),
  powerPaired: ({ difference, ...design }: stats.PairedDesign & { difference: number }) => ({
    power: stats.powerPaired(difference, design),
  }),
  powerOneRate: ([rate, rate0, n]: [number, number, number]) => ({ power: stats.powerOneRate(rate, rate0, n) }),
  powerLogRank: ([ratio, events]: [number, number]) => ({ power: stats.powerLogRank(ratio, events) }),
  randomEffects: ({ values, errors }: { values: number[]; errors: number[] }) => {
    const found = known(stats.randomEffects(values, errors))
    const { tauSquared, value, q, iSquared, standardError, interval, prediction } = found
    return { tauSquared, value, q, iSquared, standardError, low: interval.low, predictionLow: prediction?.low }
  },
  inverseVariance: ({ values, errors }: { values: number[]; errors: number[] }) =>
    flat(stats.inverseVariance(values, errors)),
}
/* oxlint-enable typescript/no-unsafe-type-assertion */

function armsOf({ values, clusters, arm }: Clustered): readonly [stats.Arm, stats.Arm] {
  const of = (which: number): stats.Arm => ({
    values: values.filter((_, i) => arm[i] === which),
    clusters: clusters.filter((_, i) => arm[i] === which),
  })
  return [of(0), of(1)]
}

function readOf([value, low, high]: Three): { readonly value: number; readonly interval: stats.Interval } {
  return { value, interval: { low, high, level: 0.95, method: 'given' } }
}

function rightOf([right, of]: readonly [number, number]): stats.RightOf {
  return { right, of }
}

function pick({ low, high }: stats.Interval): { readonly low: number; readonly high: number } {
  return { low, high }
}

function close(got: number | undefined, expected: number, tolerance: number, what: string): void {
  expect(got, what).toBeDefined()
  expect(Math.abs((got ?? 0) - expected), `${what}: ${got}, not ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(Math.abs(expected), 1e-3),
  )
}

describe('estimators agree with independent implementations', () => {
  for (const { name, source, tolerance, input, expected } of cases) {
    it(`${name}: ${source} ${JSON.stringify(input).slice(0, 40)}`, () => {
      const got = table[name]?.(input)
      for (const [key, value] of Object.entries(expected)) {
        const found = got?.[key]
        if (typeof value === 'number') {
          close(typeof found === 'number' ? found : undefined, value, tolerance, `${name}.${key}`)
        } else {
          for (const [i, each] of value.entries()) {
            close(Array.isArray(found) ? Number(found[i]) : undefined, each, tolerance, `${name}.${key}[${i}]`)
          }
        }
      }
    })
  }
})
