import type { Outcome } from '../../record/index.ts'
import type { Analysis } from '../analysis.ts'
import { policiesOf } from '../length/index.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { valueOf, type Group } from '../groups.ts'
import { paidFindings, type PaidWork } from './paid.ts'

/** Options of {@link earned}. */
export interface EarnedOptions<M extends string, F extends string> extends Pooling<F> {
  /** The measure that holds each task's price, in cents. */
  readonly price: M
}

/**
 * Dollars on offer, earned, spent; the shares of dollars and of tasks; what could not be tested: the very code that
 * `assay audit --as earnings` runs, on the study's own trials. An invalid trial could not be tested.
 *
 * @param measure 1 where the trial was a full success
 */
export function earned<const M extends string, const F extends string>(
  measure: M,
  options: EarnedOptions<M, F>,
): Analysis<M, F, never> {
  const { price } = options
  return perGroup(`earned(${measure} at ${price})`, measure, options, { price }, (group, { rows, level, seed }) => {
    const prices = pricesOf(rows, price)
    return paidFindings(
      group.rows.map((row) => paidWorkOf(row, measure, prices)),
      {
        subject: group.subject,
        conditions: group.conditions,
        has: { tested: true, cost: group.rows.every((row) => row.cost.type === 'known') },
        level,
        seed,
      },
    ).map(({ variants, ...analysed }) => ({
      ...analysed,
      policies: { ...heldOf(group), ...analysed.policies },
      details: { ...analysed.details, ...Object.fromEntries(variants.map((each) => [each.policy, each.value])) },
    }))
  })
}

/** Dollars by task. An invalid trial has no measures; the price of its task stands in whatever other trial of it is valid. */
export function pricesOf(rows: readonly Outcome[], price: string): ReadonlyMap<string, number> {
  return new Map(
    rows.flatMap((row) => {
      const cents = valueOf(row, price)
      return cents === undefined ? [] : [[row.task, cents / 100] as const]
    }),
  )
}

/** A trial as paid work. */
export function paidWorkOf(row: Outcome, measure: string, prices: ReadonlyMap<string, number>): PaidWork {
  const value = valueOf(row, measure)
  return {
    task: row.task,
    price: prices.get(row.task),
    right: value === undefined ? undefined : value === 1,
    tested: row.status !== 'invalid',
    cost: row.cost.type === 'known' ? row.cost.dollars : undefined,
  }
}

function heldOf(group: Group): Record<string, string> {
  const { held } = policiesOf(group)
  return held === undefined ? {} : { held }
}
