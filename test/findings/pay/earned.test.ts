import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { audit } from '../../../src/audit/index.ts'
import { earned, pricesOf, paidWorkOf } from '../../../src/findings/pay/index.ts'
import type { Outcome } from '../../../src/record/index.ts'
import { estimateOf, findings, only, row } from '../length/rows.ts'

const PRICES = [100, 100, 600, 200]

/** Four tasks by two agents; one agent's dearest task could not be tested. */
const rows = ['control/right', 'other'].flatMap((agent) =>
  PRICES.map((dollars, i) =>
    row({
      agent,
      task: `t${i}`,
      values: { success: agent === 'control/right' || i === 0 ? 1 : 0, price: 100 * dollars },
      cost: { type: 'known', dollars: 1 },
      ...(agent === 'other' && i === 2 && { status: 'invalid' as const, values: {} }),
    }),
  ),
)

const analysis = earned('success', { price: 'price' })

test('an invalid trial could not be tested; its price stands in another trial of the same task', () => {
  const other = findings(analysis, rows).filter(({ conditions }) => conditions['agent'] === 'other')
  expect(only(other, 'offered').estimate.value).toBe(100_000)
  expect(only(other, 'earned').estimate.value).toBe(10_000)
  expect(only(other, 'earned share').estimate.value).toBeCloseTo(1 / 4)
  expect(only(other, 'earned share, untested as zero').estimate.value).toBeCloseTo(1 / 10)
  expect(only(other, 'done').estimate.value).toBeCloseTo(1 / 3)
  expect(only(other, 'untested').estimate.value).toBe(0.25)
  expect(only(other, 'cost').estimate.value).toBe(400)
})

test('the same trials as rows of a table read the same', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-test-'))
  try {
    const file = path.join(folder, 'rows.jsonl')
    const prices = pricesOf(rows, 'price')
    fs.writeFileSync(file, rows.map((each) => `${JSON.stringify(lineOf(each, prices))}\n`).join(''))
    const audited = await audit(file, { kind: 'earnings', seed: 's', version: 'test' })
    const own = findings(analysis, rows)
    expect(
      audited.findings.map(({ quantity, conditions, estimate, n }) => ({ quantity, conditions, estimate, n })),
    ).toEqual(own.map(({ quantity, conditions, estimate, n }) => ({ quantity, conditions, estimate, n })))
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

function lineOf(each: Outcome, prices: ReadonlyMap<string, number>): object {
  const { task, price, right, tested, cost } = paidWorkOf(each, 'success', prices)
  return {
    agent: each.agent,
    task,
    price,
    score: right === undefined ? null : Number(right),
    tested: Number(tested),
    cost,
  }
}

test('trials in clusters have clustered intervals: repeats of a task tell less than as many tasks', () => {
  // Each task succeeds always or never: 20 trials say no more than 5 tasks.
  const alike = [1, 1, 0, 0, 0].flatMap((success, i) => Array.from({ length: 4 }, () => trial(`t${i}`, success)))
  const done = only(findings(analysis, alike), 'done')
  expect(done.n).toMatchObject({ trials: 20, clusters: 5 })
  expect(done.method).toBe('Korn–Graubard exact, clustered')
  // By scipy.stats.beta at the effective sample size 2.2732 of 5 clusters.
  expect(estimateOf(done).interval).toMatchObject({
    low: expect.closeTo(0.0072027, 6),
    high: expect.closeTo(0.9622825, 6),
  })
  const lost = only(findings(analysis, [...alike, trial('t0', 0, 'invalid'), trial('t5', 0, 'invalid')]), 'untested')
  expect(lost.method).toBe('Korn–Graubard exact, clustered')
  const alone = only(
    findings(
      analysis,
      alike.filter((_, i) => i % 4 === 0),
    ),
    'done',
  )
  expect(alone.method).toBe('Wilson score')
  const [first] = alike
  const one = only(findings(analysis, first === undefined ? [] : [first, first]), 'done')
  expect(one.estimate).toMatchObject({ type: 'not-estimable', value: 1 })
})

function trial(task: string, success: number, status?: 'invalid'): Outcome {
  const values = status === undefined ? { success, price: 100 } : {}
  return row({ agent: 'other', task, values, ...(status !== undefined && { status }) })
}
