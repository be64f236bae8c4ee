import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { audit } from '../../src/audit/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { CLEAN, type Made, ODD } from './anomaly-tables.ts'

async function checksOf(made: Made): Promise<readonly string[]> {
  const file = path.join(temporaryFolder(), `rows.${made.format ?? 'csv'}`)
  fs.writeFileSync(file, made.content)
  const { report } = await audit(file, {
    kind: made.kind,
    version: 'test',
    ...(made.map !== undefined && { map: made.map }),
  })
  return report.map(({ check, text }) => `${check}: ${text}`)
}

test('of 40 tables with one oddity each, and 40 without, how many are told', async () => {
  const missed: string[] = []
  for (const odd of ODD) {
    const checks = await checksOf(odd)
    if (!checks.some((each) => each.startsWith(`${odd.check}:`))) missed.push(`${odd.name}: ${checks.join(' | ')}`)
  }
  const alarms: string[] = []
  for (const clean of CLEAN) {
    const checks = await checksOf(clean)
    if (checks.length > 0) alarms.push(`${clean.name}: ${checks.join(' | ')}`)
  }
  console.log(
    `flagged ${ODD.length - missed.length} of ${ODD.length}; false alarms ${alarms.length} of ${CLEAN.length}`,
  )
  console.log([...missed, ...alarms].join('\n'))
  expect([ODD.length, CLEAN.length]).toEqual([40, 40])
  expect(missed.length).toBeLessThanOrEqual(4)
  expect(alarms.length).toBeLessThanOrEqual(2)
}, 120_000)
