import { expect, test } from 'vitest'
import { pick, randomFrom, shuffled, sortedByLot } from '../../src/record/index.ts'

const letters = ['a', 'b', 'c', 'd', 'e', 'f']

// Worlds, plans and attacks of old runs were drawn so: another order would be another trial under the same id.
test('what is drawn from a seed stays what it was', () => {
  expect(shuffled(letters, randomFrom('a')).join('')).toBe('edcbaf')
  expect(sortedByLot(letters, randomFrom('a')).join('')).toBe('bcefad')
  expect(pick(letters, () => 0.999)).toBe('f')
  expect(pick([], randomFrom('a'))).toBeUndefined()
})

test.each([shuffled, sortedByLot])('every order of three is as likely: %s', (order) => {
  const random = randomFrom('orders')
  const counts = new Map<string, number>()
  for (let draw = 0; draw < 6_000; draw++) {
    const drawn = order(['a', 'b', 'c'], random).join('')
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1)
  }
  // 1,000 each; four standard deviations are 115.
  expect(counts.size).toBe(6)
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(115)
})
