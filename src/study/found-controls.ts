import { type AnalysisInput, type Analysed, type ControlReading, format, type Unit } from '../findings/index.ts'
import type { Study } from './study.ts'

/** So wide that a true instrument misreads one control in ten thousand. */
const LEVEL = 0.9999

/**
 * What the study's findings say of controls whose numbers are known, such as a half-life. A finding that the rows leave
 * without an estimate (too few lengths, say) is no reading; one without any valid trial does not read true. Where all
 * clusters are alike there is no interval, and what they all say is read.
 */
export function readFoundControls(study: Study, input: AnalysisInput): readonly ControlReading[] {
  return Object.entries(study.controls).flatMap(([name, { finds }]) => {
    if (finds === undefined) return []
    const rows = input.rows.filter((row) => row.control && row.agent === `control/${name}`)
    return study.findings
      .flatMap((analysis) => analysis.run({ ...input, rows, level: LEVEL }))
      .flatMap((found) => {
        const known = finds[found.quantity]?.(found.conditions)
        return known === undefined ? [] : readingOf(name, found, known)
      })
  })
}

function readingOf(
  control: string,
  { quantity, conditions, estimate, unit, n }: Analysed,
  known: number,
): readonly ControlReading[] {
  const alike = estimate.type === 'not-estimable' && n.clusters > 1 ? estimate.value : undefined
  if (estimate.type === 'not-estimable' && alike === undefined && n.trials > 0) return []
  const { agent: _agent, ...cell } = conditions
  const interval = estimate.type === 'estimate' ? estimate.interval : pointOf(alike)
  return [
    {
      control,
      measure: quantity,
      cell,
      expected: `exactly ${format(known, unit)}`,
      measured: interval === undefined ? 'nothing' : rangeText(interval, unit),
      trials: n.trials,
      passed: interval !== undefined && interval.low <= known && known <= interval.high,
    },
  ]
}

interface Range {
  readonly low: number
  readonly high: number
}

function pointOf(value: number | undefined): Range | undefined {
  return value === undefined ? undefined : { low: value, high: value }
}

function rangeText({ low, high }: Range, unit: Unit): string {
  return low === high ? format(low, unit) : `between ${format(low, unit)} and ${format(high, unit)}`
}
