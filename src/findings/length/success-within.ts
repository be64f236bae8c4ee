import { clusterProportion } from '../../stats/index.ts'
import type { Analysis } from '../analysis.ts'
import { boundsOf } from '../figure.ts'
import type { Analysed } from '../finding.ts'
import { format } from '../measure.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { policiesOf } from './groups.ts'
import { SPENDS, spendingOf, type Spend } from './spend.ts'

/** Options of {@link successWithin}. */
export interface SuccessWithinOptions<F extends string> extends Pooling<F> {
  readonly spend: Spend
}

/**
 * Success against what was spent: the share of trials that succeeded and spent no more than so much, over the amount. The
 * estimate is the amount within which half of the trials succeed, with the amounts at which the bands of the curve
 * reach a half. A trial cut off by a limit counts as not succeeded within any amount: what it would have done with more
 * is not known, and its limit is a condition of the number.
 */
export function successWithin<const M extends string, const F extends string>(
  measure: M,
  options: SuccessWithinOptions<F>,
): Analysis<M, F, never> {
  const { spend } = options
  const { unit } = SPENDS[spend]
  return perGroup(`successWithin(${measure}: ${spend})`, measure, options, { spend }, (group, { level }) => {
    const { kept, spent, n } = spendingOf(group.rows, measure, spend)
    // Where no trial counts what it spends, nothing can be said, and a row that says so helps nobody.
    if (spent.every((each) => each === 0)) return []
    const amounts = [...new Set(spent)].toSorted((a, b) => a - b)
    const tasks = kept.map((row) => row.task)
    const within = (amount: number): Share => {
      const values = kept.map((row, i) => ((spent[i] ?? 0) <= amount ? Number(row.values[measure]) : 0))
      return boundsOf(clusterProportion(values, tasks, level))
    }
    const limited = kept.filter((row) => row.status === 'limit').length
    const [share, shareLow, shareHigh] = within(amounts.at(-1) ?? 0)
    return [
      {
        quantity: `${spend} for half(${measure})`,
        title: `${spend} within which half of the trials succeed`,
        kind: 'time' as const,
        subject: group.subject,
        unit,
        conditions: group.conditions,
        estimate: halfOf(amounts, within, share, level),
        n,
        method: METHOD,
        policies: {
          ...policiesOf(group),
          limited: 'a trial cut off by a limit did not succeed within any amount',
        },
        details: { share, shareLow, shareHigh, limited },
        caveats: limited === 0 ? [] : [`${limited} of ${kept.length} trials were cut off by a limit`],
        wrongIf: 'trials that were cut off would have succeeded with a little more',
        figure: {
          kind: 'interval' as const,
          x: unit,
          y: `share of ${kept.length} trials that succeeded within it`,
          points: shownOf(amounts).map((amount) => [amount, ...within(amount)] as const),
        },
      },
    ]
  })
}

type Share = ReturnType<typeof boundsOf>

const METHOD = 'share of trials by amount, Korn–Graubard clustered by task'

function halfOf(
  amounts: readonly number[],
  within: (amount: number) => Share,
  share: number,
  level: number,
): Analysed['estimate'] {
  if (share < 0.5)
    return { type: 'not-estimable', reason: `${format(share, 'proportion')} succeeded within all that was spent` }
  const when = (of: (share: Share) => number): number =>
    amounts[firstAt(amounts, (amount) => of(within(amount)) >= 0.5)] ?? Infinity
  return {
    type: 'estimate',
    value: when(([value]) => value),
    interval: { low: when(([, , high]) => high), high: when(([, low]) => low), level, method: METHOD },
  }
}

/** The first place at which what only ever becomes true is true; the length where it never is. */
function firstAt(amounts: readonly number[], is: (amount: number) => boolean): number {
  let [low, high] = [0, amounts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (is(amounts[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

/** Points of the figure at most: each costs one interval. */
const POINTS = 24

function shownOf(amounts: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.ceil(amounts.length / POINTS))
  return amounts.filter((_, i) => i % step === 0 || i === amounts.length - 1)
}
