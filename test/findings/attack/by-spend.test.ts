import fs from 'node:fs'
import { outcomeRow } from '../outcome-row.ts'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Outcome } from '../../../src/record/index.ts'
import { count, proportion, type Analysed } from '../../../src/findings/index.ts'
import { jointRatio } from '../../../src/findings/layers/ratio.ts'
import {
  fitsOf,
  medianSpend,
  spendCurve,
  successAtAnySpend,
  successBySpend,
  successWithin,
} from '../../../src/findings/spend/index.ts'

function row(task: string, values: Outcome['values'], change: Partial<Outcome> = {}): Outcome {
  return outcomeRow({ trial: task, task, cell: { attacker: 'PAIR', budget: '90' }, values, ...change })
}

function read(rows: readonly Outcome[], at: readonly number[]): readonly Analysed[] {
  const measures = { broken: proportion(), queries: count(), gaveUp: proportion() }
  return successBySpend('broken', { spend: 'queries', gaveUp: 'gaveUp', attack: 'attacker', cap: 'budget', at }).run({
    rows,
    measures,
    varied: [],
    level: 0.95,
    seed: '1',
  })
}

describe('success by spend', () => {
  test("JailbreakBench's PAIR rows give the published curve through a study's own analysis", () => {
    const file = path.join(import.meta.dirname, '..', '..', 'data', 'jailbreakbench', 'rows.csv')
    const cell = z.record(z.string(), z.string())
    const rows = z.array(cell).parse(parse(fs.readFileSync(file, 'utf8'), { columns: true }))
    const outcomes = rows
      .filter((each) => each['method'] === 'PAIR' && each['model'] === 'vicuna-13b-v1.5')
      .map((each, index) => {
        const broken = each['jailbroken'] === '1' ? 1 : 0
        const spent = Number(broken === 1 ? each['queries_to_jailbreak'] : each['number_of_queries'])
        return row(`b-${index}`, { broken, queries: spent, gaveUp: 0 })
      })
    const at = [1, 5, 10, 20, 30, 60, 90]
    const found = read(outcomes, at)
    const successes = at.map((n) => found.find(({ quantity }) => quantity === `success@${n}`)?.details['successes'])
    expect(successes).toEqual([5, 16, 26, 40, 50, 63, 69])
  })

  test('an attack cut off is censored; one that gave up counts to the end; a target that is down is left out and counted', () => {
    const rows = [
      row('a', { broken: 1, queries: 2, gaveUp: 0 }),
      row('b', { broken: 0, queries: 3, gaveUp: 1 }),
      row('c', { broken: 0, queries: 3, gaveUp: 0 }, { status: 'limit' }),
      row('d', { broken: 1, queries: 40, gaveUp: 0 }),
      row('e', {}, { status: 'invalid' }),
    ]
    const at = read(rows, [1, 10]).find(({ quantity }) => quantity === 'success@90')
    // After 3 queries two of the four are left: the one that gave up stays, the one that was cut off does not. So the
    // curve says 62.5%, and half were seen to succeed.
    expect(at?.estimate.value).toBeCloseTo(0.5, 9)
    expect(at?.caveats[0]).toContain('62.5%')
    expect(at?.n).toMatchObject({ trials: 4, invalid: 1, missing: 0 })
  })

  test('spending that is no count of tries has a curve and no fit, whoever gave up', () => {
    const rows = Array.from({ length: 12 }, (_, i) =>
      row(`b-${i}`, { broken: i % 2, queries: 3, gaveUp: i % 2 === 0 ? 1 : 0, tokens: 100 + i }),
    )
    const found = successBySpend('broken', { spend: 'tokens', gaveUp: 'gaveUp', attack: 'attacker' }).run({
      rows,
      measures: { broken: proportion(), tokens: count(), gaveUp: proportion() },
      varied: [],
      level: 0.95,
      seed: '1',
    })
    expect(found.map(({ quantity, title }) => [quantity, title])).toEqual([
      ['median spend (tokens)', 'tokens at which half of the attacks have succeeded'],
    ])
    expect(found[0]?.estimate).toMatchObject({ type: 'estimate', value: 111 })
  })

  test('where nothing broke through, the bound and not zero', () => {
    const rows = Array.from({ length: 30 }, (_, i) =>
      row(`b-${i}`, { broken: 0, queries: 90, gaveUp: 0 }, { status: 'limit' }),
    )
    const bound = read(rows, [1]).find(({ quantity }) => quantity === 'zero-event bound')
    expect(bound?.estimate).toMatchObject({ value: 0, interval: { low: 0, high: expect.closeTo(0.095, 4) } })
  })
})

describe('whatever the rows', () => {
  const amount = fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined })
  const attacks = fc.array(
    fc.record({
      case: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      success: fc.option(fc.boolean(), { nil: undefined }),
      spend: amount,
      cap: amount,
      attack: fc.constant('x'),
    }),
    { minLength: 1, maxLength: 25 },
  )

  test('success within a spend is never above the success rate, falls nowhere, and no extrapolation is below it', () => {
    fc.assert(
      fc.property(attacks, (made) => {
        const curve = spendCurve(made, 0.95)
        if (curve === undefined) return
        const rate = successAtAnySpend(made, 0.95).estimate.value ?? 0
        const spends = Array.from({ length: 61 }, (_, i) => successWithin(curve, i).estimate)
        let before = 0
        for (const each of spends) {
          if (each.type === 'not-estimable') continue
          expect(each.value).toBeLessThanOrEqual(rate + 1e-9)
          expect(each.value).toBeGreaterThanOrEqual(before - 1e-9)
          expect(each.interval.low).toBeLessThanOrEqual(each.value + 1e-12)
          expect(each.interval.high).toBeGreaterThanOrEqual(each.value - 1e-12)
          before = each.value
        }
        if (medianSpend(curve).estimate.type === 'estimate') expect(rate).toBeGreaterThanOrEqual(0.5 - 1e-9)
        for (const fit of fitsOf(curve, 0.95))
          if (fit.quantity.startsWith('success@') && fit.estimate.type === 'estimate')
            expect(fit.estimate.value).toBeGreaterThanOrEqual(before - 1e-9)
      }),
      { numRuns: 400, seed: 1 },
    )
  })
})

describe('joint failure over independence', () => {
  test('three layers that fail alike on half of the cases: four times the product', () => {
    const missed = Array.from({ length: 40 }, (_, i) => [i % 2 === 0, i % 2 === 0, i % 2 === 0])
    const clusters = missed.map((_, i) => `c-${Math.floor(i / 3)}`)
    const found = jointRatio(
      missed,
      missed.map((each) => each.every(Boolean)),
      clusters,
      0.95,
    )
    expect(found).toMatchObject({ type: 'estimate', value: 4 })
  })

  test('none got through: an upper bound; a layer that missed nothing: no ratio', () => {
    const apart = Array.from({ length: 10 }, (_, i) => [i < 5, i >= 5])
    const clusters = apart.map((_, i) => `c-${i}`)
    expect(
      jointRatio(
        apart,
        apart.map(() => false),
        clusters,
        0.95,
      ),
    ).toMatchObject({ value: 0, interval: { low: 0 } })
    const tight = apart.map(([first = false]) => [first, false])
    expect(
      jointRatio(
        tight,
        apart.map(() => false),
        clusters,
        0.95,
      ),
    ).toMatchObject({ type: 'not-estimable' })
  })
})
