import { describe, expect, test } from 'vitest'
import { outcomeRow } from '../outcome-row.ts'
import type { Outcome } from '../../../src/record/index.ts'
import { proportion, type Analysed } from '../../../src/findings/index.ts'
import { stackedBreach } from '../../../src/findings/layers/index.ts'

function row(task: string, attack: string, values: Outcome['values']): Outcome {
  return outcomeRow({ trial: `${attack}/${task}`, task, cell: { attack }, values })
}

/** Twelve behaviours of three families; each one's wordings all meet the same fate. */
function fixed(wordings: number): readonly Outcome[] {
  return Array.from({ length: 12 }, (_, behaviour) =>
    Array.from({ length: wordings }, (_, wording) =>
      row(`f${behaviour % 3}-${behaviour}/${wording}`, 'fixed', {
        yielded: 1,
        refused: 0,
        stopsA: behaviour % 2,
        stopsB: behaviour % 4 === 0 ? 0 : 1,
      }),
    ),
  ).flat()
}

const measures = { yielded: proportion(), refused: proportion(), stopsA: proportion(), stopsB: proportion() }

function read(rows: readonly Outcome[]): readonly Analysed[] {
  return stackedBreach('yielded', {
    layers: [
      { name: 'a', type: 'shadowed', stops: 'stopsA' },
      { name: 'b', type: 'shadowed', stops: 'stopsB' },
    ],
    attack: 'attack',
    cases: 'fixed',
    ordinary: 'ordinary',
    refused: 'refused',
    adaptive: ['staged'],
  }).run({ rows, measures, varied: ['attack'], level: 0.95, seed: '1' })
}

const labels = (rows: readonly Outcome[]): readonly unknown[] =>
  read(rows)
    .filter(({ quantity }) => quantity === 'stack breach')
    .map(({ conditions, details }) => [conditions['stack'], details['label']])

describe('what a stack is labelled with', () => {
  const adapted = row('f0-0', 'staged', { yielded: 1, refused: 0 })

  test('only the whole stack counts as met by who adapts, since nobody who adapts met its parts', () => {
    const without = 'attacked without adapting only: not tested against an adaptive attacker'
    expect(labels([...fixed(1), adapted])).toEqual([
      ['none', without],
      ['a', without],
      ['b', without],
      ['a+b', 'attacked with and without adapting'],
    ])
    expect(labels(fixed(1)).at(-1)).toEqual(['a+b', without])
    expect(labels([adapted]).at(-1)).toEqual(['a+b', 'untested: nothing attacked it'])
  })

  test('an attack that came to nothing counts as none', () => {
    const rows = [...fixed(1), { ...adapted, status: 'invalid' as const }]
    expect(labels(rows).at(-1)).toEqual(['a+b', expect.stringContaining('not tested')])
  })
})

test('wordings that repeat one another make no interval narrower', () => {
  for (const quantity of ['joint', 'ratio']) {
    const width = (wordings: number): number => {
      const estimate = read(fixed(wordings)).find((each) => each.quantity === quantity)?.estimate
      if (estimate?.type !== 'estimate') throw new Error(`${quantity} has no estimate`)
      return estimate.interval.high - estimate.interval.low
    }
    expect(width(8)).toBeGreaterThan(0.8 * width(1))
  }
})
