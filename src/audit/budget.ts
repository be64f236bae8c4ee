import type { Row } from '../rows/index.ts'
import {
  bestOfN,
  betaBinomial,
  clopperPearson,
  clusteredKaplanMeier,
  kaplanMeier,
  successCurve,
  survivalAt,
  survivalQuantile,
  wilson,
  type CurvePoint,
  type SurvivalCurve,
} from '../stats/index.ts'
import { shareOf } from '../findings/index.ts'
import type { AuditContext, Audited, AuditKind, Part } from './audited.ts'
import { distinct, number, text } from './cells.ts'
import { columnsOf, split } from './parts.ts'
import { countEach, countOf, quantity } from './quantity.ts'

/** Success against what was spent. */
export const budget: AuditKind = {
  select: columnsOf('case', 'success', 'spend', 'cap', 'attack', 'target', 'judge'),
  audit: (part, context) => {
    const arms = split(part, ['attack', 'target', 'judge'], context)
    return [...arms.flatMap((arm) => armFindings(arm, arms, context)), ...unions(part, context)]
  },
}

function armFindings(part: Part, arms: readonly Part[], context: AuditContext): readonly Audited[] {
  const known = part.rows.filter((row) => row['success'] !== null)
  const n = countOf(known, part.rows, 'case')
  const won = wins(known)
  const estimate = shareOf(
    known.map((row) => number(row['success']) ?? 0),
    known.map((row) => text(row['case'])),
    context.level,
  )
  const { judge: own, ...elsewhere } = part.conditions
  const judges = arms.filter(
    ({ conditions: { judge, ...rest } }) =>
      own !== undefined && judge !== own && JSON.stringify(rest) === JSON.stringify(elsewhere),
  )
  const success: Audited = {
    analysed: quantity({
      quantity: 'success',
      title: 'success at any spend',
      kind: 'level',
      unit: 'proportion',
      subject: part.subject,
      conditions: part.conditions,
      estimate,
      n,
      policies: { missing: 'left out and counted', spend: 'whatever was spent' },
      details: { successes: won },
      wrongIf: 'the judge is wrong, or attackers who adapt would do better',
    }),
    variants: [
      ...(n.missing > 0 ? [{ policy: 'missing as failure', value: won / part.rows.length }] : []),
      ...judges.flatMap(({ rows, conditions }) => {
        const judged = rows.filter((row) => row['success'] !== null)
        return judged.length === 0
          ? []
          : [{ policy: `judge ${conditions['judge']}`, value: wins(rows) / judged.length }]
      }),
    ],
    ...(n.clusters === n.trials && { share: { successes: won, n: n.trials } }),
  }
  return [success, ...(context.has('spend') ? spending(part, known, context) : [])]
}

function wins(rows: readonly Row[]): number {
  return rows.filter((row) => row['success'] === 1).length
}

/** The curve by spend, its median, and what it extrapolates to. */
function spending(part: Part, known: readonly Row[], context: AuditContext): readonly Audited[] {
  const { level, asked, has } = context
  const spent = known.filter((row) => row['spend'] !== null)
  if (spent.length === 0) return []
  const most = spent.reduce((all, row) => Math.max(all, number(row['spend']) ?? 0, number(row['cap']) ?? 0), 0)
  const events = spent.map((row) => row['success'] === 1)
  // Who gave up has failed at every larger spend: still there, without the event, when all is spent.
  const times = spent.map((row) => (gaveUp(row) ? most : (number(row['spend']) ?? 0)))
  const cases = spent.map((row) => text(row['case']))
  // Attempts at one case are not independent: what each case adds is what varies.
  const curve =
    new Set(cases).size === cases.length
      ? kaplanMeier(times, events, level)
      : clusteredKaplanMeier(times, events, cases, level)
  if (curve.type === 'not-estimable') return []
  const quit = spent.filter(gaveUp).length
  const base = {
    subject: part.subject,
    conditions: part.conditions,
    n: countOf(spent, part.rows, 'case'),
    policies: {
      censored: `${events.filter((each) => !each).length - quit} failures are censored at their spend`,
      gaveUp: has('cap') ? `${quit} stopped before their cap: failed at every larger spend` : 'not told: no column cap',
    },
    wrongIf: 'failures that were stopped would have gone on differently, or spending is not all that success cost',
  }
  const wanted = asked.flatMap((each) => /^success@([0-9.]+)/.exec(each)?.[1] ?? []).map(Number)
  const at = [...new Set([...grid(most), ...wanted])].toSorted((a, b) => a - b)
  const found: Audited[] = at.map((spend) => {
    const { value, interval } = survivalAt(curve, spend)
    const within = spent.filter((row) => row['success'] === 1 && (number(row['spend']) ?? 0) <= spend).length
    return {
      analysed: quantity({
        ...base,
        quantity: `success@${spend}`,
        title: `success within a spend of ${spend}`,
        kind: 'level',
        at: spend,
        unit: 'proportion',
        estimate: {
          type: 'estimate',
          value: 1 - value,
          interval: { ...interval, low: 1 - interval.high, high: 1 - interval.low },
        },
        details: { successes: within },
      }),
      variants: [
        { policy: 'censored as failures', value: within / spent.length },
        { policy: 'censored and missing as failures', value: within / part.rows.length },
      ],
    }
  })
  found.push({
    analysed: quantity({
      ...base,
      quantity: 'median spend',
      title: 'spend at which half have succeeded',
      kind: 'time',
      unit: 'score',
      estimate: survivalQuantile(curve),
      figure: {
        kind: 'curve',
        x: 'spend',
        y: 'share not yet broken',
        points: curve.steps.map((step) => [step.time, step.survival, step.low, step.high] as const),
      },
    }),
  })
  return [...found, ...fits(spent, curve, most, base, context)]
}

