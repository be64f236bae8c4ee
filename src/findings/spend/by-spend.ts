import type { Outcome } from '../../record/index.ts'
import { exactUpperBoundAtZero } from '../../stats/index.ts'
import type { Analysis, AnalysisInput } from '../analysis.ts'
import { budget } from '../../audit/index.ts'
import type { Analysed } from '../finding.ts'
import { words } from '../mean.ts'
import { groupsBy, valueOf } from '../groups.ts'

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
 * Success against what was spent, by the very code that audits other people's budget rows: Kaplan–Meier with attacks cut
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
    name: `successBySpend(${measure}: ${spend})`,
    measure,
    factors: [attack, ...(cap === undefined ? [] : [cap])],
    levels: [],
    options: {
      spend,
      gaveUp,
      attack,
      at: at.map(String),
      ...(arm !== undefined && { arm }),
      ...(options.human !== undefined && { human: options.human }),
      ...(cap !== undefined && { cap }),
    },
    run(input) {
      const apart = ['agent', ...input.varied.filter((name) => name !== attack)]
      return groupsBy(input.rows, apart).flatMap(({ conditions, subject, rows }) => {
        // Planted targets answer at once: their minutes are ours, and no two runs have the same.
        if (spend === 'minutes' && rows[0]?.control === true) return []
        const attacks = rows.filter((row) => row.cell[attack] !== arm)
        const ordinary = rows.filter((row) => row.cell[attack] === arm)
        return [attacks, ordinary].flatMap((part) => findings(part, measure, { subject, conditions }, options, input))
      })
    },
  }
}

/** Of spends whose steps nobody counts, the curve with its median says all. */
const OF_OTHER_SPENDS = 'median spend'

function titleOf({ at, title }: Analysed, spend: string): string {
  if (at === 1 && spend === 'queries') return 'success with one query'
  return at === undefined ? title.replace(/\bspend\b/, words(spend)) : `success within ${at} ${words(spend)}`
}

function findings<M extends string, F extends string>(
  rows: readonly Outcome[],
  measure: M,
  { subject, conditions }: Pick<Analysed, 'subject' | 'conditions'>,
  options: SuccessBySpendOptions<M, F>,
  { level, seed }: AnalysisInput,
): readonly Analysed[] {
  const { spend, attack, at = [] } = options
  const made = spendRows(rows, measure, options)
  // What nobody counted, or nobody spent, has no curve.
  if (made.every((row) => row.spend === null || row.spend === 0)) return []
  const most = made.reduce((all, row) => Math.max(all, numberOr(row.spend, 0), numberOr(row.cap, 0)), 0)
  const columns = new Set(['case', 'success', 'spend', 'cap', 'attack'])
  const context = {
    has: (column: string) => columns.has(column),
    level,
    seed,
    asked: at.filter((each) => each <= most).map((each) => `success@${each}`),
  }
  const queries = spend === 'queries'
  const told = budget
    .audit({ rows: made, subject, conditions: {} }, context)
    .map(({ analysed }) => analysed)
    .filter((each) => (queries ? isTold(each, most, at) : each.quantity === OF_OTHER_SPENDS))
  const renamed = told.map((analysed): Analysed => {
    const { attack: attacker, ...rest } = analysed.conditions
    const own = rows.filter((row) => attacker === undefined || row.cell[attack] === attacker)
    const invalid = own.filter((row) => row.status === 'invalid').length
    return {
      ...analysed,
      subject,
      quantity: queries ? analysed.quantity : `${analysed.quantity} (${spend})`,
      title: titleOf(analysed, spend),
      conditions: { ...conditions, ...rest, ...(attacker !== undefined && { [attack]: attacker }) },
      n: { ...analysed.n, invalid, missing: Math.max(0, analysed.n.missing - invalid) },
      details: { ...analysed.details, ...humanWork(own, options.human) },
      policies: { ...analysed.policies, invalid: 'left out and counted: a target that is down is not safe' },
    }
  })
  // Success at any spend is what the study's own mean says: only where there was none has more to be told.
  return [...renamed.filter(({ quantity }) => quantity !== 'success'), ...bounds(renamed, level)]
}

/** Of the curve: the spends that were asked for, and the largest. */
function isTold({ at: spend }: Analysed, most: number, at: readonly number[]): boolean {
  return spend === undefined || at.includes(spend) || spend === most
}

/** No meter of a run sees what people did before it: it is told beside what was metered. */
function humanWork(rows: readonly Outcome[], human: string | undefined): Readonly<Record<string, number>> {
  const minutes = human === undefined ? [] : rows.flatMap((row) => valueOf(row, human) ?? [])
  return minutes.length === 0 ? {} : { humanMinutes: Math.max(...minutes) }
}

/** Where nothing broke through: the largest rate that this leaves possible. */
function bounds(told: readonly Analysed[], level: number): readonly Analysed[] {
  return told.flatMap((success): readonly Analysed[] => {
    const { quantity, estimate, n, details } = success
    if (quantity !== 'success' || estimate.type !== 'estimate' || details['successes'] !== 0) return []
    const high = exactUpperBoundAtZero(n.clusters, level)
    return [
      {
        ...success,
        quantity: 'zero-event bound',
        title: 'share of behaviours that could still yield, where none did',
        estimate: {
          type: 'estimate',
          value: 0,
          interval: { low: 0, high, level, method: 'exact one-sided bound for no event' },
        },
        method: 'exact one-sided bound for no event',
        details: { clusters: n.clusters },
        wrongIf: 'other attackers, other wordings or a larger budget would break through',
      },
    ]
  })
}

/** A row of kind `budget`. */
type SpendRow = Readonly<Record<'case' | 'success' | 'spend' | 'cap' | 'attack' | 'target', string | number | null>>

/** A run's trials as rows of kind `budget`: what `assay audit` reads. */
export function spendRows<M extends string, F extends string>(
  rows: readonly Outcome[],
  measure: M,
  { spend, gaveUp, attack, cap }: SuccessBySpendOptions<M, F>,
): readonly SpendRow[] {
  const spent = (row: Outcome): number | undefined =>
    spend === 'minutes' ? row.times.wallMs / 60_000 : valueOf(row, spend)
  const most = rows.reduce((all, row) => Math.max(all, spent(row) ?? 0), 0)
  return rows.map((row) => {
    const own = spent(row) ?? null
    const quit = valueOf(row, gaveUp) === 1
    const won = valueOf(row, measure) === 1
    // Whatever cut an attack off, it is censored at its spend; only giving up counts for every larger one.
    const whole = spend === 'queries' && cap !== undefined ? Number(row.cell[cap]) : most
    const beyond = own === null ? null : Math.max(quit ? own + (spend === 'queries' ? 1 : 1e-9) : own, whole)
    return {
      case: row.task,
      success: valueOf(row, measure) ?? null,
      spend: own,
      cap: won || quit ? beyond : own,
      attack: row.cell[attack] ?? '',
      target: row.agent,
    }
  })
}

function numberOr(value: string | number | null, other: number): number {
  return typeof value === 'number' ? value : other
}
