import { kaplanMeier } from '../stats/index.ts'
import type { Analysis } from './analysis.ts'
import { survivalFigure } from './figure.ts'
import { having, LEFT_OUT } from './groups.ts'
import { medianTime } from './median-time.ts'
import { perGroup } from './per-group.ts'
import { quantityTitle } from './quantity-title.ts'

/** Options of {@link timeUntil}. */
export interface TimeUntilOptions<F extends string, M extends string> {
  readonly by: readonly (F | 'agent')[]
  /**
   * Measure that is 1 where the event was still to come when the trial ended: that trial is censored at its time.
   */
  readonly censoredBy?: M
  readonly title?: string
}

/** Below so many trials the intervals of a median time are known to be off (docs/statistics.md). */
const FEW = 30

/** Median time until an event with its Kaplan–Meier curve; trials that ended before it are censored, not dropped. */
export function timeUntil<const M extends string, const F extends string>(
  measure: M,
  options: TimeUntilOptions<F, M>,
): Analysis<M, F, never> {
  const { by, censoredBy, title = quantityTitle(`median(${measure})`) } = options
  return {
    ...perGroup(`median(${measure})`, measure, { by }, {}, (group, { measures, level }) => {
      const unit = measures[measure]?.unit ?? 'score'
      const { rows: kept, n } = having(group.rows, [measure], 'seed')
      const values = kept.map((row) => Number(row.values[measure]))
      const events = kept.map((row) => censoredBy === undefined || row.values[censoredBy] !== 1)
      const curve = kaplanMeier(values, events, level)
      const middle =
        curve.type === 'not-estimable'
          ? curve
          : medianTime(
              curve,
              values,
              kept.map(({ seed }) => seed),
            )
      return [
        {
          quantity: `median(${measure})`,
          title,
          kind: 'time',
          subject: group.subject,
          unit,
          conditions: group.conditions,
          estimate: middle,
          n,
          method: 'Kaplan–Meier',
          policies: { ...LEFT_OUT, censored: 'a trial that ended before the event counts until its end' },
          details: { censored: events.filter((event) => !event).length },
          caveats: n.clusters > 0 && n.clusters < FEW ? [`a median time is reliable from about ${FEW} trials`] : [],
          wrongIf: 'trials that ended early would have gone on differently from those that did not',
          ...(curve.type !== 'not-estimable' && { figure: survivalFigure(curve, unit, 'share without the event') }),
        },
      ]
    }),
    title,
    kind: 'time',
    options: { by, ...(censoredBy !== undefined && { censoredBy }) },
  }
}
