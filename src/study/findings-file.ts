import type { Reading } from './analyse.ts'

/**
 * The format of `findings.json`. 1, which has no number, told kinds by the names of quantities and kept the replicates of
 * bootstraps; 2 had other names for levels and for fields of control checks. Findings are derived, so whoever finds an older file reads the rows again.
 */
const FORMAT = 3

/** What `findings.json` holds: all that a run says, its control checks once and not again in every finding. */
export function findingsFile(reading: Reading): string {
  const findings = reading.findings.map((finding) => ({ ...finding, controls: undefined }))
  return `${JSON.stringify({ format: FORMAT, ...reading, findings }, null, 2)}\n`
}
