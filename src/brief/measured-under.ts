import { AssayError } from '../assay-error.ts'
import { readEvents, runPaths, type Outcome } from '../record/index.ts'
import type { Finding } from '../findings/index.ts'

/** A trial under a finding, with the event of its journal that holds what was measured. */
export interface MeasuredTrial {
  readonly row: Outcome
  /** The trial's own value, in the finding's unit; absent where the measure is missing. */
  readonly value?: number
  readonly journal: string
  /** The number of the event in the journal. */
  readonly event: number
}

/** What was measured stands near a journal's end. */
const NEAR_END = 8

/**
 * Trials whose rows have a finding's conditions, in the order of the rows.
 *
 * @param mostRead journals that are looked into for the very event; of the others the last event is named (default: all are)
 */
export function measuredUnder(
  finding: Finding,
  { folder, outcomes }: { readonly folder: string; readonly outcomes: readonly Outcome[] },
  mostRead: number = Number.POSITIVE_INFINITY,
): readonly MeasuredTrial[] {
  const measure = /\((?<name>[\w-]+)/.exec(finding.quantity)?.groups?.['name'] ?? ''
  const paths = runPaths(folder)
  return outcomes
    .filter((row) => hasConditions(row, finding))
    .map((row, index) => {
      const journal = paths.trial(row.trial)
      const value = row.values[measure]
      return {
        row,
        ...(typeof value === 'number' && { value }),
        journal,
        event: index < mostRead ? measuredAt(journal, row) : lastOf(row),
      }
    })
}

function hasConditions(row: Outcome, { conditions }: Finding): boolean {
  return Object.entries(conditions).every(([name, level]) => (name === 'agent' ? row.agent : row.cell[name]) === level)
}

/** The event that holds what the study measured; the last one where the journal does not say. */
function measuredAt(journal: string, row: Outcome): number {
  try {
    const { events } = readEvents(journal, { from: Math.max(0, row.events - NEAR_END), to: row.events })
    return events.findLast((event) => event.type === 'grade')?.seq ?? lastOf(row)
  } catch (cause) {
    if (cause instanceof AssayError) return lastOf(row)
    throw cause
  }
}

function lastOf(row: Outcome): number {
  return Math.max(0, row.events - 1)
}
