import { expect, test } from 'vitest'
import { briefStatus } from '../../src/brief/index.ts'
import { BRIEF, made, run } from './made.ts'

test('a claim whose interval reaches the threshold is told how to learn what would decide it', () => {
  const { claims } = briefStatus(BRIEF, [run([made({ value: 520, low: 450, high: 590 })])])
  expect(claims[0]).toMatchObject({ status: 'unresolved', next: "npx assay power vending --quantity 'mean(netWorth)'" })
})
