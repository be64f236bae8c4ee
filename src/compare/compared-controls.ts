import { format, type Analysed, type ControlReading } from '../findings/index.ts'
import { controlNamed, type Outcome } from '../record/index.ts'
import type { Control } from '../study/index.ts'

/** Two sums that differ by less are one number to floating point. */
const ROUNDING = 1e-9

/**
 * The difference between two runs of a control whose value is known in both, held against what it must be: the same
 * arithmetic that compares agents must find it.
 *
 * @param measure what is compared
 * @param sides the control's trials in one cell, of each run
 * @returns undefined where the control is not known to read one value in both
 */
export function comparedControl(
  { quantity, conditions, subject, estimate, unit, n }: Analysed,
  measure: string,
  controls: Readonly<Record<string, Control>>,
  sides: readonly [from: readonly Outcome[], to: readonly Outcome[]],
): ControlReading | undefined {
  if (subject.type !== 'control') return undefined
  const name = controlNamed(subject.name)
  const [from, to] = sides.map(([row]) => (row === undefined ? undefined : controls[name]?.reads[measure]?.(row.cell)))
  if (from?.type !== 'exactly' || to?.type !== 'exactly') return undefined
  const known = to.value - from.value
  const { agent: _agent, ...cell } = conditions
  return {
    control: name,
    of: 'finding',
    measure: quantity,
    cell,
    expected: `exactly ${format(known, unit)}`,
    measured: estimate.value === undefined ? 'nothing' : format(estimate.value, unit),
    trials: n.trials,
    passed: estimate.value !== undefined && Math.abs(estimate.value - known) <= ROUNDING * Math.max(1, Math.abs(known)),
  }
}
