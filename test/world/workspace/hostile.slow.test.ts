import { describe, expect, test } from 'vitest'
import { bubblewrap, justBash } from '../../../src/world/index.ts'
import { playHostile } from './hostile.ts'

const LIMITS = { memoryBytes: 64 << 20, processes: 40, outputBytes: 16 << 10, diskBytes: 4 << 20, files: 800 }
const ACTS = 40

for (const kind of [justBash, bubblewrap]) {
  const ready = kind.ready()
  const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''
  describe.skipIf(skipped !== '')(`${kind.name}${skipped}`, () => {
    test('whatever an agent does, its trial is not invalid and its record is bounded', async () => {
      const seeds = ['1', '2', '3', '4', '5', '6', '7', '8']
      const { outcomes, bytes, versions } = await playHostile(kind, { ...LIMITS, ms: 600 }, seeds, ACTS)
      expect(outcomes.map(({ status, stop }) => `${status}: ${stop}`)).toEqual(seeds.map(() => 'limit: turns'))
      // No act of all of them can leave more than the disk holds.
      expect(bytes).toBeLessThan(seeds.length * ACTS * LIMITS.diskBytes)
      expect(versions[kind.name]).toMatch(/^\d+\.\d+/)
    })
  })
}
