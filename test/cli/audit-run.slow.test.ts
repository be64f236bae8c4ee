import { expect, test } from 'vitest'
import { assay, scratch } from './assay.ts'

test('a run is audited by its name, as the kinds of rows that its study has', async () => {
  const folder = scratch()
  const request = 'run horizon --controls only --name long --repeats 2 --set family=references,form --set length=1,8,32'
  const ran = await assay(folder, ...request.split(' '))
  expect([ran.code, ran.err]).toEqual([0, expect.not.stringContaining('assay:')])
  const { code, out } = await assay(folder, 'audit', 'long', '--as', 'horizon')
  expect(code).toBe(0)
  expect(out).toContain('long as horizon')
  expect(out).toMatch(/control\/idle\s+h50\s+0 \(no run succeeded: the horizon is 0\)/)
  expect(out).toMatch(/control\/erring\s+h50/)

  const other = await assay(folder, 'audit', 'long', '--as', 'earnings')
  expect(other).toMatchObject({
    code: 2,
    err: 'assay: The study horizon has no rows for an audit as earnings. It has those of: horizon.\n',
  })
  const none = await assay(folder, 'audit', 'no-such.csv', '--as', 'horizon')
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('no-such.csv')])
})
