import { describe, expect, it } from 'vitest'
import { hazardPerStep, hazardPerTurn, horizon } from '../../../src/findings/length/index.ts'
import { estimateOf, findings, only, row } from './rows.ts'

const LENGTHS = [1, 2, 4, 8, 16, 32]

/** So many tasks of each length done, of twenty. */
function rows(done: readonly number[], change: Parameters<typeof row>[0] = {}) {
  return LENGTHS.flatMap((steps, at) =>
    Array.from({ length: 20 }, (_, i) =>
      row({
        task: `${steps}/${i}`,
        steps,
        success: i < (done[at] ?? 0) ? 1 : 0,
        cell: { length: String(steps) },
        ...change,
      }),
    ),
  )
}

const byLength = horizon('success', { length: 'steps', over: ['length'] })

describe('horizon', () => {
  it('pools lengths and tells agents apart', () => {
    const found = findings(
      byLength,
      [...rows([20, 19, 15, 9, 4, 1]), ...rows([20, 20, 20, 19, 15, 9], { agent: 'other' })],
      ['length'],
    )
    expect(found.map(({ quantity, conditions }) => [quantity, conditions])).toEqual([
      ['h50(success by steps)', { agent: 'control/worker' }],
      ['h80(success by steps)', { agent: 'control/worker' }],
      ['h50(success by steps)', { agent: 'other' }],
      ['h80(success by steps)', { agent: 'other' }],
    ])
    const [half, most] = found
    if (half === undefined || most === undefined) return
    expect(estimateOf(half).value).toBeGreaterThan(estimateOf(most).value)
    expect(half.n).toEqual({ trials: 120, tasks: 120, clusters: 120, invalid: 0, missing: 0 })
    expect(half.figure?.points.map(([x, y]) => [x, y])).toEqual([
      [1, 1],
      [2, 0.95],
      [4, 0.75],
      [8, 0.45],
      [16, 0.2],
      [32, 0.05],
    ])
  })

  it('says of an agent that never succeeded that its horizon is 0, and how far up it might lie', () => {
    const half = only(findings(byLength, rows([0, 0, 0, 0, 0, 0]), ['length']), 'h50(success by steps)')
    expect(estimateOf(half)).toMatchObject({ value: 0, interval: { low: 0 } })
    expect(estimateOf(half).interval.high).toBeLessThanOrEqual(1.01)
  })

  it('gives no minutes where nobody knows any', () => {
    expect(findings(horizon('success', { length: 'minutes' }), rows([20, 20, 20, 20, 20, 20]))).toEqual([])
  })

  it('warns of a horizon outside the lengths that were run, and of a curve that does not fit', () => {
    const outside = only(findings(byLength, rows([20, 20, 20, 20, 18, 16]), ['length']), 'h50(success by steps)')
    expect(outside.caveats.join()).toContain('outside the lengths that were run, 1 to 32')
    const bent = only(findings(byLength, rows([10, 10, 10, 10, 10, 0]), ['length']), 'h50(success by steps)')
    expect(bent.caveats.join()).toContain('does not follow a logistic curve')
  })

  it('leaves invalid trials out and counts them, and says what was the same in all trials', () => {
    const made = [
      ...rows([20, 19, 15, 9, 4, 1]).map((each) => ({ ...each, cell: { ...each.cell, budget: '10k' } })),
      row({ status: 'invalid', cell: { length: '1', budget: '10k' } }),
    ]
    const half = only(findings(byLength, made, ['length']), 'h50(success by steps)')
    expect(half.n).toMatchObject({ trials: 120, invalid: 1 })
    expect(half.policies['held']).toBe('budget 10k')
  })
})

describe('hazard per step', () => {
  it('reads a worker that errs at each step with the same chance, with its half-life', () => {
    // 20 × 0.9^L, rounded: as close to a hazard of 0.1 as twenty tasks come.
    const found = findings(
      hazardPerStep('success', { length: 'steps', over: ['length'] }),
      rows(LENGTHS.map((steps) => Math.round(20 * 0.9 ** steps))),
      ['length'],
    )
    const hazard = estimateOf(only(found, 'hazard per step(success)'))
    expect(hazard.value).toBeCloseTo(0.1, 1)
    const half = estimateOf(only(found, 'half-life(success)'))
    expect(half.value).toBeCloseTo(Math.log(0.5) / Math.log(1 - hazard.value), 6)
    expect(half.interval.low).toBeCloseTo(Math.log(0.5) / Math.log(1 - hazard.interval.high), 6)
    expect(only(found, 'half-life(success)').details).toMatchObject({ trend: 'consistent with constant' })
  })

  it('says that the hazard rises where success breaks off', () => {
    const found = findings(
      hazardPerStep('success', { length: 'steps', over: ['length'] }),
      rows([20, 20, 20, 18, 2, 0]),
      ['length'],
    )
    expect(only(found, 'hazard per step(success)').details).toMatchObject({ trend: 'rises with the step' })
    expect(only(found, 'hazard per step(success)').caveats.join()).toContain('it rises')
  })
})

describe('hazard per turn', () => {
  it('counts the turn that ends a success as no chance to fail', () => {
    const made = [row({ steps: 4 }), row({ steps: 4, success: 0, turns: 3, task: 'b' })]
    const found = only(findings(hazardPerTurn('success', {}), made), 'hazard per turn(success)')
    expect(estimateOf(found).value).toBeCloseTo(1 / (4 + 3))
    expect(found.details['windows']).toEqual([
      { from: 1, to: 1, lost: 0, chances: 2 },
      { from: 2, to: 3, lost: 1, chances: 4 },
      { from: 4, to: 7, lost: 0, chances: 1 },
    ])
  })

  it('finds from which turn on the hazard is higher', () => {
    const made = Array.from({ length: 60 }, (_, i) =>
      row({ task: `${i}`, steps: 64, success: i < 6 ? 1 : 0, turns: i < 6 ? 65 : 17 + (i % 15) }),
    )
    const found = only(findings(hazardPerTurn('success', {}), made), 'hazard per turn(success)')
    expect(found.details['risesFrom']).toBe(16)
  })
})
