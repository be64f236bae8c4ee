import type { Random } from '../record/index.ts'
import { bootstrap, clusterRate, type Interval } from '../stats/index.ts'
import type { Analysed } from './finding.ts'
import { format, type Unit } from './measure.ts'

/** Rows of spending: one a trial, or the sums of several. */
export interface Spending {
  /** What each row spent, at least 0. */
  readonly spent: readonly number[]
  /** Successes of each row, in [0, tried]. */
  readonly won: readonly number[]
  /** Trials of each row. */
  readonly tried: readonly number[]
  readonly clusters: readonly string[]
}

/** Below this many successes the bootstrap alone covers too little. */
const FEW = 8

/**
 * Total spend divided by successes; failures count as spend. Percentile bootstrap over clusters, in which a draw without a
 * success is worth infinity: the upper bound may be infinite. With fewer than 8 successes, or where no draw differs, the
 * interval is widened to what the exact interval of the success rate says at the mean spend.
 *
 * @returns not estimable without a success, or with one cluster
 */
export function spendPerSuccess(
  { spent, won, tried, clusters }: Spending,
  unit: Unit,
  drawn: { readonly random: Random; readonly replicates: number; readonly level: number },
): Analysed['estimate'] {
  const [total, successes] = [sum(spent), sum(won)]
  if (successes === 0) return { type: 'not-estimable', reason: `no success for ${format(total, unit)}` }
  const value = total / successes
  const found = bootstrap(
    spent.length,
    (rows) => {
      let [top, bottom] = [0, 0]
      for (const row of rows) {
        top += spent[row] ?? 0
        bottom += won[row] ?? 0
      }
      return bottom > 0 ? top / bottom : Infinity
    },
    { ...drawn, levels: [clusters], rows: false, unbounded: true },
  )
  const own = found.type === 'estimate' ? found.interval : undefined
  if (own !== undefined && successes >= FEW) return { type: 'estimate', value, interval: own }
  const rate = clusterRate(won, tried, clusters, drawn.level)
  if (rate.type === 'not-estimable') return { ...rate, value }
  const spend = total / sum(tried)
  const exact: Interval = {
    low: spend / rate.interval.high,
    high: spend / rate.interval.low,
    level: drawn.level,
    method: 'exact interval of the rate, at the mean spend',
  }
  return { type: 'estimate', value, interval: own === undefined ? exact : hull(own, exact) }
}

function hull(a: Interval, b: Interval): Interval {
  return {
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    level: a.level,
    method: `${a.method}, and ${b.method}`,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0)
}
