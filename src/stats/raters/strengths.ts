import { AssayError } from '../../assay-error.ts'
import { clustersOf, type Label } from '../clusters.ts'
import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireLevel } from '../guards.ts'
import { at, inverse, type Matrix, times } from '../linear.ts'
import { symmetricInterval } from '../mean.ts'
import type { Parameter } from '../survival/parametric.ts'
import { bradleyTerryPair, davidsonPair, type Derivatives, type PairCounts, raoKupperPair } from './tie-models.ts'

/** Verdicts on one pair of players. Counts need not be whole (halves for ties under Bradley–Terry). */
export interface Contest {
  readonly a: Label
  readonly b: Label
  readonly aWins: number
  readonly bWins: number
  readonly ties: number
}

export interface Strengths {
  readonly type: 'estimate'
  readonly model: TieModel
  /** Log-strengths, their sum fixed at 0, in order of first appearance. */
  readonly players: readonly ({ readonly player: Label } & Parameter)[]
  /** ν of Davidson or θ of Rao–Kupper; with no tie at its bound (0 or 1) and without an error. Absent for Bradley–Terry. */
  readonly tie?: { readonly value: number; readonly interval?: Interval }
  readonly logLikelihood: number
  /** Of the log-strengths, in the order of players. */
  readonly covariance: Matrix
  readonly level: number
}

export type TieModel = 'Bradley–Terry' | 'Davidson' | 'Rao–Kupper'

/** Log-strengths beyond which a fit counts as running to infinity: odds of 10^13 to 1. */
const RUNAWAY = 30

/**
 * Strengths of players from pairwise verdicts by maximum likelihood. Bradley–Terry has no ties (give them as halves to
 * both: another likelihood, not comparable with the others); Davidson and Rao–Kupper model them.
 *
 * @returns not estimable when players fall into groups that never met, or into groups of which one never lost to the other
 *   (complete separation): then strengths run to infinity, and the reason names the players
 * @throws AssayError `stats/ties` for ties under Bradley–Terry, `stats/not-a-count` for negative counts
 * @see Bradley and Terry (1952) doi:10.2307/2334029; Davidson (1970) doi:10.1080/01621459.1970.10481082;
 *   Rao and Kupper (1967) doi:10.1080/01621459.1967.10482901; Ford (1957) doi:10.2307/2308513 for existence
 */
export function strengths(contests: readonly Contest[], model: TieModel, level = 0.95): Estimated<Strengths> {
  requireLevel(level)
  for (const { aWins, bWins, ties, a, b } of contests) {
    if (![aWins, bWins, ties].every((count) => count >= 0 && count < Infinity) || a === b) {
      throw new AssayError(
        'stats/not-a-count',
        `A contest needs two players and counts of at least 0: ${a}, ${b}, ${aWins}/${bWins}/${ties}.`,
      )
    }
    if (ties > 0 && model === 'Bradley–Terry') {
      throw new AssayError(
        'stats/ties',
        'Bradley–Terry has no ties: use Davidson or Rao–Kupper, or give halves and say so.',
      )
    }
  }
  const { labels, of } = clustersOf(contests.flatMap(({ a, b }) => [a, b]))
  if (labels.length < 2) return notEstimable('fewer than two players')
  const apart = unbeaten(contests, labels)
  if (apart !== undefined) return notEstimable(apart)
  const tied = contests.some((each) => each.ties > 0)
  const pairs = contests.map((each, i) => ({ ...each, i: of[2 * i] ?? 0, j: of[2 * i + 1] ?? 0 }))
  const likelihood = !tied ? bradleyTerryPair : model === 'Davidson' ? davidsonPair : raoKupperPair
  const fit = maximise(pairs, labels.length, likelihood, tied)
  if (fit === undefined)
    return notEstimable('strengths run to infinity: some outcome that ties make possible never happened')
  const shifted = fit.parameters.slice(0, labels.length)
  const players = labels.map((player, i) => {
    const value = shifted[i] ?? 0
    const standardError = Math.sqrt(at(fit.covariance, i, i))
    return {
      player,
      value,
      standardError,
      interval: symmetricInterval(value, standardError, Infinity, level, `${model}, Wald`),
    }
  })
  const covariance = fit.covariance.slice(0, labels.length).map((row) => row.slice(0, labels.length))
  const base = { type: 'estimate', model, players, logLikelihood: fit.value, covariance, level } as const
  return model === 'Bradley–Terry' ? base : { ...base, tie: tieParameter(model, fit, tied, level) }
}

