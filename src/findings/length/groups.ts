import type { Outcome } from '../../record/index.ts'
import { valueOf, type Group } from '../groups.ts'
import type { Denominator, Policies } from '../finding.ts'

/** What every number here says of its trials: how the ungraded were treated, and the levels that all of them shared. */
export function policiesOf(rows: readonly Outcome[], { conditions }: Pick<Group, 'conditions'>): Policies {
  const [first] = rows
  const shared = Object.entries(first?.cell ?? {}).filter(
    ([name, level]) => !(name in conditions) && rows.every((row) => row.cell[name] === level),
  )
  return {
    invalid: 'left out and counted',
    missing: 'left out and counted',
    cluster: 'task',
    ...(shared.length > 0 && { held: shared.map(([name, level]) => `${name} ${level}`).join(', ') }),
  }
}

/** Valid rows that have all of these measures, with the denominator that tells of the others. */
export function having(
  rows: readonly Outcome[],
  measures: readonly string[],
): { readonly rows: readonly Outcome[]; readonly n: Denominator } {
  const kept = rows.filter((row) => measures.every((measure) => valueOf(row, measure) !== undefined))
  const invalid = rows.filter((row) => row.status === 'invalid').length
  const tasks = new Set(kept.map((row) => row.task)).size
  return {
    rows: kept,
    n: { trials: kept.length, tasks, clusters: tasks, invalid, missing: rows.length - kept.length - invalid },
  }
}
