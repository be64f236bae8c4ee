import { describe, expect, test } from 'vitest'
import { agentPairs, mean, proportion, type Analysis } from '../../src/findings/index.ts'
import { randomFrom, type Outcome } from '../../src/record/index.ts'
import { holm, mcnemarExact } from '../../src/stats/index.ts'
import { outcomeRow } from './outcome-row.ts'

function row(agent: string, task: string, solved: number | undefined, change: Partial<Outcome> = {}): Outcome {
  return outcomeRow({
    trial: `${agent}${task}`,
    agent,
    control: agent.startsWith('control/'),
    task,
    values: solved === undefined ? {} : { solved },
    ...change,
  })
}
const own: readonly Analysis[] = [mean('solved', { by: ['agent'], cluster: 'task', title: 'share solved' })]
const input = { measures: { solved: proportion({ better: 'higher' }) }, varied: [], level: 0.95, seed: 's' }
const found = (rows: readonly Outcome[], change: Partial<Parameters<Analysis['run']>[0]> = {}) =>
  agentPairs(own)?.run({ rows, ...input, ...change }) ?? []

describe('agents of one run', () => {
  // 12 tasks: a solves 2, b the same and 6 more, c none that a solves.
  const marks = { a: [1, 1], b: [1, 1, 1, 1, 1, 1, 1, 1], c: [0, 0, 1] }
  const rows = Object.entries(marks).flatMap(([agent, solved]) =>
    Array.from({ length: 12 }, (_, task) => row(agent, `t${task}`, solved[task] ?? 0)),
  )

  test('are compared two by two, paired by task, corrected by Holm; controls are not', () => {
    const pairs = found([...rows, row('control/knows', 't0', 1)])
    expect(pairs.map(({ subject }) => subject)).toEqual([
      { type: 'pair', from: 'a', to: 'b' },
      { type: 'pair', from: 'a', to: 'c' },
      { type: 'pair', from: 'b', to: 'c' },
    ])
    const [ab] = pairs
    expect(ab).toMatchObject({
      title: 'share solved: agents compared',
      conditions: { agent: 'b minus a' },
      n: { trials: 24, tasks: 12, clusters: 12, invalid: 0, missing: 0 },
      policies: { pair: 'task and seed', cluster: 'task' },
      details: { better: 'higher', family: 3, meanFrom: 2 / 12, meanTo: 8 / 12 },
    })
    expect(ab?.estimate.value).toBeCloseTo(0.5, 12)
    // Signs flipped over the tasks that differ are the exact McNemar test.
    expect(ab?.details['p']).toBeCloseTo(mcnemarExact(0, 6), 12)
    const ps = pairs.map(({ details }) => Number(details['p']))
    expect(pairs.map(({ details }) => details['holmP'])).toEqual(holm(ps))
  })

  test('are compared apart where a factor varies, and a trial without a partner is missing', () => {
    const cells = ['x', 'y'].flatMap((size) =>
      rows.filter(({ agent }) => agent !== 'c').map((each) => ({ ...each, cell: { size } })),
    )
    const pairs = found(
      cells.filter((each, index) => index > 0),
      { varied: ['size'] },
    )
    expect(pairs.map(({ conditions }) => conditions)).toEqual([
      { agent: 'b minus a', size: 'x' },
      { agent: 'b minus a', size: 'y' },
    ])
    expect(pairs[0]?.n).toMatchObject({ trials: 22, clusters: 11, missing: 1 })
  })

  test('an invalid trial says nothing of either', () => {
    const broken = rows.map((each, index) => (index === 0 ? { ...each, status: 'invalid' as const } : each))
    expect(found(broken)[0]?.n).toMatchObject({ trials: 22, clusters: 11, invalid: 1, missing: 1 })
  })

  test('a study without a mean compares nothing', () => {
    expect(agentPairs([])).toBeUndefined()
  })

  test('p holds its level where few tasks differ: alike agents seem apart in at most 5% of runs', () => {
    let apart = 0
    for (let run = 0; run < 400; run++) {
      const random = randomFrom('level', run)
      const alike = ['a', 'b'].flatMap((agent) =>
        Array.from({ length: 15 }, (_, task) => row(agent, `t${task}`, random() < 0.8 ? 1 : 0)),
      )
      if (Number(found(alike)[0]?.details['holmP']) < 0.05) apart++
    }
    expect(apart / 400).toBeLessThan(0.05)
  })
})
