import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/record/index.ts'
import { auditRows, found, numbers } from './made-table.ts'

/** Four pieces of work by each of two authors in 20 matters, coded by two coders who err; a key for every third piece. */
const rows: readonly JsonObject[] = Array.from({ length: 20 }, (_, matter) =>
  ['ai', 'junior'].flatMap((author) =>
    [0, 1, 2, 3].flatMap((i) => {
      const k = matter * 8 + (author === 'ai' ? 4 : 0) + i
      const wrong = (k * 13) % 10 < (author === 'ai' ? 4 : 2)
      const labels = [['x', 5, 11] as const, ['y', 7, 13] as const].map(([coder, misses, alarms]) => {
        const says = wrong ? (k * k * 3 + 1) % misses !== 0 : (k * k * 7 + 3 * k) % alarms === 0
        return { item: k, author, matter, coder, label: says ? 'error' : 'none' }
      })
      return k % 3 === 0
        ? [...labels, { item: k, author, matter, coder: 'key', label: wrong ? 'error' : 'none' }]
        : labels
    }),
  ),
).flat()

describe('coded errors', () => {
  test('rates, what the key says of the coders, and rates corrected by it', async () => {
    const made = await auditRows(rows, { kind: 'coded' })
    // numpy: means of item means; sensitivity 29 of 32, specificity 63 of 76; (rate + spec − 1)/(sens + spec − 1).
    expect(numbers(found(made, 'sensitivity(error)'))[0]).toBeCloseTo(0.90625, 12)
    expect(numbers(found(made, 'specificity(error)'))[0]).toBeCloseTo(63 / 76, 12)
    expect(numbers(found(made, 'rate(error)', { author: 'ai' }))[0]).toBeCloseTo(0.44375, 12)
    const [value, low, high] = numbers(found(made, 'rate(error), corrected', { author: 'ai' }))
    expect(value).toBeCloseTo(0.37091723, 7)
    // 2,000 bootstrap draws of matters, rows and key together (numpy): 0.239 to 0.492; ours is no narrower, since it does not count on
    // the key's items being among the coded ones.
    expect(low).toBeLessThanOrEqual(0.239)
    expect(low).toBeGreaterThan(0.15)
    expect(high).toBeGreaterThanOrEqual(0.492)
    expect(high).toBeLessThan(0.58)
    expect(found(made, 'rate(error), corrected', { author: 'ai' }).n).toMatchObject({ trials: 80, clusters: 20 })
  })

  test('relative risk, clustered by matter, and without the false alarms', async () => {
    const made = await auditRows(rows, { kind: 'coded' })
    // statsmodels GLM Poisson(log) cov_type=cluster, times 20/19, t on 19: ai over junior 1.5435 (1.1221 to 2.1231), turned here.
    const risk = numbers(found(made, 'relative risk(error: ai → junior)'))
    for (const [i, each] of [1 / 1.54347826, 1 / 2.12311922, 1 / 1.12208731].entries())
      expect(risk[i]).toBeCloseTo(each, 6)
    const [value, low, high] = numbers(found(made, 'relative risk(error: ai → junior), corrected'))
    expect(value).toBeCloseTo(1 / 2.34180791, 6)
    // The same draws: 1/9.73 to 1/1.29.
    expect(low).toBeLessThanOrEqual(1 / 9.73)
    expect(high).toBeGreaterThanOrEqual(1 / 1.29)
    expect(high).toBeLessThan(1.2)
  })

  test('agreement of the coders, without the key', async () => {
    const made = await auditRows(rows, { kind: 'coded' })
    // scikit-learn cohen_kappa_score; krippendorff.alpha, nominal.
    expect(numbers(found(made, 'kappa(x, y)'))[0]).toBeCloseTo(0.37624419, 7)
    expect(numbers(found(made, 'alpha'))[0]).toBeCloseTo(0.36874237, 7)
    expect(numbers(found(made, 'raw'))[0]).toBeCloseTo(0.70625, 12)
  })

  test('a published rate is explained by how labels of several coders were made one', async () => {
    const items = Map.groupBy(
      rows.filter(({ coder }) => coder !== 'key'),
      (row) => row['item'],
    )
    const any = [...items.values()].filter((own) => own.some(({ label }) => label === 'error')).length / items.size
    const made = await auditRows(rows, { kind: 'coded' }, [`rate(error)=${(100 * any).toFixed(2)}%`])
    expect(made.published[0]?.explainedBy.map(({ policy }) => policy)).toContain('any coder says so')
  })

  test('severities are shares of all items', async () => {
    const severe = rows.map((row, i) => ({
      ...row,
      severity: row['label'] === 'error' ? (i % 4 === 0 ? 'grave' : 'slight') : '',
    }))
    const made = await auditRows(severe, { kind: 'coded' })
    const sum = ['grave', 'slight'].reduce((all, each) => all + numbers(found(made, `rate(error, ${each})`))[0], 0)
    expect(sum).toBeCloseTo(numbers(found(made, 'rate(error)'))[0], 12)
  })

  test('of more kinds than one are counted each and all together', async () => {
    const kinds = rows.map((row, i) => ({
      ...row,
      label: row['label'] === 'error' ? (i % 2 === 0 ? 'citation' : 'fact') : 'none',
    }))
    const made = await auditRows(kinds, { kind: 'coded' })
    const sum = ['citation', 'fact'].reduce((all, each) => all + numbers(found(made, `rate(${each})`))[0], 0)
    expect(sum).toBeCloseTo(numbers(found(made, 'rate(any error)'))[0], 12)
  })
})

