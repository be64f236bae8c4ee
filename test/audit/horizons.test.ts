import { describe, expect, test } from 'vitest'
import { audit, readPublished } from '../../src/audit/index.ts'
import { readMap } from '../../src/rows/index.ts'
import { auditRows, found, numbers } from './made-table.ts'

const EPOCH = readMap(['agent=model_version', 'h50=time_horizon', 'date=release_date', 'low=ci_low', 'high=ci_high'])

function epoch(...published: readonly string[]): ReturnType<typeof audit> {
  const options = { kind: 'horizons', map: EPOCH, published: readPublished(published), version: 'test' }
  return audit('test/data/time-horizons/rows.csv', options)
}

describe('published horizons', () => {
  // SciPy 1.17.1 linregress of ln horizon on the agents at the state of the art; bounds: numpy, (X'X)⁻¹X'DX(X'X)⁻¹ with what is
  // beyond the published errors from traces, and scipy.stats.t.
  test.each([
    ['doubling time', 14, 180.61376194, 143.3450856, 244.0702447],
    ['doubling time, since 2023', 13, 172.58563278, 142.3824569, 219.0526287],
    ['doubling time, since 2024', 14, 124.49833699, 104.6057293, 153.7334368],
    ['doubling time, since 2025', 8, 119.74700972, 75.28357549, 292.5029764],
    ['doubling time, until 2025-03', 8, 190.72463523, 137.5666836, 310.8369824],
  ])('%s of %i agents', async (quantity, agents, ...expected) => {
    const made = await epoch(`${quantity}=200`)
    const own = found(made, quantity)
    expect(own.n).toMatchObject({ trials: agents, clusters: agents })
    for (const [i, each] of numbers(own).entries()) expect(each / (expected[i] ?? NaN)).toBeCloseTo(1, 8)
  })

  test('years in which nothing was released have no window of their own, and a blank date is counted', async () => {
    const made = await epoch()
    expect(made.findings.map((each) => each.quantity)).toEqual([
      'doubling time',
      'doubling time, since 2023',
      'doubling time, since 2024',
      'doubling time, since 2025',
    ])
    expect(made.report).toMatchObject([{ check: 'impossible', count: 1 }])
  })

  test('who was behind an agent of before the window is said, with the number without them', async () => {
    const { caveats } = found(await epoch(), 'doubling time, since 2024')
    expect(caveats[0]).toMatch(
      /^3 agents at its start had a shorter horizon than one released before; without them it is 140\.3 days$/,
    )
  })

  test('the agents that give a published number are named', async () => {
    const made = await epoch('doubling time, since 2024=135.2', 'doubling time, until 2025-03=204.7')
    expect(made.published.map((each) => each.explainedBy.map(({ policy }) => policy))).toEqual([
      [],
      ['every agent of the window, state of the art or not'],
    ])
  })
})

const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)

describe('made horizons', () => {
  const doubling = [0, 100, 200, 300, 400].map((at, i) => ({
    agent: `a${i}`,
    date: day(at),
    h50: 2 ** i * (i % 2 === 0 ? 1 : 1.1),
  }))

  test('that double each 100 days are found so; an agent behind the best moves nothing', async () => {
    const [value] = numbers(found(await auditRows(doubling, { kind: 'horizons' }), 'doubling time'))
    expect(value).toBeCloseTo(100, 0)
    const more = [...doubling, { agent: 'late', date: day(390), h50: 2 }]
    expect(numbers(found(await auditRows(more, { kind: 'horizons' }), 'doubling time'))[0]).toBe(value)
  })

  test('of two suites are two trends', async () => {
    const rows = ['x', 'y'].flatMap((suite) =>
      doubling.map((row, i) => ({ ...row, suite, h50: row.h50 ** (suite === 'x' ? 1 : 0.5) * (1 + i / 100) })),
    )
    const made = await auditRows(rows, { kind: 'horizons' })
    const [x] = numbers(found(made, 'doubling time', { suite: 'x' }))
    expect(numbers(found(made, 'doubling time', { suite: 'y' }))[0] / x).toBeCloseTo(2, 0)
  })

  test('an interval that does not hold its horizon is not used, and named', async () => {
    const rows = doubling.map((row, i) => ({
      ...row,
      low: i === 2 ? 90 : row.h50 / 2,
      high: i === 2 ? 100 : row.h50 * 2,
    }))
    const own = found(await auditRows(rows, { kind: 'horizons' }), 'doubling time')
    expect(own.caveats.join()).toContain('the interval of a2 is missing or does not hold h50')
    expect(own.policies['errors']).toBe('the spread around the line')
  })

  test.each([
    ['one day', doubling.map((row) => ({ ...row, date: day(0), h50: 3 })), 'all were released on one day'],
    [
      'shrinking',
      doubling.map((row, i) => ({ ...row, h50: 50 - i })),
      '1 agent at the state of the art; a trend needs 3',
    ],
    ['never', doubling.map((row) => ({ ...row, h50: 0 })), '0 agents at the state of the art; a trend needs 3'],
  ])('without a trend (%s) say so', async (_, rows, reason) => {
    const own = found(await auditRows(rows, { kind: 'horizons' }), 'doubling time')
    expect(own.estimate).toEqual({ type: 'not-estimable', reason })
  })

  test('a window that is none is refused by name, one of a month ends on its last day', async () => {
    await expect(auditRows(doubling, { kind: 'horizons' }, ['doubling time, since summer=3'])).rejects.toThrow(
      '--published doubling time, since summer: no finding has that name here; there are doubling time.',
    )
    await expect(auditRows(doubling, { kind: 'horizons' }, ['doubling time, 2025 to 2024=3'])).rejects.toThrow(
      'no finding',
    )
    await expect(auditRows(doubling, { kind: 'horizons' }, ['doubling time, since 2024-13=3'])).rejects.toThrow(
      'no finding',
    )
    const made = await auditRows(doubling, { kind: 'horizons' }, ['doubling time, 2024 to 2024-07=100'])
    // Day 200 is 19 July.
    expect(found(made, 'doubling time, 2024 to 2024-07').n.trials).toBe(3)
  })
})
