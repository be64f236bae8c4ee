import type { JsonObject, Outcome } from '../record/index.ts'
import type { Reading, Plan } from '../study/index.ts'
import type { Finding } from '../findings/index.ts'

/** A run as it is compared with others. */
export interface RunRead {
  readonly run: string
  readonly createdAt: string
  /** As recorded when the run began, with the identities of its models. */
  readonly design: JsonObject
  readonly designHash: string
  readonly plan: Plan
  readonly outcomes: readonly Outcome[]
  readonly reading: Reading
}

/** A finding's conditions with the factors that its run held still: what another run must match. */
export function fullConditions(run: RunRead, finding: Finding): Readonly<Record<string, string>> {
  const still = Object.entries(run.plan.cells[0] ?? {}).filter(([factor]) => !run.plan.varied.includes(factor))
  return { ...Object.fromEntries(still), ...finding.conditions }
}