/** The log-odds of `a` over `b` (ties apart), with their interval. */
export function strengthDifference(fit: Strengths, a: Label, b: Label): Parameter {
  const i = fit.players.findIndex((each) => each.player === a)
  const j = fit.players.findIndex((each) => each.player === b)
  const one = fit.players[i]
  const two = fit.players[j]
  if (one === undefined || two === undefined)
    throw new AssayError('stats/unknown-player', `No player ${one === undefined ? a : b} in this fit.`)
  const variance = at(fit.covariance, i, i) + at(fit.covariance, j, j) - 2 * at(fit.covariance, i, j)
  const standardError = Math.sqrt(Math.max(0, variance))
  const value = one.value - two.value
  return {
    value,
    standardError,
    interval: symmetricInterval(value, standardError, Infinity, fit.level, `${fit.model}, Wald`),
  }
}

interface Fit {
  /** Log-strengths, then the logarithm of the tie parameter where there is one. */
  readonly parameters: readonly number[]
  readonly covariance: Matrix
  readonly value: number
}

function tieParameter(
  model: TieModel,
  fit: Fit,
  tied: boolean,
  level: number,
): { readonly value: number; readonly interval?: Interval } {
  if (!tied) return { value: model === 'Davidson' ? 0 : 1 }
  const last = fit.parameters.length - 1
  const log = fit.parameters[last] ?? 0
  const on = symmetricInterval(
    log,
    Math.sqrt(at(fit.covariance, last, last)),
    Infinity,
    level,
    `${model}, Wald on the log scale`,
  )
  const low = model === 'Davidson' ? Math.exp(on.low) : Math.max(1, Math.exp(on.low))
  return { value: Math.exp(log), interval: { ...on, low, high: Math.exp(on.high) } }
}

type Indexed = PairCounts & { readonly i: number; readonly j: number }

/** Newton with halving on (β, ln tie); a ridge on Σβ fixes their sum at 0 without touching the fit. */
function maximise(
  pairs: readonly Indexed[],
  players: number,
  likelihood: (pair: PairCounts, d: number, tie: number) => Derivatives,
  tied: boolean,
): Fit | undefined {
  const size = players + (tied ? 1 : 0)
  let parameters: number[] = Array.from({ length: size }, (_, i) => (i === players ? 0.5 : 0))
  let here = evaluate(pairs, players, size, likelihood, parameters)
  for (let step = 0; step < 200; step += 1) {
    const inverted = inverse(here.information)
    if (inverted === undefined) return undefined
    const move = times(inverted, here.gradient)
    // Quadratic convergence: after a step this small one whole step leaves nothing that rounding does not. A fit that runs to
    // infinity gains next to nothing too, but goes on in steps of about 1.
    const last = Math.max(...move.map(Math.abs)) < 1e-5
    const trial = (scale: number): readonly [number[], Evaluation] => {
      const next = parameters.map((each, i) => each + scale * (move[i] ?? 0))
      return [next, evaluate(pairs, players, size, likelihood, next)]
    }
    const least = last ? -Infinity : here.value - 1e-13 * (1 + Math.abs(here.value))
    let fraction = 1
    let [next, there] = trial(fraction)
    while (!(there.value >= least) && fraction > 1e-12) {
      fraction /= 2
      ;[next, there] = trial(fraction)
    }
    if (fraction <= 1e-12 || next.some((each) => Math.abs(each) > RUNAWAY)) return undefined
    parameters = next
    here = there
    if (last) return finished(parameters, here.value, inverse(here.information), players)
  }
  return undefined
}

