import { describe, expect, test } from 'vitest'
import { plainScaffold } from '../../src/agent/index.ts'
import { count, mean, pairedDifference } from '../../src/findings/index.ts'
import { correctedText } from '../../src/report/index.ts'
import { defineStudy, exactly, levels, type Study } from '../../src/study/index.ts'
import { holm } from '../../src/stats/index.ts'
import { read } from '../compare/reads.ts'

const ARMS = ['none', 'a', 'b', 'c'] as const
const PLACES: readonly string[] = ARMS

function threeArms(families?: Study['families']): Study {
  return defineStudy({
    name: 'arms',
    question: 'Which arm?',
    factors: { arm: levels(...ARMS).default(...ARMS) },
    outcome: { total: count() },
    repeats: 8,
    tasks: () => [{ id: 'one', scaffold: plainScaffold, limits: { turns: 1 }, measure: () => ({ total: 0 }) }],
    controls: { five: { property: 'Reads 5.', policy: () => [], varies: [], reads: { total: () => exactly(5) } } },
    findings: [
      mean('total', { by: ['agent'], cluster: 'seed' }),
      ...(['a', 'b', 'c'] as const).map((to) =>
        pairedDifference('total', { factor: 'arm', from: 'none', to, pair: 'seed' }),
      ),
    ],
    ...(families !== undefined && { families }),
  })
}

/** Arm b is 3 above; the others are as none, but for what differs from seed to seed. */
const values = ({ cell, repeat }: { cell: Readonly<Record<string, string>>; repeat: number }): { total: number } => ({
  total: (cell['arm'] === 'b' ? 3 : 0) + ((repeat * 7 + PLACES.indexOf(cell['arm'] ?? 'none') * 5) % 4),
})

describe('comparisons of one family in a run', () => {
  const run = read({ run: 'r', study: threeArms(), models: ['test/a'], values })
  const changes = run.reading.findings.filter(({ kind, subject }) => kind === 'change' && subject.type === 'model')

  test('have the interval that all of them share, and Holm’s p', () => {
    expect(changes).toHaveLength(3)
    const p = changes.map(({ details }) => Number(details['signFlipP']))
    expect(changes.map(({ corrected }) => corrected?.holmP)).toEqual(holm(p))
    for (const { corrected, estimate } of changes) {
      if (estimate.type !== 'estimate' || corrected?.interval === undefined) throw new Error('no interval')
      expect(corrected).toMatchObject({ comparisons: 3, family: 'changes of total' })
      expect(corrected.interval.level).toBeCloseTo(1 - 0.05 / 3, 12)
      // Wider than its own, about the same estimate.
      expect(corrected.interval.low).toBeLessThan(estimate.interval.low)
      expect(corrected.interval.high).toBeGreaterThan(estimate.interval.high)
      expect(estimate.interval.level).toBe(0.95)
    }
    expect(changes.map((each) => correctedText(each))[1]).toMatch(/^for all 3: \+?\S+ to \+?\S+, p = 0\.0\d+$/)
  })

  test('leave amounts and controls alone', () => {
    for (const { kind, subject, corrected } of run.reading.findings)
      if (kind === 'level' || subject.type === 'control') expect(corrected).toBeUndefined()
  })

  test('are as many as there are agents and cells', () => {
    const two = read({ run: 'r', study: threeArms(), models: ['test/a', 'test/b'], values })
    const all = two.reading.findings.filter(({ corrected }) => corrected !== undefined)
    expect(all.map(({ corrected }) => corrected?.comparisons)).toEqual(Array.from({ length: 6 }, () => 6))
  })

  test('are those that the study says', () => {
    const families = [{ name: 'the first', has: ({ quantity }: { quantity: string }) => quantity.endsWith('→ a)') }]
    const split = read({ run: 'r', study: threeArms(families), models: ['test/a'], values })
    const own = split.reading.findings.filter(({ kind, subject }) => kind === 'change' && subject.type === 'model')
    expect(own.map(({ corrected }) => corrected?.comparisons)).toEqual([undefined, 2, 2])
  })
})
