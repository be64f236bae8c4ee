import { describe, expect, test } from 'vitest'
import { mean } from '../../src/stats/index.ts'
import { auditRows, found, numbers } from './made-table.ts'

/** Ten people with nine pieces of work each, treated or not by a rule; a treated piece takes a quarter longer. */
const works = Array.from({ length: 90 }, (_, k) => {
  const [person, i] = [Math.floor(k / 9), k % 9]
  const treated = ((k * 7) % 11) % 2
  const size = 20 + ((k * 37) % 53)
  const slow = 1 + ((person * 3) % 7) / 4
  const time = size * slow * (treated === 1 ? 1.25 : 1) * (1 + (((k * k * 29) % 17) - 8) / 40)
  return { unit: `${person}/${i}`, cluster: person, treated, outcome: time, forecast: size }
})

describe('a trial of times', () => {
  // statsmodels 0.15.0 OLS with cov_type="cluster" on logarithms and on times, (n−1)/(n−k) taken out where no regression is named;
  // scipy.stats.t on 9 degrees of freedom.
  test.each([
    ['ratio', 1.32764746, 1.1610236, 1.51818428],
    ['difference', 23.3396567, 12.0901748, 34.5891386],
    ['ratio, adjusted', 1.23036159, 1.12540113, 1.34511119],
    ['forecast ratio', 1.08090992, 0.95464206, 1.22387887],
    ['ratio over forecast', 1.22826837, 1.12965636, 1.33548859],
  ])('%s', async (quantity, ...expected) => {
    const own = found(await auditRows(works, { kind: 'effect' }), quantity)
    expect(own.n).toEqual({ trials: 90, tasks: 90, clusters: 10, invalid: 0, missing: 0 })
    for (const [i, each] of numbers(own).entries()) expect(each).toBeCloseTo(expected[i] ?? NaN, 6)
  })

  test('a published ratio of means or medians is explained', async () => {
    const of = (treated: number): number[] =>
      works.filter((each) => each.treated === treated).map((each) => each.outcome)
    const made = await auditRows(works, { kind: 'effect' }, [`ratio=${(mean(of(1)) / mean(of(0))).toFixed(3)}`])
    expect(made.published[0]?.explainedBy[0]?.policy).toBe('ratio of the means, not of the geometric means')
  })

  test('strata have effects of their own, and the adjusted one holds them still', async () => {
    // All of the difference is that hard work was treated more often.
    const rows = Array.from({ length: 80 }, (_, k) => {
      const hard = k % 2 === 1
      const treated = (hard ? k % 8 !== 1 : k % 8 === 2) ? 1 : 0
      return {
        unit: k,
        treated,
        outcome: (hard ? 100 : 10) * (1 + ((k * 7) % 5) / 50),
        stratum: hard ? 'hard' : 'easy',
      }
    })
    const made = await auditRows(rows, { kind: 'effect' })
    expect(numbers(found(made, 'ratio'))[0]).toBeGreaterThan(2)
    expect(numbers(found(made, 'ratio, adjusted'))[0]).toBeCloseTo(1, 1)
    expect(numbers(found(made, 'ratio', { stratum: 'hard' }))[0]).toBeCloseTo(1, 1)
  })

  test('where an outcome is 0 there is a difference and no ratio; lost outcomes are counted by arm', async () => {
    const rows = works.map((row, i) => ({
      ...row,
      outcome: i === 0 ? 0 : row.treated === 1 && i % 5 === 0 ? '' : row.outcome,
    }))
    const made = await auditRows(rows, { kind: 'effect' })
    expect(found(made, 'ratio').estimate).toMatchObject({ reason: '1 outcomes of 0 or less have no ratio' })
    const { n, caveats, details } = found(made, 'difference')
    expect(n.missing).toBe(Number(Object(details['missing']).treated))
    expect(caveats[0]).toMatch(/^outcomes are missing in \d+\.\d% of the treated work and 0\.0% of the rest/)
  })
})

describe('a trial of outcomes that happen or not', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    unit: i,
    treated: i % 2,
    outcome: i % 2 === 1 ? (i < 20 ? 1 : 0) : i < 40 ? 1 : 0,
  }))

  test('has a relative risk and a difference in points', async () => {
    const made = await auditRows(rows, { kind: 'effect' })
    expect(numbers(found(made, 'ratio'))[0]).toBeCloseTo(0.5, 12)
    expect(found(made, 'difference')).toMatchObject({ kind: 'change', unit: 'proportion' })
    expect(numbers(found(made, 'difference'))[0]).toBeCloseTo(-1 / 3, 12)
    expect(found(made, 'rate', { treated: 'yes' }).unit).toBe('proportion')
  })

  test('without an event in one arm keeps an interval, or says why it has none', async () => {
    const none = rows.map((row) => ({ ...row, outcome: row.treated === 1 ? 0 : row.outcome }))
    const [value, low, high] = numbers(found(await auditRows(none, { kind: 'effect' }), 'ratio'))
    expect([value, low]).toEqual([0, 0])
    expect(high).toBeGreaterThan(0.05)
    expect(high).toBeLessThan(0.3)
    const turned = none.map((row) => ({ ...row, treated: 1 - row.treated }))
    expect(found(await auditRows(turned, { kind: 'effect' }), 'ratio').estimate).toEqual({
      type: 'not-estimable',
      reason: 'no event in the first arm, so the ratio has no value',
    })
  })

  test('all treated is no trial', async () => {
    const made = await auditRows(
      rows.map((row) => ({ ...row, treated: 1 })),
      { kind: 'effect' },
    )
    expect(found(made, 'ratio').estimate).toEqual({ type: 'not-estimable', reason: 'all work is treated, or none' })
  })
})
