import { kaplanMeier, survivalQuantile } from '../stats/index.ts'
import type { Analysis } from './analysis.ts'
import { words } from './mean.ts'
import { groupsBy, valued } from './groups.ts'

/** Options of {@link timeUntil}. */
export interface TimeUntilOptions<F extends string, M extends string> {
  readonly by: readonly (F | 'agent')[]
  /**
   * Measure that is 1 where the event was still to come when the trial ended: that trial is censored at its time.
   */
  readonly censoredBy?: M
  readonly title?: string
}

/** Median time until an event with its Kaplan–Meier curve; trials that ended before it are censored, not dropped. */
export function timeUntil<const M extends string, const F extends string>(
  measure: M,
  options: TimeUntilOptions<F, M>,
): Analysis<M, F, never> {
  return {
    name: `median(${measure})`,
    measure,
    kind: 'time',
    factors: options.by.filter((name): name is F => name !== 'agent'),
    levels: [],
    options: { by: options.by, ...(options.censoredBy !== undefined && { censoredBy: options.censoredBy }) },
    run({ rows, measures, varied, level }) {
      const unit = measures[measure]?.unit ?? 'score'
      return groupsBy(rows, [...new Set(['agent', ...options.by, ...varied])]).map(
        ({ conditions, subject, rows: group }) => {
          const { rows: kept, values, n } = valued(group, measure, 'seed')
          const events = kept.map((row) => options.censoredBy === undefined || row.values[options.censoredBy] !== 1)
          const curve = kaplanMeier(values, events, level)
          const middle = curve.type === 'not-estimable' ? curve : survivalQuantile(curve)
          return {
            quantity: `median(${measure})`,
            title: options.title ?? `median ${words(measure)}`,
            kind: 'time',
            subject,
            unit,
            conditions,
            estimate: middle,
            n,
            method: 'Kaplan–Meier',
            policies: {
              invalid: 'left out and counted',
              missing: 'left out and counted',
              censored: 'a trial that ended before the event counts until its end',
            },
            details: { censored: events.filter((event) => !event).length },
            caveats: [],
            wrongIf: 'trials that ended early would have gone on differently from those that did not',
            ...(curve.type !== 'not-estimable' && {
              figure: {
                kind: 'curve' as const,
                x: unit,
                y: 'share without the event',
                points: curve.steps.map((step) => [step.time, step.survival, step.low, step.high] as const),
              },
            }),
          }
        },
      )
    },
  }
}