/** Takes what fixed the sum of the strengths out of their covariance again. */
function finished(
  parameters: readonly number[],
  value: number,
  inverted: Matrix | undefined,
  players: number,
): Fit | undefined {
  const covariance = inverted?.map((row, i) =>
    row.map((each, j) => (i < players && j < players ? each - 1 / (players * players) : each)),
  )
  return covariance === undefined ? undefined : { parameters, covariance, value }
}

interface Evaluation {
  readonly value: number
  readonly gradient: number[]
  readonly information: number[][]
}

function evaluate(
  pairs: readonly Indexed[],
  players: number,
  size: number,
  likelihood: (pair: PairCounts, d: number, tie: number) => Derivatives,
  parameters: readonly number[],
): Evaluation {
  const gradient = Array.from({ length: size }, () => 0)
  // β ↦ (Σβ)² adds 1 to every entry of the players' block: it fixes the sum at 0 and leaves every difference alone.
  const information: number[][] = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => (i < players && j < players ? 1 : 0)),
  )
  const add = (i: number, j: number, by: number): void => {
    const row = information[i]
    if (row !== undefined) row[j] = (row[j] ?? 0) + by
  }
  let value = 0
  for (const pair of pairs) {
    const { i, j } = pair
    const each = likelihood(pair, (parameters[i] ?? 0) - (parameters[j] ?? 0), parameters[players] ?? 0)
    value += each.value
    gradient[i] = (gradient[i] ?? 0) + each.d
    gradient[j] = (gradient[j] ?? 0) - each.d
    add(i, i, -each.dd)
    add(j, j, -each.dd)
    add(i, j, each.dd)
    add(j, i, each.dd)
    if (size > players) {
      gradient[players] = (gradient[players] ?? 0) + each.t
      for (const [player, sign] of [
        [i, -1],
        [j, 1],
      ] as const) {
        add(player, players, sign * each.dt)
        add(players, player, sign * each.dt)
      }
      add(players, players, -each.tt)
    }
  }
  return { value, gradient, information }
}

/** Why no maximum exists, from who can be reached from whom by "won or tied against"; undefined if all reach all. */
function unbeaten(contests: readonly Contest[], labels: readonly Label[]): string | undefined {
  const reach = (from: Label, edge: (contest: Contest) => readonly (readonly [Label, Label])[]): ReadonlySet<Label> => {
    const seen = new Set<Label>([from])
    for (let grew = true; grew;) {
      grew = false
      for (const [a, b] of contests.flatMap(edge)) {
        if (seen.has(a) && !seen.has(b)) {
          seen.add(b)
          grew = true
        }
      }
    }
    return seen
  }
  const [first] = labels
  if (first === undefined) return 'no players'
  const met = reach(first, ({ a, b, aWins, bWins, ties }) =>
    aWins + bWins + ties > 0
      ? [
          [a, b],
          [b, a],
        ]
      : [],
  )
  if (met.size < labels.length) return `players in groups that never met: ${[...met].join(', ')} and the rest`
  const wins = ({ a, b, aWins, bWins, ties }: Contest): (readonly [Label, Label])[] => [
    ...(aWins + ties > 0 ? [[a, b] as const] : []),
    ...(bWins + ties > 0 ? [[b, a] as const] : []),
  ]
  const below = reach(first, wins)
  if (below.size < labels.length) return `complete separation: ${[...below].join(', ')} never won against the rest`
  const above = reach(first, (contest) => wins(contest).map(([a, b]) => [b, a]))
  if (above.size < labels.length) return `complete separation: ${[...above].join(', ')} never lost against the rest`
  return undefined
}
