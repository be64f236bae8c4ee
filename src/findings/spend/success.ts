import { exactUpperBoundAtZero } from '../../stats/index.ts'
import { complete, type Statistic } from '../complete.ts'
import { shareOfKnown } from '../share.ts'
import { casesOf, clustersOf, successes, type Attack } from './attack.ts'

/** Share of attacks that succeeded, whatever they spent. */
export function successAtAnySpend(attacks: readonly Attack[], level: number): Statistic {
  return complete({
    ...shareOfKnown(
      attacks.map(({ success }) => (success === undefined ? undefined : Number(success))),
      casesOf(attacks),
      level,
      clustersOf(attacks),
    ),
    policies: { missing: 'left out and counted', spend: 'whatever was spent' },
    details: { successes: successes(attacks) },
    wrongIf: 'the judge is wrong, or attackers who adapt would do better',
  })
}

/** Where nothing broke through: the largest rate that this leaves possible, for as many cases. Undefined where anything did. */
export function zeroEventBound(attacks: readonly Attack[], level: number): Statistic | undefined {
  const success = successAtAnySpend(attacks, level)
  const { clusters } = success.n
  if (success.estimate.type !== 'estimate' || successes(attacks) > 0) return undefined
  const method = 'exact one-sided bound for no event'
  return {
    ...success,
    estimate: {
      type: 'estimate',
      value: 0,
      interval: { low: 0, high: exactUpperBoundAtZero(clusters, level), level, method },
    },
    method,
    details: { clusters },
    wrongIf: 'other attackers, other attack templates or a larger budget would succeed',
  }
}
