import { expect, test } from 'vitest'
import { axisFor } from '../../src/report/index.ts'
import { made } from './findings.ts'

test('an axis of a change that came out as nothing holds its interval', () => {
  const { low, high, ticks } = axisFor([made({ kind: 'change', unit: 'proportion', value: 0, low: -0.49, high: 0.49 })])
  expect(low).toBeLessThanOrEqual(-0.49)
  expect(high).toBeGreaterThanOrEqual(0.49)
  expect(ticks.map(({ text }) => text)).toContain('0')
  expect(ticks.every(({ text }) => text.length < 6)).toBe(true)
})
