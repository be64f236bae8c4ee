import { detectableDifference, powerPaired, tQuantile } from '../stats/index.ts'
import type { Reading } from '../study/index.ts'
import { type Finding, rangeOf } from '../findings/index.ts'
import { percent } from '../report/index.ts'
import { placed, scaleOf, type Scale } from './scale.ts'

/** What the rule leaves open, fixed before the replication begins. */
export interface ReplicationTerms {
  /** Joint confidence over all findings judged, in (0, 1). */
  readonly level: number
  /** How many findings are judged: each stands at 1 − (1 − level)/family. */
  readonly family: number
  /**
   * Share of all that a quantity can be which a prediction interval may hold and still put it to a test, in (0, 1]. Absent in
   * rules that were written without.
   */
  readonly whole?: number
  /** Agents of the original and who stands for them; who is not named stands for itself. */
  readonly agents: Readonly<Record<string, string>>
}

export type ReplicationStatus = 'replicated' | 'failed' | 'cannot tell'

/** One finding of the original with what the replication found. */
export interface ReplicationVerdict {
  readonly original: Finding
  /** Absent where the replication has none in these conditions. */
  readonly replication?: Finding
  readonly status: ReplicationStatus
  readonly why: string
  /** Where the replication's estimate had to lie; absent where it cannot be told. */
  readonly prediction?: { readonly low: number; readonly high: number; readonly inside: boolean }
  /** Why the criterion does not apply, or what it says. */
  readonly smallTelescopes:
    | { readonly type: 'no-effect'; readonly why: string }
    | {
        readonly type: 'tested'
        /** The effect that the original saw with one chance in three. */
        readonly small: number
        /** The most that the replication leaves room for, on the original's side of 0. */
        readonly bound: number
        readonly below: boolean
        /** The replication's power to see the small effect, in [0, 1]. */
        readonly power: number
      }
}

/** How much wider than the original's a replication's interval may be and still confirm a number that is no effect. */
const WIDEST = 2

/** The rule in words, as it is written into the record of a replication before its first trial. */
export function replicationRule({ level, family, whole }: ReplicationTerms): string {
  const joint = `${percent(level)} jointly over ${family} ${family === 1 ? 'finding' : 'findings'}`
  return [
    `Prediction interval: the replication's estimate must be where the original's estimate and both standard errors say a second one would (${joint}; t by Welch and Satterthwaite); outside it, the finding failed to replicate.`,
    `Small telescopes, for differences whose interval in the original leaves 0 out: where the replication's one-sided bound (${joint}) is below the difference that the original had one chance in three of seeing, the finding failed to replicate.`,
    `Else such a difference replicated if the replication's own interval leaves 0 out on the same side; if not, the second run cannot tell.`,
    `Any other number replicated if the replication's interval is at most ${WIDEST} times as wide as the original's; if not, the second run cannot tell.`,
    ...(whole === undefined
      ? []
      : [
          `A share whose prediction interval holds ${percent(whole)} or more of 0% to 100% (a difference of shares, of −100 to +100 points) cannot tell: nothing could have failed.`,
        ]),
    `A finding that is incomplete, uncalibrated, missing or without an interval cannot tell.`,
    `Differences between the two runs, by assay compare, belong to this plan.`,
  ].join(' ')
}

/**
 * The original's findings that a replication is judged by: those of real agents with an interval, of controls where no real agent ran.
 *
 * @param quantities default: all
 */
export function judgeable(findings: readonly Finding[], quantities: readonly string[] = []): readonly Finding[] {
  const own = findings.filter(
    (each) => typeof placed(each) !== 'string' && (quantities.length === 0 || quantities.includes(each.quantity)),
  )
  const real = own.filter(({ subject }) => subject.type !== 'control')
  return real.length > 0 ? real : own
}

/** Judges each of the original's findings by the rule of {@link replicationRule}. */
export function judgeReplication(
  originals: readonly Finding[],
  reading: Reading,
  terms: ReplicationTerms,
): readonly ReplicationVerdict[] {
  const broken =
    reading.unreadable.length > 0 ? 'the replication cannot be read: too many of its trials are invalid' : undefined
  return originals.map((original) => {
    const wanted = { ...original.conditions }
    const { agent } = wanted
    if (agent !== undefined) wanted['agent'] = terms.agents[agent] ?? agent
    const replication = reading.findings.find(
      (each) =>
        each.quantity === original.quantity &&
        Object.keys({ ...each.conditions, ...wanted }).every((key) => each.conditions[key] === wanted[key]),
    )
    return judged(original, replication, terms, broken)
  })
}

/**
 * @see Simonsohn (2015), Small Telescopes, doi:10.1177/0956797614567341; Patil, Peng and Leek (2016), What should researchers
 *   expect when they replicate studies?, doi:10.1177/1745691616646366
 */
