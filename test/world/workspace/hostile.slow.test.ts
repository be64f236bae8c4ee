import { expect, test } from 'vitest'
import { bubblewrap } from '../../../src/world/index.ts'
import { playHostile } from './hostile.ts'

const ready = bubblewrap.ready()
const skipped = ready.type === 'unavailable' ? ` (skipped: ${ready.why})` : ''
const LIMITS = { ms: 600, memoryBytes: 64 << 20, processes: 40, outputBytes: 16 << 10, diskBytes: 4 << 20, files: 800 }

test.skipIf(skipped !== '')(
  `whatever an agent does in bubblewrap, its trial is not invalid and its record is bounded${skipped}`,
  async () => {
    const seeds = ['1', '2', '3', '4', '5', '6', '7', '8']
    const { outcomes, bytes } = await playHostile(bubblewrap, LIMITS, seeds, 40)
    expect(outcomes.map(({ status, stop }) => (status === 'invalid' ? stop : 'fine'))).toEqual(seeds.map(() => 'fine'))
    expect(bytes).toBeLessThan(400 << 20)
  },
)
