import { complete, type Analysed } from '../findings/index.ts'
import type { horizonTrend } from '../stats/index.ts'
import type { Part } from './audited.ts'

/** What differs between tables: whose trend it is, what it rests on and what is to be said of it. */
interface About extends Pick<Analysed, 'n'> {
  readonly quantity?: string
  readonly policies?: Readonly<Record<string, string>>
  readonly details?: Analysed['details']
  readonly caveats: readonly string[]
}

/** How fast horizons double, from a trend through those of the state of the art. */
export function doublingTime(
  part: Pick<Part, 'subject' | 'conditions'>,
  trend: ReturnType<typeof horizonTrend>,
  { quantity = 'doubling time', ...about }: About,
): Analysed {
  return complete({
    quantity,
    title: 'days in which the horizon of the state of the art doubles',
    kind: 'time',
    subject: part.subject,
    unit: 'days',
    conditions: part.conditions,
    estimate:
      trend.type === 'estimate' ? { type: 'estimate', value: trend.doublingDays, interval: trend.interval } : trend,
    ...about,
    policies: {
      stateOfTheArt: 'agents whose h50 is at least every h50 released on or before their date',
      ...about.policies,
    },
    wrongIf: 'growth is not exponential, or the agents here are not the best of their time',
  })
}
