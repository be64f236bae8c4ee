import { describe, expect, test } from 'vitest'
import { canonical, hashOf, randomFrom, seedFrom, trialId } from '../../src/record/index.ts'

const key = { study: 'toy', cell: { size: 'small', agent: 'control/a' }, task: 'one', repeat: 0, seed: 's/0' }

describe('a trial’s id', () => {
  test('is the same for ever', () => {
    expect(trialId(key)).toBe('36ab5d423136e9ab')
  })

  test('does not depend on the order in which a cell was written', () => {
    expect(trialId({ ...key, cell: { agent: 'control/a', size: 'small' } })).toBe(trialId(key))
  })

  test('differs with each of its parts', () => {
    const others = [
      { ...key, study: 'toys' },
      { ...key, cell: { ...key.cell, size: 'large' } },
      { ...key, task: 'two' },
      { ...key, repeat: 1 },
      { ...key, seed: 's/1' },
    ]
    expect(new Set([key, ...others].map(trialId)).size).toBe(6)
  })
})

test('canonical JSON sorts keys at every depth and keeps lists', () => {
  expect(canonical({ b: [2, { d: 1, c: null }], a: 'é' })).toBe('{"a":"é","b":[2,{"c":null,"d":1}]}')
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }))
})

test('random numbers are the same on every machine', () => {
  const random = randomFrom('order', 7, 0)
  // Computed apart, from SHA-256 and sfc32 written out in another language.
  expect(seedFrom('s/0', 3)).toBe(3_136_868_036)
  expect([random(), random(), random()]).toEqual([0.1478689252398908, 0.9946805173531175, 0.6786382114514709])
  const draw = randomFrom('uniform')
  const mean = Array.from({ length: 20_000 }, draw).reduce((sum, value) => sum + value, 0) / 20_000
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.01)
})
