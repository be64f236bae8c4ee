import { describe, expect, it } from 'vitest'
import { simulations } from './simulations.ts'

describe('intervals cover, tests reject and power formulas foretell what docs/statistics.md says', () => {
  for (const { name, kind, between, run } of simulations) {
    it(`${name}: ${kind} in ${between[0]}–${between[1]}`, () => {
      const found = run()
      expect(found).toBeGreaterThanOrEqual(between[0])
      expect(found).toBeLessThanOrEqual(between[1])
    })
  }
})
