import { describe, expect, it } from 'vitest'
import { costPerSuccess, pairedEffects, recall, successWithin } from '../../../src/findings/length/index.ts'
import { estimateOf, findings, only, row } from './rows.ts'

/** Thirty tasks under three compactions; the first so many of each are done. */
const compacted = Object.entries({ none: 10, trim: 14, summary: 28 }).flatMap(([compaction, done]) =>
  Array.from({ length: 30 }, (_, i) => row({ task: `${i}`, cell: { compaction }, success: i < done ? 1 : 0 })),
)

describe('paired effects', () => {
  const effects = pairedEffects('success', { factor: 'compaction', from: ['none', 'trim'] })

  it('compares every level with the first on the same tasks, and corrects for how many they are', () => {
    const found = findings(effects, compacted, ['compaction'])
    expect(found.map(({ quantity }) => quantity)).toEqual([
      'difference(success: compaction none → trim)',
      'difference(success: compaction none → summary)',
    ])
    const [trim, summary] = found
    if (trim === undefined || summary === undefined) return
    expect(estimateOf(summary)).toMatchObject({ value: expect.closeTo(0.6), interval: { level: 0.95 } })
    expect(estimateOf(summary).interval.method).toContain('simultaneous over 2')
    expect(summary.details).toMatchObject({ better: 18, worse: 0, comparisons: 2 })
    // Exact McNemar: 2 × 2^−18 and 2 × 2^−4; the smaller counts twice.
    expect(summary.details['holmP']).toBeCloseTo(2 * 2 * 2 ** -18, 9)
    expect(trim.details['holmP']).toBeCloseTo(2 * 2 ** -4, 9)
    const alone = only(
      findings(
        effects,
        compacted.filter(({ cell }) => cell['compaction'] !== 'trim'),
        ['compaction'],
      ),
      'difference(success: compaction none → summary)',
    )
    expect(estimateOf(alone).interval.low).toBeGreaterThan(estimateOf(summary).interval.low)
  })

  it('takes the second level to compare with where the first was not run', () => {
    const found = findings(
      effects,
      compacted.filter(({ cell }) => cell['compaction'] !== 'none'),
      ['compaction'],
    )
    expect(found.map(({ quantity }) => quantity)).toEqual(['difference(success: compaction trim → summary)'])
  })

  it('keeps an interval where every pair changed alike', () => {
    const made = ['none', 'clear'].flatMap((compaction) =>
      Array.from({ length: 20 }, (_, i) =>
        row({ task: `${i}`, cell: { compaction }, success: compaction === 'none' ? 1 : 0 }),
      ),
    )
    const found = only(findings(effects, made, ['compaction']), 'difference(success: compaction none → clear)')
    expect(estimateOf(found)).toMatchObject({ value: -1 })
    expect(estimateOf(found).interval.high).toBeLessThan(-0.7)
  })

  it('counts a pair with one side as missing', () => {
    const found = only(
      findings(effects, compacted.slice(0, 45), ['compaction']),
      'difference(success: compaction none → trim)',
    )
    expect(found.n).toMatchObject({ tasks: 15, missing: 15 })
  })

  it('says nothing where one level was run', () => {
    expect(findings(effects, compacted.slice(0, 30))).toEqual([])
  })
})

describe('what success costs', () => {
  const mixed = Array.from({ length: 20 }, (_, i) => row({ task: `${i}`, steps: 1 + (i % 4), success: i % 2 }))

  it('counts what failures cost too', () => {
    const found = only(findings(costPerSuccess('success', { spend: 'tokens' }), mixed), 'tokens per success(success)')
    expect(estimateOf(found)).toMatchObject({ value: (100 * 50) / 10 })
    const dollars = only(
      findings(costPerSuccess('success', { spend: 'dollars' }), mixed),
      'dollars per success(success)',
    )
    expect(dollars).toMatchObject({ unit: 'cents', details: { totalText: '$0.50', successes: 10 } })
  })

  it('says what was spent where nothing succeeded', () => {
    const none = mixed.map((each) => ({ ...each, values: { ...each.values, success: 0 } }))
    const found = only(findings(costPerSuccess('success', { spend: 'dollars' }), none), 'dollars per success(success)')
    expect(found.estimate).toEqual({ type: 'not-estimable', reason: 'no success for $0.50' })
  })

  it('grows with what may be spent, and does not count a trial that was cut off', () => {
    const made = mixed.map((each, i) => (i === 0 ? { ...each, status: 'limit' as const } : each))
    const found = only(findings(successWithin('success', { spend: 'tokens' }), made), 'tokens for half(success)')
    expect(estimateOf(found)).toMatchObject({ value: 400, interval: { low: 400, high: Infinity } })
    expect(found.figure?.points.map(([x, y]) => [x, y])).toEqual([
      [100, 0],
      [200, 0.25],
      [300, 0.25],
      [400, 0.5],
    ])
    expect(found.details).toMatchObject({ share: 0.5, limited: 1 })
  })

  it('leaves out trials that do not say what they used', () => {
    const made = mixed.map((each, i) => (i < 4 ? { ...each, usage: {} } : each))
    const found = only(findings(successWithin('success', { spend: 'tokens' }), made), 'tokens for half(success)')
    expect(found.n).toMatchObject({ trials: 16, missing: 4 })
  })
})

describe('recall', () => {
  it('is a share of questions by age, trials that were never asked counted as missing', () => {
    const made = Array.from({ length: 10 }, (_, i) =>
      row({
        task: `${i}`,
        ...(i < 8 && {
          series: {
            recall: [
              [0, 1],
              [3, 1],
              [9, i % 2],
            ],
          },
        }),
      }),
    )
    const found = only(
      findings(recall({ measure: 'success', series: 'recall', age: 'turns since it was shown' }), made),
      'recall(recall)',
    )
    expect(estimateOf(found).value).toBeCloseTo(20 / 24)
    expect(found.n).toMatchObject({ trials: 8, missing: 2 })
    expect(found.details['ages']).toEqual([
      { from: 0, to: 0, asked: 8, share: 1 },
      { from: 2, to: 3, asked: 8, share: 1 },
      { from: 8, to: 15, asked: 8, share: 0.5 },
    ])
  })
})
