import { expect, it } from 'vitest'
import { spreadSeed } from '../../../src/model/local/seed.ts'

it('spreads small seeds over all bits, keeps different seeds apart and never gives the value that means the clock', () => {
  const spread = Array.from({ length: 10_000 }, (_, seed) => spreadSeed(seed))
  expect(new Set(spread).size).toBe(10_000)
  expect(spread.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 0xffff_ffff)).toBe(true)
  const high = spread.filter((seed) => seed >= 2 ** 31).length
  expect(Math.abs(high - 5_000)).toBeLessThan(200)
})
