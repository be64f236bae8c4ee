import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { audit } from '../../../src/audit/index.ts'
import { earnings } from '../../../src/studies/earnings/index.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { played } from '../horizon/played.ts'

test('an able worker earns all, an idle one nothing, a choosy one a larger share of dollars than of tasks', async () => {
  const { reading, outcomes } = await played(earnings, { family: ['references', 'form'], size: ['1', '4', '16'] }, 2)
  expect(reading.controls.filter((each) => !each.passed)).toEqual([])
  const whole = (quantity: string, agent: string) =>
    reading.findings.find(
      ({ quantity: name, conditions }) =>
        name === quantity && conditions['agent'] === `control/${agent}` && conditions['family'] === undefined,
    )
  expect(whole('earned share', 'able')?.estimate.value).toBe(1)
  expect(whole('earned share', 'idle')?.estimate.value).toBe(0)
  // 20 and 30 cents a step: of the sizes 1, 4 and 16 only the last pays two dollars.
  expect(whole('earned share', 'choosy')?.estimate.value).toBeCloseTo(16 / 21)
  expect(whole('done', 'choosy')?.estimate.value).toBeCloseTo(1 / 3)
  expect(whole('offered', 'able')?.estimate.value).toBe(2 * 21 * (20 + 30))

  const file = path.join(temporaryFolder(), 'rows.jsonl')
  const lines = earnings.rows?.['earnings']?.(outcomes) ?? []
  fs.writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const audited = await audit(file, { kind: 'earnings', version: 'test' })
  for (const agent of ['able', 'idle', 'choosy'])
    for (const quantity of ['offered', 'earned', 'earned share', 'done', 'untested', 'cost']) {
      const other = audited.findings.find(
        (each) =>
          each.quantity === quantity &&
          each.conditions['agent'] === `control/${agent}` &&
          each.conditions['kind'] === undefined,
      )
      const own = whole(quantity, agent)?.estimate.value ?? NaN
      // Rows come in another order, and sums of floating numbers with them.
      expect([quantity, other?.estimate.value]).toEqual([quantity, expect.closeTo(own, 9)])
    }
})
