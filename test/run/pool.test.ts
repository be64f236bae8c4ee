import { describe, expect, test } from 'vitest'
import { pool } from '../../src/run/pool.ts'

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('the pool', () => {
  test('does every item once, in order, never more than allowed at a time', async () => {
    const begun: number[] = []
    let now = 0
    let most = 0
    await pool([5, 1, 4, 1, 3, 2, 1, 1], 3, async (ms) => {
      begun.push(ms)
      most = Math.max(most, ++now)
      await rest(ms)
      now--
    })
    expect(begun).toEqual([5, 1, 4, 1, 3, 2, 1, 1])
    expect(most).toBe(3)
  })

  test('after an error takes nothing new, waits for what is under way, and throws the first', async () => {
    const done: number[] = []
    await expect(
      pool([1, 2, 3, 4, 5, 6], 2, async (item) => {
        await rest(item === 2 ? 1 : 10)
        if (item === 2) throw new Error('two')
        done.push(item)
      }),
    ).rejects.toThrow('two')
    expect(done).toEqual([1])
  })
})
