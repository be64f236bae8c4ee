import { clusteredKaplanMeier, kaplanMeier, survivalAt, type SurvivalCurve } from '../../stats/index.ts'
import { complete, countOf, type Statistic } from '../complete.ts'
import { medianTime } from '../median-time.ts'
import { format } from '../measure.ts'
import { survivalFigure } from '../figure.ts'
import { casesOf, clustersOf, judged, successes, type Attack } from './attack.ts'

/** Success over what was spent. */
export interface SpendCurve {
  readonly type: 'curve'
  /** Attacks with an outcome and a spend, and what each spent. */
  readonly attacks: readonly Attack[]
  readonly spends: readonly number[]
  /** Share not yet broken, by spend. */
  readonly survival: SurvivalCurve
  /** Share of attacks with an outcome that succeeded, whatever they spent: success within a spend is never said to be more. */
  readonly rate: number
  /** The largest spend or cap. */
  readonly most: number
  /** What every number read from the curve says. */
  readonly base: Pick<Statistic, 'n' | 'policies' | 'wrongIf'>
}

/** Why success cannot be read by what was spent. */
export interface NoCurve {
  readonly type: 'no-curve'
  readonly reason: string
  readonly base: SpendCurve['base']
}

/**
 * Kaplan–Meier over spending: failures at their cap are censored there, and those that stopped without one, or before it,
 * gave up and are kept to the end. A failure whose spend is blank spent its cap. Attacks on one case are a cluster.
 *
 * @returns undefined where no attack has both an outcome and a spend; the reason where spends are not what attacks spent:
 *   a failure with neither spend nor cap, or one constant for failures and successes alike, which is a cap
 */
export function spendCurve(attacks: readonly Attack[], level: number): SpendCurve | NoCurve | undefined {
  const known = judged(attacks).map((each) =>
    each.success === false && each.spend === undefined ? { ...each, spend: each.cap } : each,
  )
  const spent = known.filter(({ spend }) => spend !== undefined)
  if (spent.length === 0) return undefined
  const spends = spent.map(({ spend = 0 }) => spend)
  const most = spent.reduce((all, { spend = 0, cap = 0 }) => Math.max(all, spend, cap), 0)
  const events = spent.map(({ success }) => success === true)
  // Who gave up has failed at every larger spend: still there, without the event, when all is spent.
  const times = spent.map((each, i) => (gaveUp(each) ? most : (spends[i] ?? 0)))
  const { clusters } = clustersOf(spent)
  const quit = spent.filter(gaveUp).length
  const base = {
    n: { ...countOf(casesOf(spent), attacks.length - spent.length), clusters: new Set(clusters).size },
    policies: {
      censored: `${events.filter((each) => !each).length - quit} failures are censored at their cap`,
      gaveUp: `${quit} stopped without a cap or before it: failed at every larger spend`,
    },
    wrongIf: 'failures that were stopped would have gone on differently, or spending is not all that success cost',
  }
  const reason = notSpent(known)
  if (reason !== undefined) return { type: 'no-curve', reason, base }
  // Attempts at one case are not independent: what each case adds is what varies.
  const survival =
    new Set(clusters).size === clusters.length
      ? kaplanMeier(times, events, level)
      : clusteredKaplanMeier(times, events, clusters, level)
  if (survival.type === 'not-estimable') return undefined
  return { type: 'curve', attacks: spent, spends, survival, rate: successes(known) / known.length, most, base }
}

/** Why these spends are not what each attack spent; undefined where nothing speaks against them. */
function notSpent(known: readonly Attack[]): string | undefined {
  const blank = known.filter(({ success, spend }) => success === false && spend === undefined).length
  if (blank > 0) return `${blank} of the failures have neither a spend nor a cap`
  const [first = 0, ...others] = new Set(known.flatMap(({ spend }) => spend ?? []))
  const won = successes(known)
  // One try is the least there is, and a cap above the constant says that spending was counted.
  const counted = first <= 1 || known.some(({ cap = 0 }) => cap > first)
  return others.length > 0 || won === 0 || won === known.length || counted
    ? undefined
    : `failures and successes alike spent ${first}: a cap, and not what each attack spent`
}

/** Stopped without success, before its cap or without one. */
function gaveUp({ success, spend = 0, cap = Infinity }: Attack): boolean {
  return success === false && spend < cap
}

/** Share that succeeded within a spend; `successes` in its details counts those without a thought of what was censored. */
export function successWithin(curve: SpendCurve | NoCurve, spend: number): Statistic {
  const { base } = curve
  const refused = { ...base, kind: 'level', at: spend, unit: 'proportion' } as const
  if (curve.type === 'no-curve')
    return complete({ ...refused, estimate: { type: 'not-estimable', reason: curve.reason } })
  const { attacks, spends, survival, rate } = curve
  const { value, interval } = survivalAt(survival, spend)
  const beyond = 1 - value > rate + ROUNDING
  return complete({
    ...refused,
    estimate: {
      type: 'estimate',
      value: beyond ? rate : 1 - value,
      interval: { ...interval, low: Math.min(1 - interval.high, beyond ? rate : 1), high: 1 - interval.low },
    },
    details: {
      successes: attacks.filter(({ success }, i) => success === true && (spends[i] ?? 0) <= spend).length,
    },
    caveats: beyond
      ? [
          `attacks were cut off below a spend of ${spend}: with ${format(1 - value, 'proportion')} the curve says more than succeeded`,
        ]
      : [],
  })
}

/** How many have succeeded by the largest spend. */
export function reached({ survival, rate }: SpendCurve): number {
  return Math.min(rate, 1 - (survival.steps.at(-1)?.survival ?? 1))
}

/** The steps of a survival curve that lie by less above what was seen to succeed are no contradiction. */
const ROUNDING = 1e-9

/** The spend at which half have succeeded, with the curve as its figure. */
export function medianSpend(curve: SpendCurve | NoCurve): Statistic {
  const { base } = curve
  if (curve.type === 'no-curve')
    return complete({
      ...base,
      kind: 'time',
      unit: 'score',
      estimate: { type: 'not-estimable', reason: curve.reason },
    })
  // Attacks cut off at unequal caps let the curve rise above what was seen to succeed: there it is left off.
  const steps = curve.survival.steps.filter((step) => 1 - step.survival <= curve.rate + ROUNDING)
  const survival = { ...curve.survival, steps }
  return complete({
    ...base,
    kind: 'time',
    unit: 'score',
    estimate: medianTime(survival, curve.spends, clustersOf(curve.attacks).clusters),
    figure: survivalFigure(survival, 'spend', 'share of attacks that have not succeeded'),
  })
}
