export const VERDICTS: readonly ['supported', 'contradicted', 'unresolved', 'uncalibrated', 'unvalidated', 'untested'] =
  ['supported', 'contradicted', 'unresolved', 'uncalibrated', 'unvalidated', 'untested']

/** What the evidence says of a claim. */
export type VerdictStatus = (typeof VERDICTS)[number]
