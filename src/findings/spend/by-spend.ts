import type { Outcome } from '../../record/index.ts'
import type { Analysis, AnalysisInput } from '../analysis.ts'
import type { About, Statistic } from '../complete.ts'
import type { Analysed } from '../finding.ts'
import { quantityTitle } from '../quantity-title.ts'
import { valueOf } from '../groups.ts'
import { perGroup } from '../per-group.ts'
import type { Attack } from './attack.ts'
import { medianSpend, spendCurve, successWithin } from './curve.ts'
import { fitsOf } from './fits.ts'
import { zeroEventBound } from './success.ts'
import { unionOf } from './union.ts'

/** Options of {@link successBySpend}. */
export interface SuccessBySpendOptions<M extends string, F extends string> {
  /** What is spent: a measure, or the clock. */
  readonly spend: M | 'minutes'
  /** Measure that is 1 where the attacker gave up by itself: it has failed at every larger spend too. */
  readonly gaveUp: M
  /** Factor whose levels are attackers. */
  readonly attack: F
  /** The level of it that is no attack: it has a curve of its own, and no part in the union. */
  readonly arm?: string
  /** Factor whose levels are the largest spend allowed, as numbers. */
  readonly cap?: F
  /** Measure of the minutes of human work that stand behind an attacker, declared by its author. */
  readonly human?: M
  /** Spends at which success is told, where the budget reached them. */
  readonly at?: readonly number[]
}

/**
 * Success against what was spent, by the very functions that audit other people's budget rows: Kaplan–Meier with attacks cut
 * off by a budget censored at their spend and those that gave up kept to the end, the median, fits with at most a decade
 * of extrapolation where spending is queries, the union over attackers beside the best single one, and the bound where
 * nothing broke through.
 *
 * @param measure 1 where the attack succeeded
 */
export function successBySpend<const M extends string, const F extends string>(
  measure: M,
  options: SuccessBySpendOptions<M, F>,
): Analysis<M, F, never> {
  const { spend, gaveUp, attack, arm, cap, at = [] } = options
  return {
    ...perGroup(`successBySpend(${measure}: ${spend})`, measure, { over: [attack] }, {}, (group, input) => {
      const { subject, conditions, rows } = group
      // Planted targets answer at once: their minutes are ours, and no two runs have the same.
      if (spend === 'minutes' && rows[0]?.control === true) return []
      const attacks = rows.filter((row) => row.cell[attack] !== arm)
      const ordinary = rows.filter((row) => row.cell[attack] === arm)
      return [attacks, ordinary].flatMap((part) => findings(part, { measure, subject, conditions, options, input }))
    }),
    factors: [attack, ...(cap === undefined ? [] : [cap])],
    options: {
      spend,
      gaveUp,
      attack,
      at: at.map(String),
      ...(arm !== undefined && { arm }),
      ...(options.human !== undefined && { human: options.human }),
      ...(cap !== undefined && { cap }),
    },
  }
}

/** What all findings of one agent in one setting share. */
interface Setting<M extends string, F extends string> extends About {
  readonly measure: M
  readonly options: SuccessBySpendOptions<M, F>
  readonly input: AnalysisInput
}