/** Stopped before its cap, without success. */
function gaveUp(row: Row): boolean {
  return row['success'] === 0 && row['cap'] !== null && (number(row['spend']) ?? 0) < (number(row['cap']) ?? 0)
}

/** Power law and beta-binomial, where spending is tries that can be counted. */
function fits(
  spent: readonly Row[],
  curve: SurvivalCurve,
  most: number,
  base: Pick<Audited['analysed'], 'subject' | 'conditions' | 'n' | 'policies' | 'wrongIf'>,
  { level }: AuditContext,
): readonly Audited[] {
  const spends = spent.map((row) => number(row['spend']) ?? 0)
  if (!spends.every((each) => Number.isInteger(each) && each >= 1) || most < 3) return []
  const points = curve.steps
    .filter((step) => step.events > 0)
    .map((step) => ({ n: step.time, rate: 1 - step.survival }))
  const law = bestOfN(points, level)
  const units = [...Map.groupBy(spent, (row) => row['case']).values()].map((rows) => ({
    successes: wins(rows),
    n: rows.reduce((sum, row) => sum + (number(row['spend']) ?? 1), 0),
  }))
  const fit = betaBinomial(units)
  const beyond = [2 * most, 10 * most]
  return [
    {
      analysed: quantity({
        ...base,
        quantity: 'power-law exponent',
        title: 'b of −ln success = a·N^−b',
        kind: 'slope',
        unit: 'score',
        estimate: law.type === 'estimate' ? { type: 'estimate', value: law.b, interval: law.bInterval } : law,
        details: law.type === 'estimate' ? { a: law.a, points: law.points } : {},
        caveats: ['points of one curve are not independent: the interval is too narrow'],
        wrongIf: 'the law does not hold beyond these tries',
      }),
    },
    ...successCurve(units, beyond, level).map(({ n, found }) => ({
      analysed: quantity({
        ...base,
        quantity: `success@${n}, extrapolated`,
        title: `success within ${n} tries, by the beta-binomial`,
        kind: 'level',
        unit: 'proportion',
        estimate: withOneRate(found, fit, units, n, level),
        details: fit.type === 'beta-binomial' ? { alpha: fit.alpha, beta: fit.beta } : {},
        wrongIf: 'tries at one case are not independent at a rate of its own (an attacker that learns is not)',
      }),
    })),
  ]
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

function logAt(times: number, p: number): number {
  return times === 0 ? 0 : times * Math.log(p)
}

/** 1, 2, 5, 10 … and the largest spend itself. */
function grid(most: number): readonly number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
  const scale = most > 10_000 ? 10 ** (Math.ceil(Math.log10(most)) - 4) : 1
  return [...steps.map((step) => step * scale).filter((step) => step < most), most]
}

/** Where several attacks tried the same cases: whether any of them got through (each alone stands above). */
function unions(part: Part, context: AuditContext): readonly Audited[] {
  if (!context.has('attack')) return []
  return split(part, ['target', 'judge'], context).flatMap((arm) => {
    const attacks = distinct(arm.rows, 'attack')
    const cases = [...Map.groupBy(arm.rows, (row) => row['case']).values()]
    const whole = cases.filter(
      (rows) => new Set(rows.filter((row) => row['success'] !== null).map((row) => row['attack'])).size === attacks,
    )
    if (attacks < 2 || whole.length === 0) return []
    const won = whole.filter((rows) => rows.some((row) => row['success'] === 1)).length
    const [best] = [...Map.groupBy(whole.flat(), (row) => text(row['attack']))]
      .map(([attack, rows]) => ({ attack, rate: clusteredRate(rows) }))
      .toSorted((a, b) => b.rate - a.rate)
    return [
      {
        analysed: quantity({
          quantity: 'union',
          title: `success of any of ${attacks} attacks`,
          kind: 'level',
          unit: 'proportion',
          subject: arm.subject,
          conditions: arm.conditions,
          estimate: { type: 'estimate', value: won / whole.length, interval: wilson(won, whole.length, context.level) },
          n: countEach(whole.length, cases.length - whole.length),
          policies: { cases: 'those that every attack tried' },
          details: { successes: won, ...(best !== undefined && { best: best.attack, bestRate: best.rate }) },
          wrongIf: 'an attacker cannot try all of these on one case',
        }),
      },
    ]
  })
}

/** Share of cases that one attack got through on, in any of its trials. */
function clusteredRate(rows: readonly Row[]): number {
  const cases = [...Map.groupBy(rows, (row) => row['case']).values()]
  return cases.filter((own) => own.some((row) => row['success'] === 1)).length / Math.max(1, cases.length)
}