async function reason(own: readonly JsonObject[]): Promise<unknown> {
  const { estimate } = found(await auditRows(own, { kind: 'coded' }), 'rate(error), corrected')
  return estimate.type === 'not-estimable' ? estimate.reason : estimate
}

describe('a key that cannot say how often coders err', () => {
  test('is missing', async () => {
    expect(await reason(rows.filter(({ coder }) => coder !== 'key'))).toBe(
      'no coder is called key, so nothing says how often coders err',
    )
  })

  test('was set only where the coders differ: what both missed it never saw; the adjudicated rate is a counting rule', async () => {
    const items = Map.groupBy(
      rows.filter(({ coder }) => coder !== 'key'),
      (row) => row['item'],
    )
    const settled = [...items.values()].flatMap((own) =>
      own[0]?.['label'] === own[1]?.['label'] ? own : [...own, { ...own[0], coder: 'Key', label: 'error' }],
    )
    expect(await reason(settled)).toBe(
      'the key was set only where coders differ, so it cannot say how often they err where they agree',
    )
    const any = [...items.values()].filter((own) => own.some(({ label }) => label === 'error')).length / items.size
    const made = await auditRows(settled, { kind: 'coded' }, [`rate(error)=${(100 * any).toFixed(2)}%`])
    expect(made.published[0]?.explainedBy.map(({ policy }) => policy)).toContain(
      'adjudicated: the label that coders agree on, else the key',
    )
  })

  test('knows no case of one side', async () => {
    const own = rows.filter(({ coder, label }) => coder !== 'key' || label === 'none')
    expect(await reason(own)).toMatch(/^the key has error in fewer than 2 clusters/)
  })

  test('was set more often for what coders called an error: said', async () => {
    const called = new Set(
      rows.filter(({ label, coder }) => label === 'error' && coder !== 'key').map((row) => row['item']),
    )
    const own = rows.filter((row) => row['coder'] !== 'key' || called.has(row['item']))
    const { caveats } = found(await auditRows(own, { kind: 'coded' }), 'rate(error), corrected')
    expect(caveats[0]).toMatch(/^the key was set for \d+\.\d% of the items with this label and 0\.0% of the others/)
  })

  test('is all there is: then it is the one coder, and nothing is corrected', async () => {
    const own = rows.filter(({ coder }) => coder === 'key')
    const made = await auditRows(own, { kind: 'coded' })
    expect(found(made, 'rate(error)').n.trials).toBe(own.length)
    expect(found(made, 'rate(error), corrected').estimate.type).toBe('not-estimable')
  })
})
