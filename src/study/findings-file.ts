import type { Reading } from './analyse.ts'

/**
 * The format of `findings.json`. 1, which has no number, told kinds by the names of quantities and kept the replicates of
 * bootstraps. Findings are derived, so whoever finds an older file reads the rows again.
 */
const FORMAT = 2

/** What `findings.json` holds: all that a run says, its control checks once and not again in every finding. */
export function findingsFile({ findings, ...reading }: Reading): string {
  const slim = findings.map(({ controls: _, ...rest }) => rest)
  return `${JSON.stringify({ format: FORMAT, ...reading, findings: slim }, null, 2)}\n`
}
