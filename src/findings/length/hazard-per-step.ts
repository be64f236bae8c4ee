import { stepHazard } from '../../stats/index.ts'
import type { Analysis } from '../analysis.ts'
import type { Analysed } from '../finding.ts'
import { quantityTitle } from '../quantity-title.ts'
import { perGroup, type Pooling } from '../per-group.ts'
import { having } from '../groups.ts'
import { policiesOf } from './groups.ts'

/** Options of {@link hazardPerStep}. */
export interface HazardPerStepOptions<M extends string, F extends string> extends Pooling<F> {
  /** The measure that holds each trial's length in steps. */
  readonly length: M
}

/**
 * The chance of failing a step, from success by length: a trial of L steps comes through with (1 − p)^L. It asks not when
 * a trial failed, only whether, so an error that shows late is not taken for a late error. With it the half-life
 * ln 0.5/ln(1 − p), and whether the hazard rises or falls with the step (shape of a Weibull on the same data).
 */
export function hazardPerStep<const M extends string, const F extends string>(
  measure: M,
  options: HazardPerStepOptions<M, F>,
): Analysis<M, F, never> {
  const { length } = options
  return perGroup(`hazardPerStep(${measure} by ${length})`, measure, options, { length }, (group, { level }) => {
    const { rows: kept, n } = having(group.rows, [measure, length])
    const found = stepHazard(
      kept.map((row) => ({
        length: Number(row.values[length]),
        score: Number(row.values[measure]),
        task: row.task,
      })),
      level,
    )
    const shape = found.type === 'estimate' ? found.shape : undefined
    const base: Omit<Analysed, 'quantity' | 'title' | 'kind' | 'unit' | 'estimate'> = {
      subject: group.subject,
      conditions: group.conditions,
      n,
      method: 'constant hazard by maximum likelihood, profile likelihood interval',
      policies: { ...policiesOf(group), failed: 'when is not asked: only whether' },
      details: {
        ...(found.type === 'estimate' && { repeatCorrelation: found.rho }),
        ...(shape !== undefined && {
          shape: shape.value,
          shapeLow: shape.interval.low,
          shapeHigh: shape.interval.high,
          shapeP: shape.pValue,
          trend: trendOf(shape.interval),
        }),
      },
      caveats:
        shape !== undefined && shape.pValue < VARIES
          ? [
              `the hazard is not the same at every step: it ${shape.value > 1 ? 'rises' : 'falls'} (shape ${shape.value.toFixed(2)}, ${shape.interval.low.toFixed(2)} to ${shape.interval.high.toFixed(2)})`,
            ]
          : [],
      wrongIf: 'longer tasks differ from shorter ones in more than their number of steps',
    }
    const half =
      found.type !== 'estimate'
        ? found
        : found.value === 0
          ? {
              type: 'not-estimable' as const,
              reason: `nothing failed: the half-life is above ${Number(halfLife(found.interval.high).toPrecision(3))} steps`,
            }
          : {
              type: 'estimate' as const,
              value: found.halfLife,
              interval: {
                ...found.interval,
                low: halfLife(found.interval.high),
                high: halfLife(found.interval.low),
              },
            }
    return [
      {
        ...base,
        quantity: `hazard per step(${measure})`,
        title: quantityTitle(`hazard per step(${measure})`),
        kind: 'level',
        unit: 'proportion',
        estimate: found,
      },
      {
        ...base,
        quantity: `half-life(${measure})`,
        title: quantityTitle(`half-life(${measure})`),
        kind: 'time',
        unit: 'count',
        estimate: half,
      },
    ] satisfies readonly Analysed[]
  })
}

/** Below this p the hazard is said to vary. */
const VARIES = 0.05

function halfLife(hazard: number): number {
  return hazard <= 0 ? Infinity : Math.LN2 / -Math.log1p(-hazard)
}

function trendOf({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low > 1) return 'rises with the step'
  return high < 1 ? 'falls with the step' : 'consistent with constant'
}
