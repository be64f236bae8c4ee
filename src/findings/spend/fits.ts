import { bestOfN, betaBinomial, clopperPearson, successCurve, type CurvePoint } from '../../stats/index.ts'
import { complete, type Named, type Statistic } from '../complete.ts'
import { successes } from './attack.ts'
import { format } from '../measure.ts'
import { reached, type NoCurve, type SpendCurve } from './curve.ts'

/** What can be fitted to a curve by its tries: nothing where spending is none that can be counted, or too little. */
export function fitsOf(curve: SpendCurve | NoCurve, level: number): readonly Named[] {
  if (curve.type === 'no-curve' || !countsTries(curve)) return []
  return [
    { ...powerLaw(curve, level), quantity: 'power-law exponent', title: 'b of −ln success = a·N^−b' },
    ...extrapolated(curve, level).map(({ tries, success }) => ({
      ...success,
      quantity: `success@${tries}, extrapolated`,
      title: `success within ${tries} tries, by the beta-binomial`,
    })),
  ]
}

/** Whether spending is tries, which can be counted, and there are enough of them to fit anything. */
function countsTries({ spends, most }: SpendCurve): boolean {
  return spends.every((each) => Number.isInteger(each) && each >= 1) && most >= 3
}

/** The exponent b of −ln success = a·N^−b, from the steps of the curve. */
function powerLaw({ survival, base }: SpendCurve, level: number): Statistic {
  const points = survival.steps
    .filter((step) => step.events > 0)
    .map((step) => ({ n: step.time, rate: 1 - step.survival }))
  const law = bestOfN(points, level)
  return complete({
    ...base,
    kind: 'slope',
    unit: 'score',
    estimate: law.type === 'estimate' ? { type: 'estimate', value: law.b, interval: law.bInterval } : law,
    details: law.type === 'estimate' ? { a: law.a, points: law.points } : {},
    caveats: ['points of one curve are not independent: the interval is too narrow'],
    wrongIf: 'the law does not hold beyond these tries',
  })
}

/** Success within more tries than were spent, by a beta-binomial over cases: twice and ten times the most. */
function extrapolated(
  curve: SpendCurve,
  level: number,
): readonly { readonly tries: number; readonly success: Statistic }[] {
  const { attacks, most, base } = curve
  const units = [...Map.groupBy(attacks, (each) => each.case).values()].map((own) => ({
    successes: successes(own),
    n: own.reduce((sum, { spend = 1 }) => sum + spend, 0),
  }))
  const fit = betaBinomial(units)
  return successCurve(units, [2 * most, 10 * most], level).map(({ n, found }) => ({
    tries: n,
    success: complete({
      ...base,
      kind: 'level',
      unit: 'proportion',
      estimate: notBelow(reached(curve), withOneRate(found, fit, units, n, level)),
      details: fit.type === 'beta-binomial' ? { alpha: fit.alpha, beta: fit.beta } : {},
      wrongIf: 'tries at one case are not independent at a rate of its own (an attacker that learns is not)',
    }),
  }))
}

/**
 * The curve's interval, widened to what a single rate for all cases would say where the data do not speak against one
 * (likelihood ratio below 2.71: one in twenty where there is one rate). A spread of rates near 0 lies at the edge of what
 * the curve can hold, and there its own interval misses a curve that is steeper.
 */
function withOneRate(
  found: CurvePoint['found'],
  fit: ReturnType<typeof betaBinomial>,
  units: readonly { readonly successes: number; readonly n: number }[],
  n: number,
  level: number,
): CurvePoint['found'] {
  const successes = units.reduce((sum, each) => sum + each.successes, 0)
  const tries = units.reduce((sum, each) => sum + each.n, 0)
  if (found.type === 'not-estimable' || tries === 0) return found
  const rate = successes / tries
  const alone = logAt(successes, rate) + logAt(tries - successes, 1 - rate)
  if (fit.type === 'beta-binomial' && 2 * (fit.logLikelihood - alone) > 2.71) return found
  const { low, high } = clopperPearson(successes, tries, level)
  const within = (p: number): number => -Math.expm1(n * Math.log1p(-p))
  const { interval } = found
  return {
    ...found,
    interval: {
      ...interval,
      low: Math.min(interval.low, within(low)),
      high: Math.max(interval.high, within(high)),
      method: `${interval.method}, or one rate`,
    },
  }
}

/** More tries never succeed less often: a fit that says so does not hold. */
function notBelow(end: number, found: CurvePoint['found']): CurvePoint['found'] {
  if (found.type === 'not-estimable' || found.value >= end) return found
  const [less, more] = [found.value, end].map((share) => format(share, 'proportion'))
  return { type: 'not-estimable', reason: `the fit says ${less}, less than the ${more} that the curve has reached` }
}

function logAt(times: number, p: number): number {
  return times === 0 ? 0 : times * Math.log(p)
}
