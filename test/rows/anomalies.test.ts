import { expect, test } from 'vitest'
import { tryAnomalies } from './anomalies/try.ts'

test('odd tables of ten kinds are flagged, clean ones are not', async () => {
  const { kinds, missed, clean, alarms } = await tryAnomalies()
  const odd = [...kinds.values()].reduce((all, [, of]) => all + of, 0)
  expect(kinds.size).toBeGreaterThanOrEqual(10)
  expect(Math.min(odd, clean)).toBeGreaterThanOrEqual(40)
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(odd / 20)
  expect(alarms.length, alarms.join('\n')).toBeLessThanOrEqual(clean / 20)
}, 120_000)
