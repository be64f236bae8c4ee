import { expect, test } from 'vitest'
import { justBash } from '../../../src/world/index.ts'
import { playHostile } from './hostile.ts'

test('whatever an agent does in just-bash, its trial is not invalid; the run says which version of it ran', async () => {
  const played = await playHostile(justBash, { ms: 200, diskBytes: 4 << 20, files: 800 }, ['fast'], 40)
  expect(played.outcomes.map(({ status, stop }) => `${status}: ${stop}`)).toEqual(['limit: turns'])
  expect(played.versions['just-bash']).toMatch(/^\d+\.\d+\.\d+/)
})