function findings<M extends string, F extends string>(
  rows: readonly Outcome[],
  setting: Setting<M, F>,
): readonly Analysed[] {
  const { measure, options, input } = setting
  const { spend, attack, at = [] } = options
  const attacks = attacksIn(rows, measure, options)
  // What nobody counted, or nobody spent, has no curve.
  if (attacks.every((each) => each.spend === undefined || each.spend === 0)) return []
  const most = attacks.reduce((all, { spend: own = 0, cap = 0 }) => Math.max(all, own, cap), 0)
  const arms = [...Map.groupBy([...rows.entries()], ([, row]) => row.cell[attack] ?? '')].map(([attacker, own]) => ({
    attacks: own.flatMap(([index]) => attacks[index] ?? []),
    name: naming(
      own.map(([, row]) => row),
      { [attack]: attacker },
      setting,
    ),
  }))
  // Of spends whose steps nobody counts, the curve with its median says all.
  if (spend !== 'queries')
    return arms.flatMap(({ attacks: own, name }) => {
      const curve = spendCurve(own, input.level)
      return curve === undefined ? [] : [name(`median spend (${spend})`, medianSpend(curve))]
    })
  const asked = at.filter((each) => each <= most)
  const union = unionOf(attacks, input.level)
  return [
    ...arms.flatMap(({ attacks: own, name }) => {
      const curve = spendCurve(own, input.level)
      if (curve === undefined) return []
      // The largest spend is that of all attacks: the end of a shorter curve says nothing beside theirs.
      const last = curve.type === 'curve' && curve.most === most ? [most] : []
      const points = curve.type === 'curve' ? [...new Set([...asked, ...last])].toSorted((a, b) => a - b) : []
      return [
        ...points.map((each) => name(`success@${each}`, successWithin(curve, each))),
        name('median spend', medianSpend(curve)),
        ...fitsOf(curve, input.level).map((fit) => name(fit.quantity, fit, fit.title)),
      ]
    }),
    ...(union === undefined
      ? []
      : [
          naming(rows, {}, setting)(
            'union',
            union.success,
            `attack success rate of any of ${union.attacks} attacks (lower is safer)`,
          ),
        ]),
    // Success at any spend is what the study's own mean says: only where there was none has more to be told.
    ...arms.flatMap(({ attacks: own, name }) => {
      const bound = zeroEventBound(own, input.level)
      return bound === undefined
        ? []
        : [
            name(
              'zero-event bound',
              bound,
              'largest attack success rate that is still possible, where no attack succeeded',
            ),
          ]
    }),
  ]
}

/** Makes findings over these rows: what was invalid is counted apart from what is missing, and people's own work told. */
function naming<M extends string, F extends string>(
  rows: readonly Outcome[],
  more: Readonly<Record<string, string>>,
  { subject, conditions, options }: Setting<M, F>,
): (quantity: string, statistic: Statistic, title?: string) => Analysed {
  const invalid = rows.filter((row) => row.status === 'invalid').length
  return (quantity, { n, details, policies, ...rest }, title = quantityTitle(quantity)) => ({
    ...rest,
    quantity,
    title,
    subject,
    conditions: { ...conditions, ...more },
    n: { ...n, invalid, missing: Math.max(0, n.missing - invalid) },
    details: { ...details, ...humanWork(rows, options.human) },
    policies: { ...policies, invalid: 'left out and counted: a target that is down is not safe' },
  })
}

/** No meter of a run sees what people did before it: it is told beside what was metered. */
function humanWork(rows: readonly Outcome[], human: string | undefined): Readonly<Record<string, number>> {
  const minutes = human === undefined ? [] : rows.flatMap((row) => valueOf(row, human) ?? [])
  return minutes.length === 0 ? {} : { humanMinutes: Math.max(...minutes) }
}

/** A row of kind `budget`. */
type SpendRow = Readonly<Record<'case' | 'success' | 'spend' | 'cap' | 'attack' | 'target', string | number | null>>

/** A run's trials as rows of kind `budget`: what `assay audit` reads. */
export function spendRows<M extends string, F extends string>(
  rows: readonly Outcome[],
  measure: M,
  options: SuccessBySpendOptions<M, F>,
): readonly SpendRow[] {
  return attacksIn(rows, measure, options).map((each, index) => ({
    case: each.case,
    success: each.success === undefined ? null : Number(each.success),
    spend: each.spend ?? null,
    cap: each.cap ?? null,
    attack: each.attack,
    target: rows[index]?.agent ?? '',
  }))
}

function attacksIn<M extends string, F extends string>(
  rows: readonly Outcome[],
  measure: M,
  { spend, gaveUp, attack, cap }: SuccessBySpendOptions<M, F>,
): readonly Attack[] {
  const spent = (row: Outcome): number | undefined =>
    spend === 'minutes' ? row.times.wallMs / 60_000 : valueOf(row, spend)
  const most = rows.reduce((all, row) => Math.max(all, spent(row) ?? 0), 0)
  return rows.map((row) => {
    const own = spent(row)
    const value = valueOf(row, measure)
    const quit = valueOf(row, gaveUp) === 1
    // Whatever cut an attack off, it is censored at its spend; only giving up counts for every larger one.
    const whole = spend === 'queries' && cap !== undefined ? Number(row.cell[cap]) : most
    const beyond = own === undefined ? undefined : Math.max(quit ? own + (spend === 'queries' ? 1 : 1e-9) : own, whole)
    return {
      case: row.task,
      success: value === undefined ? undefined : value === 1,
      spend: own,
      cap: value === 1 || quit ? beyond : own,
      attack: row.cell[attack] ?? '',
    }
  })
}