function judged(
  original: Finding,
  replication: Finding | undefined,
  terms: ReplicationTerms,
  broken: string | undefined,
): ReplicationVerdict {
  const silent = (why: string): ReplicationVerdict => ({
    original,
    ...(replication !== undefined && { replication }),
    status: 'cannot tell',
    why,
    smallTelescopes: { type: 'no-effect', why: 'there is nothing to hold it against' },
  })
  if (replication === undefined) return silent('the replication has no such finding')
  if (replication.unit !== original.unit) return silent(`it is in ${replication.unit}, not in ${original.unit}`)
  const obstacle = broken ?? obstacleOf(original, 'the original') ?? obstacleOf(replication, 'the replication')
  if (obstacle !== undefined) return silent(obstacle)
  const [a, b] = [placed(original), placed(replication)]
  if (typeof a === 'string') return silent(`the original has no usable interval: ${a}`)
  if (typeof b === 'string') return silent(`the replication has no usable interval: ${b}`)

  const alpha = (1 - terms.level) / Math.max(1, terms.family)
  const first = { ...a, df: dfOf(original) }
  const second = { ...b, df: dfOf(replication) }
  const predicted = predictionOf(first, second, alpha, scaleOf(original))
  const [least, most] = rangeOf(original.kind, original.unit)
  const prediction = {
    ...predicted,
    low: Math.max(least, predicted.low),
    high: Math.min(most, predicted.high),
  }
  const effect = original.kind === 'change' && leavesZeroOut(original)
  const smallTelescopes = effect
    ? telescopes(first, second, alpha)
    : ({
        type: 'no-effect',
        why:
          original.kind === 'change'
            ? 'the original left 0 in: it showed no difference to look for'
            : 'it applies to differences only',
      } as const)
  const base = { original, replication, prediction, smallTelescopes }
  if (!prediction.inside)
    return { ...base, status: 'failed', why: 'it is outside the interval that the original predicts' }
  if (smallTelescopes.type === 'tested') {
    if (smallTelescopes.below)
      return { ...base, status: 'failed', why: 'it is smaller than anything that the original could well have seen' }
    if (leavesZeroOut(replication) && Math.sign(second.value) === Math.sign(first.value))
      return { ...base, status: 'replicated', why: 'it is on the same side of 0, with all of its interval' }
    return {
      ...base,
      status: 'cannot tell',
      why: `its interval holds 0 and differences that matter: too little power (${percent(smallTelescopes.power)} for the small one)`,
    }
  }
  if (terms.whole !== undefined && heldBy(prediction, original) >= terms.whole)
    return {
      ...base,
      status: 'cannot tell',
      why: 'the prediction interval holds nearly all that a share can be, so nothing could have failed: too little power',
    }
  const ratio = widthOf(replication) / widthOf(original)
  if (ratio <= WIDEST)
    return { ...base, status: 'replicated', why: 'it is where the original predicts, and is about as precise' }
  const wide = Number.isFinite(ratio) ? `is ${ratio.toFixed(1)} times as wide` : 'its interval has no end'
  return { ...base, status: 'cannot tell', why: `it is where the original predicts, but ${wide}: too little power` }
}

/** Of the interval as it is printed, which is what the rule speaks of: standard errors of few clusters say less. */
function widthOf({ estimate }: Finding): number {
  return estimate.type === 'estimate' ? estimate.interval.high - estimate.interval.low : Infinity
}

interface Known {
  readonly value: number
  readonly standardError: number
  readonly df: number
}

function predictionOf(
  first: Known,
  second: Known,
  alpha: number,
  scale: Scale,
): { readonly low: number; readonly high: number; readonly inside: boolean } {
  const [a, b] = [first.standardError ** 2, second.standardError ** 2]
  const df = (a + b) ** 2 / (a ** 2 / first.df + b ** 2 / second.df)
  const half = tQuantile(1 - alpha / 2, df) * Math.sqrt(a + b)
  return {
    low: scale.from(first.value - half),
    high: scale.from(first.value + half),
    inside: Math.abs(second.value - first.value) <= half,
  }
}

/** The part of all that a quantity can be which lies in an interval, in [0, 1]; 0 where there is no end to what it can be. */
function heldBy({ low, high }: { readonly low: number; readonly high: number }, { kind, unit }: Finding): number {
  const [least, most] = rangeOf(kind, unit)
  return Number.isFinite(most - least) ? (Math.min(most, high) - Math.max(least, low)) / (most - least) : 0
}

function telescopes(first: Known, second: Known, alpha: number): ReplicationVerdict['smallTelescopes'] {
  const side = Math.sign(first.value)
  const small = detectableDifference(asDesign(first), 1 / 3)
  const bound = side * second.value + tQuantile(1 - alpha, second.df) * second.standardError
  return {
    type: 'tested',
    small: side * small,
    bound: side * bound,
    below: bound < small,
    power: powerPaired(small, asDesign(second)),
  }
}

/** A design with this standard error and these degrees of freedom, whatever it really was. */
function asDesign({ standardError, df }: Known): Parameters<typeof detectableDifference>[0] {
  const tasks = Math.max(2, Math.round(df) + 1)
  return { tasks, repeats: 1, betweenTasks: standardError * Math.sqrt(tasks), withinTask: 0 }
}

/** Of the t interval; where the method is no t, as many as there are clusters, less one. */
function dfOf({ estimate, n }: Finding): number {
  return estimate.type === 'estimate' && estimate.df !== undefined ? estimate.df : Math.max(1, n.clusters - 1)
}

function leavesZeroOut({ estimate }: Finding): boolean {
  return estimate.type === 'estimate' && (estimate.interval.low > 0 || estimate.interval.high < 0)
}

function obstacleOf({ standing, calibration, validation }: Finding, whose: string): string | undefined {
  if (standing === 'incomplete') return `${whose} is incomplete: its run is unfinished`
  if (validation?.type === 'unvalidated') return `${whose} is unvalidated`
  return calibration === 'uncalibrated' ? `${whose} is uncalibrated` : undefined
}
