import { z } from 'zod'
import { hashOf, json, keyed } from '../record/index.ts'
import type { Brief } from './brief.ts'
import { answers, type ClaimTest } from './claim-test.ts'
import type { RunEvidence } from './evidence.ts'

/** The run that decides a claim, as it was when the two were linked. */
export interface FindingLink {
  readonly run: string
  /** Hash of the run's rows: rows that changed since decide nothing. */
  readonly data?: string
  /** Hash of the claim's test: a test that changed since decides nothing. */
  readonly test?: string
}

export const findingLink: z.ZodType<FindingLink> = z.strictObject({
  run: z.string().describe('Name of the run whose finding decides the claim.'),
  data: z.string().exactOptional().describe("Hash of the run's rows, written by assay brief link."),
  test: z.string().exactOptional().describe("Hash of the claim's test, written by assay brief link."),
})

/** All that a test says, the moment it was fixed included. Made of a study's first names, so that no link breaks as they change. */
export function testHash(test: ClaimTest): string {
  return hashOf(keyed(test.study, json.parse(test)))
}

/**
 * Links a run, by name and hashes, to the claims whose test one of its findings answers and that have no run yet, or
 * have this one. What is linked already keeps its hashes, unless `replace` is given.
 *
 * @param replace replace the hashes of claims that this run is linked to already
 */
export function linkRun(value: Brief, { run, reading }: Pick<RunEvidence, 'run' | 'reading'>, replace = false): Brief {
  return {
    ...value,
    claims: value.claims.map((claim) => {
      const { test, finding } = claim
      if (test === undefined || !reading.findings.some((each) => answers(each, test))) return claim
      if (finding !== undefined && finding.run !== run) return claim
      if (finding?.data !== undefined && finding.test !== undefined && !replace) return claim
      return { ...claim, finding: { run, data: reading.dataHash, test: testHash(test) } }
    }),
  }
}
