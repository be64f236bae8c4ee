import { expect, test } from 'vitest'
import { tryPolicies } from './policies/try.ts'

test('the policy under which a published number was counted is found, and none where there is none', async () => {
  const { tried, byChance, without } = await tryPolicies('held')
  const open = tried.filter(({ agrees }) => !agrees)
  expect(open.length).toBeGreaterThanOrEqual(30)
  expect(open.filter(({ found }) => !found).map(({ name }) => name)).toEqual([])
  expect(without).toBeGreaterThanOrEqual(30)
  expect(byChance.length).toBeLessThanOrEqual(2)
}, 60_000)
