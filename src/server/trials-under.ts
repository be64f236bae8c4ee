import { measuredUnder } from '../brief/index.ts'
import type { OneRun } from '../project/index.ts'
import type { Finding } from '../findings/index.ts'
import { valueText } from '../report/index.ts'
import type { TrialUnder } from './api.ts'

/** Trials whose journals are looked into for the very event; of others the last event is named. */
const MOST_READ = 200

/** Trials under a finding in words, each with the journal event that holds what was measured. */
export function trialsUnder(finding: Finding, run: OneRun): readonly TrialUnder[] {
  return measuredUnder(finding, run, MOST_READ).map(({ row, event, value }) => {
    const cell = Object.entries(row.cell).map(([name, level]) => `${name}=${level}`)
    return {
      trial: row.trial,
      event,
      where: [...cell, `task ${row.task}`, `repeat ${row.repeat}`, row.status === 'invalid' ? 'invalid' : '']
        .filter((part) => part !== '')
        .join(', '),
      ...(value !== undefined && { value: valueText(value, finding.unit) }),
    }
  })
}
