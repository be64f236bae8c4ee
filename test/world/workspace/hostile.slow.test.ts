import { describe, expect, test } from 'vitest'
import { bubblewrap, docker } from '../../../src/world/index.ts'
import { playHostile } from './hostile.ts'

const LIMITS = { memoryBytes: 64 << 20, processes: 40, outputBytes: 16 << 10, diskBytes: 4 << 20, files: 800 }
const ACTS = 40

for (const kind of [bubblewrap, docker()]) {
  const ready = kind.ready()
  const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''
  describe.skipIf(skipped !== '')(`${kind.name}${skipped}`, () => {
    test('whatever an agent does, its trial is not invalid and its record is bounded', async () => {
      const seeds = ['1', '2', '3', '4', '5', '6', '7', '8']
      const { outcomes, bytes, versions } = await playHostile(kind, { ...LIMITS, ms: 600 }, seeds, ACTS)
      expect(outcomes.filter(({ status }) => status === 'invalid').map(({ stop }) => stop)).toEqual([])
      expect(outcomes).toHaveLength(seeds.length)
      // Each may write the disk full sixteen times; the rest is what was said, and short.
      expect(bytes).toBeLessThan(seeds.length * (16 * LIMITS.diskBytes + ACTS * (8 << 20)))
      expect(versions[kind.name]).toMatch(/^\d+\.\d+/)
    })
  })
}
