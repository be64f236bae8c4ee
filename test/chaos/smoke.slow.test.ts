import { expect, test } from 'vitest'
import { chaos, chaosTable } from './chaos.ts'

// The same for as long as one wishes: npm run chaos -- --minutes 10
test('killed, torn, out of disk, badly served and vandalised for half a minute, runs end as undisturbed ones', async () => {
  const done = await chaos(30_000, 'smoke')
  expect(done.differences).toEqual([])
  expect(chaosTable(done)).toContain('| differences | | 0 |')
  expect([...done.rounds.values()].length).toBeGreaterThan(0)
})
