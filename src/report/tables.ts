import type { ControlReading } from '../findings/index.ts'
import type { Reading } from '../study/index.ts'
import { counted, plain } from './plain.ts'
import { conditionsText } from './values.ts'
import { findingParts } from './line.ts'

/** A table as text: every row has as many cells as the head. */
export interface TextTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** One row a finding, in the order of the study's analyses. */
export function readingTable({ findings }: Pick<Reading, 'findings'>): TextTable {
  return {
    head: ['finding', 'conditions', 'estimate', 'interval', 'sample', 'analysis'],
    rows: findings.map((finding) => {
      const { title, conditions, estimate, interval, n, flags } = findingParts(finding)
      return [title, conditions, estimate, interval, n, flags.join(', ')]
    }),
  }
}

/** One row a check of a control, of a run or of those that bear on a finding: what was expected, and what was measured. */
export function controlsTable({ controls }: { readonly controls: readonly ControlReading[] }): TextTable {
  return {
    head: ['control', 'measure', 'cell', 'expected', 'measured', 'trials', 'result'],
    rows: controls.map((reading) => [
      plain(reading.control),
      plain(reading.measure),
      conditionsText(reading.cell),
      reading.expected,
      reading.measured,
      counted(reading.trials, 'trial'),
      reading.passed ? 'pass' : 'FAIL',
    ]),
  }
}
