import { clopperPearson, randomEffects } from '../stats/index.ts'
import type { Analysed, Finding } from '../findings/index.ts'
import { allPlaced, scaleOf } from './scale.ts'

/** What findings of one quantity come to together. */
export interface Weighed {
  readonly estimate: Analysed['estimate']
  readonly method: string
  readonly details: Analysed['details']
  /** How they were pooled, as a policy says it. */
  readonly pooling: string
  /** A finding that could not be weighed has 0. */
  readonly weights: readonly number[]
  /** The pooled value without each; undefined where it was not pooled, or two are all there are. */
  readonly without: readonly (number | undefined)[]
  /** Why a finding could not be weighed, in its place. */
  readonly obstacles: readonly (string | undefined)[]
  readonly caveats: readonly string[]
}

/** Below this many runs τ² is hardly known. */
const FEW = 5

/** Where a share of 1 lies on the scale of the arcsine. */
const FULL = Math.PI / 2

/**
 * Findings of independent runs as one, by random effects on the scale of the quantity.
 *
 * @param clusters that they rest on together, each counted once
 */
export function weigh(findings: readonly Finding[], clusters: number): Weighed {
  const end = endOf(findings)
  if (end !== undefined) return exact(end, findings, clusters)
  const [first] = findings
  const scale = scaleOf(first ?? { unit: 'score', kind: 'level' })
  const places = allPlaced(findings)
  const borrowed = places.filter(
    (place, i) => typeof place !== 'string' && findings[i]?.estimate.type === 'not-estimable',
  )
  const usable = places.flatMap((place) => (typeof place === 'string' ? [] : [place]))
  const result = randomEffects(
    usable.map((place) => place.value),
    usable.map((place) => place.standardError),
  )
  const obstacles = places.map((place) => (typeof place === 'string' ? place : undefined))
  const few = usable.length > 1 && usable.length < FEW
  const base = {
    pooling: `runs weigh by their precision and the spread between them (${scale.name})`,
    obstacles,
    caveats: [
      ...(few ? [`${usable.length} runs tell little of the spread between runs`] : []),
      ...(borrowed.length > 0
        ? [
            `in ${borrowed.length} of ${usable.length} runs all clusters agree: they are taken to vary as those of the others`,
          ]
        : []),
    ],
  }
  const nothing = { ...base, method: 'none', weights: places.map(() => 0), without: [] }
  if (result.type === 'not-estimable') {
    const { reason } = result
    return { ...nothing, estimate: { type: 'not-estimable', reason }, details: { runs: usable.length } }
  }
  const value = scale.from(result.value)
  const { low, high } = result.interval
  if (scale.name !== 'own unit' && low <= 0 && high >= FULL) {
    const reason = `${usable.length} runs say too little of the spread between runs: the interval would hold every share`
    return { ...nothing, estimate: { type: 'not-estimable', reason, value }, details: { runs: usable.length } }
  }
  const weights = weightsOf(usable, result.tauSquared)
  const rank = (i: number): number => places.slice(0, i).filter((each) => typeof each !== 'string').length
  const rest = (i: number): number | undefined => {
    const left = usable.length > 2 && obstacles[i] === undefined ? result.leaveOneOut[rank(i)] : undefined
    return left === undefined ? undefined : scale.from(left)
  }
  return {
    ...base,
    estimate: {
      type: 'estimate',
      value,
      interval: { ...result.interval, low: scale.from(low), high: scale.from(high) },
      ...(scale.name === 'own unit' && { standardError: result.standardError }),
    },
    method: 'random effects: Paule–Mandel, Hartung–Knapp',
    details: {
      runs: usable.length,
      tauSquared: result.tauSquared,
      iSquared: result.iSquared,
      q: result.q,
      heterogeneityP: result.pValue,
      scale: scale.name,
      ...(result.prediction !== undefined && {
        predictionLow: scale.from(result.prediction.low),
        predictionHigh: scale.from(result.prediction.high),
      }),
    },
    weights: places.map((place, i) => (typeof place === 'string' ? 0 : (weights[rank(i)] ?? 0))),
    without: places.map((_, i) => rest(i)),
  }
}

/** 0 or 1 where every run read that share: nothing is known of their spread then, and an exact bound says more than any weighing. */
function endOf(findings: readonly Finding[]): 0 | 1 | undefined {
  if (findings.some((each) => each.unit !== 'proportion' || each.kind !== 'level')) return undefined
  const all = (end: number): boolean =>
    findings.every(({ estimate, n }) => estimate.type === 'estimate' && estimate.value === end && n.clusters > 0)
  return all(0) ? 0 : all(1) ? 1 : undefined
}

function exact(end: 0 | 1, findings: readonly Finding[], clusters: number): Weighed {
  const interval = clopperPearson(end * clusters, clusters)
  const method = `${interval.method}, clusters of all runs`
  const all = findings.reduce((total, { n }) => total + n.clusters, 0)
  return {
    estimate: { type: 'estimate', value: end, interval: { ...interval, method } },
    method,
    details: { runs: findings.length, scale: 'exact' },
    pooling: 'each cluster of any run counts as one trial',
    weights: findings.map(({ n }) => n.clusters / all),
    without: [],
    obstacles: [],
    caveats: [`every run read ${end === 0 ? 'none' : 'all'}: the bound takes them to share one rate`],
  }
}

function weightsOf(places: readonly { readonly standardError: number }[], tauSquared: number): readonly number[] {
  const weights = places.map(({ standardError }) => 1 / (standardError ** 2 + tauSquared))
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}
