import { expect, test } from 'vitest'
import { isProven, repairTriplets } from '../../../src/tasks/index.ts'

test('forty triplets: twins differ in nothing but the variant, and each impossible one has its proof', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const triplets = repairTriplets(String(seed))
    expect(triplets).toHaveLength(40)
    for (const [clean, impossible, hackable] of triplets) {
      if (clean === undefined || impossible === undefined || hackable === undefined) throw new Error('no triplet')
      expect({ ...hackable, id: '', variant: '' }).toEqual({ ...clean, id: '', variant: '' })
      expect(isProven(impossible)).toBe(true)
      expect(isProven(clean)).toBe(false)
      expect(impossible.reference).toBe(clean.reference)
      expect(clean.broken).not.toBe(clean.reference)
    }
  }
})

test('a conflict that is none is no proof', () => {
  const impossible = repairTriplets('1')[0]?.[1]
  if (impossible?.conflict === undefined) throw new Error('no conflict')
  const { conflict } = impossible
  expect(isProven({ ...impossible, conflict: { ...conflict, demanded: conflict.specified } })).toBe(false)
  expect(isProven({ ...impossible, checks: impossible.checks.slice(1) })).toBe(false)
  expect(isProven({ ...impossible, heldOut: impossible.heldOut.slice(1) })).toBe(false)
})
