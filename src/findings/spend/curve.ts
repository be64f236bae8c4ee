import {
  clusteredKaplanMeier,
  kaplanMeier,
  survivalAt,
  survivalQuantile,
  type SurvivalCurve,
} from '../../stats/index.ts'
import { complete, countOf, type Statistic } from '../complete.ts'
import { survivalFigure } from '../figure.ts'
import { casesOf, judged, type Attack } from './attack.ts'

/** Success over what was spent. */
export interface SpendCurve {
  /** Attacks with an outcome and a spend, and what each spent. */
  readonly attacks: readonly Attack[]
  readonly spends: readonly number[]
  /** Share not yet broken, by spend. */
  readonly survival: SurvivalCurve
  /** The largest spend or cap. */
  readonly most: number
  /** What every number read from the curve says. */
  readonly base: Pick<Statistic, 'n' | 'policies' | 'wrongIf'>
}

/**
 * Kaplan–Meier over spending: failures are censored at their spend, and those that gave up are kept to the end. Attacks
 * on one case are a cluster.
 *
 * @param options.caps whether anybody says what an attack could have spent
 * @returns undefined where no attack has both an outcome and a spend
 */
export function spendCurve(
  attacks: readonly Attack[],
  { level, caps }: { readonly level: number; readonly caps: boolean },
): SpendCurve | undefined {
  const spent = judged(attacks).filter(({ spend }) => spend !== undefined)
  if (spent.length === 0) return undefined
  const spends = spent.map(({ spend = 0 }) => spend)
  const most = spent.reduce((all, { spend = 0, cap = 0 }) => Math.max(all, spend, cap), 0)
  const events = spent.map(({ success }) => success === true)
  // Who gave up has failed at every larger spend: still there, without the event, when all is spent.
  const times = spent.map((each, i) => (gaveUp(each) ? most : (spends[i] ?? 0)))
  const cases = casesOf(spent)
  // Attempts at one case are not independent: what each case adds is what varies.
  const survival =
    new Set(cases).size === cases.length
      ? kaplanMeier(times, events, level)
      : clusteredKaplanMeier(times, events, cases, level)
  if (survival.type === 'not-estimable') return undefined
  const quit = spent.filter(gaveUp).length
  return {
    attacks: spent,
    spends,
    survival,
    most,
    base: {
      n: countOf(cases, attacks.length - spent.length),
      policies: {
        censored: `${events.filter((each) => !each).length - quit} failures are censored at their spend`,
        gaveUp: caps ? `${quit} stopped before their cap: failed at every larger spend` : 'not known: no column cap',
      },
      wrongIf: 'failures that were stopped would have gone on differently, or spending is not all that success cost',
    },
  }
}

/** Stopped before its cap, without success. */
function gaveUp({ success, spend = 0, cap }: Attack): boolean {
  return success === false && cap !== undefined && spend < cap
}

/** Share that succeeded within a spend; `successes` in its details counts those without a thought of what was censored. */
export function successWithin({ attacks, spends, survival, base }: SpendCurve, spend: number): Statistic {
  const { value, interval } = survivalAt(survival, spend)
  return complete({
    ...base,
    kind: 'level',
    at: spend,
    unit: 'proportion',
    estimate: {
      type: 'estimate',
      value: 1 - value,
      interval: { ...interval, low: 1 - interval.high, high: 1 - interval.low },
    },
    details: {
      successes: attacks.filter(({ success }, i) => success === true && (spends[i] ?? 0) <= spend).length,
    },
  })
}

/** The spend at which half have succeeded, with the curve as its figure. */
export function medianSpend({ survival, base }: SpendCurve): Statistic {
  return complete({
    ...base,
    kind: 'time',
    unit: 'score',
    estimate: survivalQuantile(survival),
    figure: survivalFigure(survival, 'spend', 'share of attacks that have not succeeded'),
  })
}
