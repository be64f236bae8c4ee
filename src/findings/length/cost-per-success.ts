import { randomFrom } from '../../record/index.ts'
import { asTheyAre, type Analysis } from '../analysis.ts'
import { format } from '../measure.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { policiesOf } from './groups.ts'
import { spendPerSuccess } from '../per-success.ts'
import { SPENDS, spendingOf, type Spend } from './spend.ts'

/** Options of {@link costPerSuccess}. */
export interface CostPerSuccessOptions<F extends string> extends Pooling<F> {
  readonly spend: Spend
}

/**
 * All that was spent, on failures too, for each success: tokens, dollars or minutes of working time. Percentile bootstrap over
 * tasks. Where nothing succeeded there is no such number, and what was spent on nothing is said.
 *
 * @param measure 1 where the trial was a full success
 */
export function costPerSuccess<const M extends string, const F extends string>(
  measure: M,
  options: CostPerSuccessOptions<F>,
): Analysis<M, F, never> {
  const { spend } = options
  const { unit } = SPENDS[spend]
  return perGroup(
    `costPerSuccess(${measure}: ${spend})`,
    measure,
    options,
    { spend },
    (group, { level, seed, key = asTheyAre }) => {
      const { kept, spent, n } = spendingOf(group.rows, measure, spend)
      const total = spent.reduce((sum, each) => sum + each, 0)
      if (kept.length === 0 || total === 0) return []
      const won = kept.map((row) => (row.values[measure] === 1 ? 1 : 0))
      const successes = won.reduce<number>((sum, each) => sum + each, 0)
      const estimate = spendPerSuccess(
        { spent, won, tried: won.map(() => 1), clusters: kept.map((row) => row.task) },
        unit,
        {
          random: randomFrom(`${seed}/${JSON.stringify(key(group.conditions))}`, 'cost per success'),
          replicates: REPLICATES,
          level,
        },
      )
      return [
        {
          quantity: `${spend} per success(${measure})`,
          title: `${spend} spent for each success`,
          kind: 'level' as const,
          subject: group.subject,
          unit,
          conditions: group.conditions,
          estimate,
          n,
          method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
          policies: { ...policiesOf(group), spent: 'on all trials, failures too' },
          details: { total, totalText: format(total, unit), successes },
          caveats: successes > 0 && successes < FEW ? [`only ${successes} successes`] : [],
          wrongIf: 'the tasks are not like the work you care about, or prices move',
        },
      ]
    },
  )
}

const REPLICATES = 1_000
const FEW = 8
