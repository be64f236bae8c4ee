import { expect, test } from 'vitest'
import { justBash } from '../../../src/world/index.ts'
import { playHostile } from './hostile.ts'

test('whatever an agent does in just-bash, its trial is not invalid', async () => {
  const seeds = ['1', '2', '3', '4', '5', '6', '7', '8']
  const { outcomes } = await playHostile(justBash, { ms: 300, diskBytes: 4 << 20, files: 800 }, seeds, 40)
  expect(outcomes.map(({ status, stop }) => (status === 'invalid' ? stop : 'fine'))).toEqual(seeds.map(() => 'fine'))
})
