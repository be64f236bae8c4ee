/**
 * Made tables of ten kinds of oddity, each of which the data report should flag, and tables in which nothing is odd, of
 * which it should flag none. Every draw is seeded.
 *
 *     npx node test/rows/anomalies/try.ts
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { audit } from '../../../src/audit/index.ts'
import { ODD_CELLS } from './cells.ts'
import { CLEAN } from './clean.ts'
import type { Made } from './made.ts'
import { ODD_STATEMENTS } from './statements.ts'
import { CLEAN_UNSEEN, ODD_UNSEEN } from './unseen.ts'

/** What the data report says of a table: `check: text`. */
async function flagged(made: Made): Promise<readonly string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-test-'))
  try {
    const file = path.join(folder, `rows.${made.format ?? 'csv'}`)
    fs.writeFileSync(file, made.content)
    const { kind, map = {} } = made
    const { report } = await audit(file, { kind, map, version: 'test' })
    return report.map(({ check, text }) => `${check}: ${text}`)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** All tables, and what was missed or flagged for nothing. */
export interface Anomalies {
  /** Flagged, of how many, by the check that should see it. */
  readonly kinds: ReadonlyMap<string, readonly [flagged: number, of: number]>
  readonly missed: readonly string[]
  readonly clean: number
  readonly alarms: readonly string[]
}

export async function tryAnomalies(): Promise<Anomalies> {
  const kinds = new Map<string, [number, number]>()
  const missed: string[] = []
  for (const odd of [...ODD_CELLS, ...ODD_STATEMENTS, ...ODD_UNSEEN]) {
    const found = await flagged(odd)
    const seen = found.some((each) => each.startsWith(`${odd.check}:`))
    const [hits, of] = kinds.get(odd.check) ?? [0, 0]
    kinds.set(odd.check, [hits + (seen ? 1 : 0), of + 1])
    if (!seen) missed.push(`${odd.name} (${odd.check}); said: ${found.join(' | ')}`)
  }
  const alarms: string[] = []
  for (const clean of [...CLEAN, ...CLEAN_UNSEEN]) {
    const found = await flagged(clean)
    if (found.length > 0) alarms.push(`${clean.name}: ${found.join(' | ')}`)
  }
  return { kinds, missed, clean: CLEAN.length + CLEAN_UNSEEN.length, alarms }
}

if (import.meta.main) {
  const { kinds, missed, clean, alarms } = await tryAnomalies()
  for (const [kind, [hits, of]] of kinds) console.log(`${kind.padEnd(16)}${hits} of ${of}`)
  for (const each of missed) console.log(`missed: ${each}`)
  for (const each of alarms) console.log(`false alarm: ${each}`)
  const of = [...kinds.values()].reduce((all, [, each]) => all + each, 0)
  console.log(`flagged ${of - missed.length} of ${of} odd tables; ${alarms.length} of ${clean} clean tables flagged`)
}
