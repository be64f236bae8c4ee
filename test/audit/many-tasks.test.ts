import { expect, test } from 'vitest'
import { auditRows, found } from './made-table.ts'

test('rate: more tasks than a call takes arguments', async () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => ({ task: i, score: i % 3 === 0 ? 1 : 0 }))
  const made = await auditRows(rows, { kind: 'rate' })
  expect(found(made, 'rate')).toMatchObject({ n: { trials: 150_000 }, estimate: { value: 1 / 3 } })
})
