import { LEFT_OUT, type Group } from '../groups.ts'
import type { Policies } from '../finding.ts'

/** What every number here says of its trials: how the ungraded were treated, and the levels that all of them shared. */
export function policiesOf({ rows, conditions }: Pick<Group, 'rows' | 'conditions'>): Policies {
  const [first] = rows
  const shared = Object.entries(first?.cell ?? {}).filter(
    ([name, level]) => !(name in conditions) && rows.every((row) => row.cell[name] === level),
  )
  return {
    ...LEFT_OUT,
    cluster: 'task',
    ...(shared.length > 0 && { held: shared.map(([name, level]) => `${name} ${level}`).join(', ') }),
  }
}
