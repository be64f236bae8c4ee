import { expect, test } from 'vitest'
import { STRATEGIES, type Strategy } from '../../../src/agent/index.ts'
import { horizon } from '../../../src/studies/horizon/index.ts'
import { FAMILIES, workOf, workScaffold } from '../../../src/studies/work/index.ts'
import { finishes } from './account.ts'
import { played } from './played.ts'

const WINDOW = 4_000

test('each compaction does to the forgetful worker exactly what an account of its own says, so they rank alike', async () => {
  const { outcomes, reading } = await played(
    horizon,
    { compaction: STRATEGIES, length: ['16', '32', '64'], window: ['4k'] },
    2,
    ['forgetful'],
  )
  const measured = new Map<string, number>()
  const exact = new Map<string, number>()
  for (const { cell, seed, values } of outcomes) {
    const strategy = STRATEGIES.find((each) => each === cell['compaction'])
    const family = FAMILIES.find((each) => each === cell['family'])
    if (strategy === undefined || family === undefined) throw new Error('a level has another name')
    const work = workOf(family, Number(cell['length']), seed)
    const { system } = workScaffold('plain', strategy, { tools: 'files', template: 'chat', window: WINDOW })
    const expected = (await finishes(work, system, strategy, WINDOW)) ? 1 : 0
    expect([work.id, strategy, values['success']]).toEqual([work.id, strategy, expected])
    measured.set(strategy, (measured.get(strategy) ?? 0) + Number(values['success']))
    exact.set(strategy, (exact.get(strategy) ?? 0) + expected)
  }
  expect(ranking(measured)).toEqual(ranking(exact))
  // The account tells compactions apart, or it would prove nothing.
  expect(new Set(exact.values()).size).toBeGreaterThanOrEqual(4)

  const effects = reading.findings.filter(({ quantity }) => quantity.startsWith('difference(success: compaction none'))
  expect(effects).toHaveLength(STRATEGIES.length - 1)
  for (const { quantity, estimate } of effects) {
    const to: Strategy | undefined = STRATEGIES.find((each) => quantity.endsWith(`→ ${each})`))
    const trials = outcomes.length / STRATEGIES.length
    const truth = ((exact.get(to ?? '') ?? 0) - (exact.get('none') ?? 0)) / trials
    expect([quantity, estimate.value]).toEqual([quantity, expect.closeTo(truth, 9)])
  }

  // It recalls a fact exactly while the fact is in context, and is asked often enough to show it.
  const asked = outcomes.flatMap(({ series }) => series?.['recallGone'] ?? [])
  expect(asked.every(([gone, recalled]) => recalled === (gone === 0 ? 1 : 0))).toBe(true)
  expect(asked.filter(([gone]) => gone > 0).length).toBeGreaterThan(50)
  expect(asked.filter(([gone]) => gone === 0).length).toBeGreaterThan(50)
  const strategies = reading.findings.filter(({ quantity }) => quantity === 'recall(recallByAge)')
  expect(new Set(strategies.map(({ conditions }) => conditions['compaction']))).toEqual(
    new Set(STRATEGIES.filter((each) => each !== 'none')),
  )
})

function ranking(by: ReadonlyMap<string, number>): readonly string[] {
  return [...by].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name)
}
