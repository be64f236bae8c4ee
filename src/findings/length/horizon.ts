import type { Outcome } from '../../record/index.ts'
import { chiSquaredTail, clusterProportion, chanceAt, lengthCurve, lengthHorizon } from '../../stats/index.ts'
import type { Analysis } from '../analysis.ts'
import { boundsOf } from '../figure.ts'
import type { Analysed, FigureData } from '../finding.ts'
import { quantityTitle, words } from '../quantity-title.ts'
import type { Unit } from '../measure.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { having } from '../groups.ts'
import { policiesOf } from './groups.ts'

/** Options of {@link horizon}. */
export interface HorizonOptions<M extends string, F extends string> extends Pooling<F> {
  /** The measure that holds each trial's length, in steps or minutes: the same for all trials of a task. */
  readonly length: M
  /** Success rates whose length is wanted, in (0, 1). Default 0.5 and 0.8. */
  readonly rates?: readonly number[]
}

/**
 * The length of task that is done at a rate (h50, h80), with success against length as its figure: a logistic curve of
 * log2 length by maximum likelihood, interval by profile likelihood, tasks as clusters. Agents that never succeed have 0
 * and an upper bound.
 */
export function horizon<const M extends string, const F extends string>(
  measure: M,
  options: HorizonOptions<M, F>,
): Analysis<M, F, never> {
  const { length, rates = [0.5, 0.8] } = options
  return perGroup(
    `horizon(${measure} by ${length})`,
    measure,
    options,
    { length, rates: rates.map(String) },
    (group, { measures, level }) => {
      const unit = measures[length]?.unit ?? 'count'
      const { rows: kept, n } = having(group.rows, [measure, length])
      // Lengths that nobody knows (minutes, mostly) make no finding, rather than an empty one.
      if (kept.length === 0 && group.rows.some((row) => row.status !== 'invalid')) return []
      const runs = kept.map((row) => ({
        length: Number(row.values[length]),
        score: Number(row.values[measure]),
        task: row.task,
      }))
      const curve = lengthCurve(runs)
      const misfit = misfitOf(curve)
      return rates.map((rate, index): Analysed => {
        const estimate = lengthHorizon(curve, rate, level)
        const value = estimate.value ?? 0
        const [shortest = 1, longest = 1] = [curve.counts[0]?.length, curve.counts.at(-1)?.length]
        return {
          quantity: `h${Number((100 * rate).toPrecision(6))}(${measure} by ${length})`,
          title: quantityTitle(`h${Number((100 * rate).toPrecision(6))}(${measure} by ${length})`),
          kind: 'time',
          subject: group.subject,
          at: rate,
          unit,
          conditions: group.conditions,
          estimate,
          n,
          method: 'logistic in log2 length, profile likelihood',
          policies: {
            ...policiesOf(group),
            lengths: curve.counts.map((each) => each.length).join(', '),
          },
          details: {
            ...(curve.fit !== undefined && { intercept: curve.fit.a, slope: curve.fit.b }),
            repeatCorrelation: curve.rho,
            ...(misfit !== undefined && { misfitP: misfit }),
          },
          caveats: [
            ...(estimate.type === 'estimate' && value > 0 && (value < shortest || value > longest)
              ? [`it is outside the lengths that were run, ${shortest} to ${longest}`]
              : []),
            ...(misfit !== undefined && misfit < MISFIT
              ? [`success does not follow a logistic curve of log length (p = ${Number(misfit.toPrecision(2))})`]
              : []),
          ],
          wrongIf:
            'success does not fall along a logistic curve of log length, or the tasks are not like the work you care about',
          ...(index === 0 && { figure: figureOf(kept, measure, length, curve.fit, unit, level) }),
        }
      })
    },
  )
}

/** Below this the curve is said not to fit. */
const MISFIT = 0.01

/** Deviance of the curve from the shares at each length; undefined where there are too few lengths or nothing to fit. */
function misfitOf({ fit, counts }: ReturnType<typeof lengthCurve>): number | undefined {
  if (fit === undefined || counts.length < 3) return undefined
  let deviance = 0
  for (const { length, weight, success } of counts) {
    const p = Math.min(1 - 1e-12, Math.max(1e-12, chanceAt(fit, length)))
    const failure = weight - success
    if (success > 0) deviance += 2 * success * Math.log(success / (weight * p))
    if (failure > 1e-12) deviance += 2 * failure * Math.log(failure / (weight * (1 - p)))
  }
  return chiSquaredTail(Math.max(0, deviance), counts.length - 2)
}

function figureOf(
  rows: readonly Outcome[],
  measure: string,
  length: string,
  fit: { readonly a: number; readonly b: number } | undefined,
  unit: Unit,
  level: number,
): FigureData {
  const lengths = Map.groupBy(rows, (row) => Number(row.values[length]))
  const points = [...lengths]
    .toSorted(([a], [b]) => a - b)
    .map(([at, own]) => {
      const values = own.map((row) => Number(row.values[measure]))
      const tasks = own.map((row) => row.task)
      return [at, ...boundsOf(clusterProportion(values, tasks, level))] as const
    })
  return {
    kind: 'lengths',
    x: unit === 'minutes' ? 'length of task, minutes' : `length of task, ${words(length)}`,
    y: `share of ${words(measure)}`,
    points,
    ...(fit !== undefined && { fit: { intercept: fit.a, slope: fit.b } }),
  }
}
