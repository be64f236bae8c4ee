import { expect, test } from 'vitest'
import type { FigureData } from '../../src/findings/finding.ts'
import { sharesChart } from '../../src/report/index.ts'
import { made } from './findings.ts'

function lengths(points: FigureData['points']): FigureData {
  return { kind: 'lengths', x: 'length of task, steps', y: 'share of success', points }
}

const quantity = 'h50(success by steps)'
const half = made({
  quantity,
  kind: 'time',
  at: 0.5,
  unit: 'count',
  value: 3,
  low: 2,
  high: 5,
  figure: lengths([
    [1, 1],
    [2, 0.8],
    [4, 0.34],
    [8, 0],
  ]),
})
const always = made({
  quantity,
  unit: 'count',
  conditions: { agent: 'control/able', scaffold: 'shown' },
  estimate: { type: 'not-estimable', reason: 'every run succeeded' },
  figure: lengths([
    [1, 1],
    [2, 1],
    [8, 1],
  ]),
})

test('success by length is a row an agent and a column a length, with a mark where half succeed', () => {
  expect(`\n${sharesChart([half, always], { width: 60 })}\n`).toMatchInlineSnapshot(`
    "
    share of success, by length of task, steps; ╎ half
                        1      2      4      8
    local/m         █100%  ▇ 80%╎ ▃ 34%  ·  0%
    control/able    █100%  █100%         █100%
    "
  `)
})

test('where percentages do not fit the bars stay, and no line is wider than was asked for', () => {
  const many = lengths(Array.from({ length: 11 }, (_, power) => [2 ** power, 1 - power / 11] as const))
  const named = { agent: 'local/a-name-that-takes-up-much-room', compaction: 'summary' }
  const chart = sharesChart([made({ quantity, unit: 'count', figure: many, conditions: named })], { width: 60 }) ?? ''
  expect(chart).not.toContain('%')
  expect(chart).toContain('█')
  for (const line of chart.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
})

test('ages are windows, and findings without shares, or at one length, are not drawn', () => {
  const figure = {
    kind: 'ages',
    x: 'turns',
    y: 'share recalled',
    points: [
      [0, 1],
      [4, 0.5],
    ],
  } as const
  const asked = made({ quantity: 'recall(recallGone)', unit: 'proportion', value: 0.5, low: 0.4, high: 0.6, figure })
  expect(sharesChart([asked], { width: 60 })).toContain('by turns (each up to the next)')
  expect(sharesChart([made()], { width: 60 })).toBeUndefined()
  expect(sharesChart([made({ quantity, figure: lengths([[2, 1]]) })], { width: 60 })).toBeUndefined()
})
