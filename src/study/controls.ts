import { agentOfControl, type Outcome } from '../record/index.ts'
import { describe, meets } from './expectation.ts'
import { average, type ControlReading, valueText, groupsBy, valueOf } from '../findings/index.ts'
import type { Study } from './study.ts'

/**
 * What the study's controls were known to read, beside what they read in these rows. A control whose trials are all
 * invalid or missing does not read true: silence proves nothing.
 */
export function readControls(study: Study, rows: readonly Outcome[]): readonly ControlReading[] {
  return Object.entries(study.controls).flatMap(([name, control]) => {
    // A trial that had no room for a first reply says nothing of the instrument either.
    const own = rows.filter((row) => row.control && row.agent === agentOfControl(name) && row.neverAsked !== true)
    return groupsBy(own, Object.keys(study.factors)).flatMap(({ conditions, rows: group }) =>
      Object.entries(control.reads).flatMap(([measure, reads]) => {
        const expectation = reads?.(conditions)
        const unit = study.outcome[measure]?.unit ?? 'score'
        if (expectation === undefined) return []
        const values = group.map((row) => valueOf(row, measure))
        const known = values.filter((value) => value !== undefined)
        return [
          {
            control: name,
            of: 'trials' as const,
            measure,
            cell: conditions,
            expected: describe(expectation, unit),
            measured: measuredText(expectation.type === 'share' ? [average(known)] : known, (value) =>
              valueText(value, unit),
            ),
            trials: group.length,
            passed: known.length === values.length && known.length > 0 && meets(known, expectation),
          },
        ]
      }),
    )
  })
}

function measuredText(values: readonly number[], print: (value: number) => string): string {
  if (values.length === 0) return 'nothing'
  const low = Math.min(...values)
  const high = Math.max(...values)
  return low === high ? print(low) : `${print(low)} to ${print(high)}`
}
