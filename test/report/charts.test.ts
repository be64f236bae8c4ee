import { expect, test } from 'vitest'
import { intervalChart, meanLines, seriesChart, seriesLines } from '../../src/report/index.ts'
import { ticksOf } from '../../src/report/rows.ts'
import { thinned } from '../../src/report/series.ts'
import { made, trial } from './findings.ts'

test('intervals stand on one axis, controls hollow, the threshold marked', () => {
  const findings = [
    made(),
    made({ agent: 'local/m', conditions: { agent: 'local/m', scaffold: 'plain' }, value: 200, low: -100, high: 500 }),
    made({ conditions: { agent: 'control/idle' }, value: 0, low: 0, high: 0 }),
    made({ conditions: { agent: 'local/n' }, estimate: { type: 'not-estimable', reason: 'one cluster' } }),
  ]
  expect(`\n${intervalChart(findings, { width: 80, threshold: [700] })}\n`).toMatchInlineSnapshot(`
    "
    local/m, scaffold=shown       ┊                  ╎             ├──●──┤    $13.10
    local/m, scaffold=plain    ├───────●────────┤    ╎                         $2.00
    control/idle                  ○                  ╎                         $0.00
    local/n                  not estimable
                             ─────┬──────────────────────────┬──────────────
                                 $0                         $10
    "
  `)
})

test('rows are told apart by what differs, and a value without an interval stands alone', () => {
  const lone = { type: 'not-estimable', reason: 'no spread', value: 0 } as const
  const chart = intervalChart([made(), made({ agent: 'control/idle', estimate: lone })], { width: 60 })
  expect(chart.split('\n').slice(0, 2)).toEqual([
    'local/m         ┊                           ├──●─┤    $13.10',
    'control/idle    ○                                      $0.00',
  ])
})

test('an interval without an upper bound runs off the axis', () => {
  const chart = intervalChart([made({ unit: 'days', value: 12, low: 9, high: Infinity })], { width: 60 })
  expect(chart).toMatch(/├─*●─+▸/)
})

test('findings of different units are not drawn on one axis', () => {
  expect(() => intervalChart([made(), made({ unit: 'days' })], { width: 60 })).toThrow('cents and days')
})

test('money over days is drawn with a mark a group, whatever the colours', () => {
  const rise = Array.from({ length: 61 }, (_, day) => [day, 10_000 + day * day * 8] as const)
  const fall = Array.from({ length: 61 }, (_, day) => [day, 10_000 - day * 200] as const)
  const lines = meanLines(seriesLines('money', [trial('b', 'control/idle', fall), trial('a', 'local/m', rise)]))
  const chart = seriesChart(lines, { title: 'Money over days', x: 'day', unit: 'cents', width: 60, height: 8 })
  expect(`\n${chart}\n`).toMatchInlineSnapshot(`
    "
    Money over days
    $400 ┤                                                    ●●
         │                                             ●●●●●●●
         │                                     ●●●●●●●●
    $200 ┤                            ●●●●●●●●●
         │           ●●●●●●●●●●●●●●●●●
         │●○●○●○●○●○●○○○○○○○○○○○○○
      $0 ┤                        ○○○○○○○○○○○○○○○○○○○○○○○○○○○○○
         │                                                     ○
         └┬─────────────────┬────────────────┬─────────────────┬
          0                20               40                60
                                                             day
          ● local/m
          ○ control/idle
    "
  `)
})

test('no line of a chart is wider than the terminal', () => {
  const lines = meanLines(
    seriesLines(
      'money',
      Array.from({ length: 12 }, (_, index) =>
        trial(`t${index}`, `provider/${'long'.repeat(index + 20)}`, [
          [0, 5e7],
          [3, -5e7 * index],
        ]),
      ),
    ),
  )
  for (const width of [40, 61, 100]) {
    const chart = seriesChart(lines, { title: 'Money'.repeat(50), x: 'day', unit: 'cents', width })
    expect(Math.max(...chart.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width)
    expect(chart).toContain('4 more lines not drawn')
  }
})

test('one point, equal values and nothing at all can be drawn', () => {
  const one = meanLines(seriesLines('money', [trial('a', 'local/m', [[0, 0]])]))
  expect(seriesChart(one, { title: 'Money', x: 'day', unit: 'cents', width: 40 })).toContain('● local/m')
  expect(seriesChart([], { title: 'Money', x: 'day', unit: 'cents', width: 40 })).toBe('Money: nothing to draw')
  expect(intervalChart([made({ value: 0, low: 0, high: 0 })], { width: 60 })).toContain('●')
})

test('a trial that has ended weighs on the mean with its last value', () => {
  const [line] = meanLines(
    seriesLines('money', [
      trial('a', 'm', [
        [0, 10],
        [1, 0],
      ]),
      trial('b', 'm', [
        [0, 10],
        [1, 20],
        [2, 30],
      ]),
    ]),
  )
  expect(line).toMatchObject({ trials: 2, points: [[0, 10], [1, 10], [2, 15]] }) // prettier-ignore
})

test('lines are told apart by what varies, invalid trials are left out, real agents come first', () => {
  const points = [[0, 1]] as const
  const lines = seriesLines('money', [
    trial('z', 'control/idle', points),
    trial('y', 'm', points, { cell: { scaffold: 'plain' } }),
    trial('x', 'm', points, { status: 'invalid' }),
    trial('w', 'm', points),
  ])
  expect(lines.map(({ group, trial: id }) => [group, id])).toEqual([
    ['m, scaffold=plain', 'y'],
    ['m, scaffold=shown', 'w'],
    ['control/idle, scaffold=shown', 'z'],
  ])
})

test('thinning a line keeps its ends and its peak', () => {
  const points = Array.from({ length: 50_000 }, (_, x) => [x, x === 31_337 ? 1e6 : Math.sin(x)] as const)
  const thin = thinned(points, 2000)
  expect(thin.length).toBeLessThanOrEqual(2000)
  expect(thin).toContainEqual([31_337, 1e6])
  expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)])
  expect(thin.every(([x], index) => index === 0 || x > (thin[index - 1]?.[0] ?? -1))).toBe(true)
})

test('ticks are round and lie on the axis', () => {
  expect(ticksOf(-130, 1420, 4)).toEqual([0, 500, 1000])
  expect(ticksOf(0.1, 0.42, 4)).toEqual([0.1, 0.2, 0.3, 0.4])
  expect(ticksOf(5, 5, 4)).toEqual([5])
})
