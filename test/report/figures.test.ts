import { expect, test } from 'vitest'
import { curveFigure, intervalFigure, seriesFigure } from '../../src/report/index.ts'
import { made, trial } from './findings.ts'

const HOSTILE = '</text><script>alert("1")</script><a href="javascript:1">&\u0000\u001b[31m\u202e'

const DRAWN = new Set(['svg', 'title', 'desc', 'style', 'g', 'path', 'text', 'line', 'circle'])

const MONEY = { series: 'money', title: 'Money over days', x: 'day', y: 'net worth', unit: 'cents' } as const

const CURVE = {
  kind: 'curve',
  x: 'days',
  y: 'share without the event',
  points: [
    [10, 0.75, 0.4, 0.9],
    [20, 0.5, 0.2, 0.75],
  ],
} as const

test('intervals as SVG', async () => {
  const findings = [made(), made({ conditions: { agent: 'control/idle' }, value: 0, low: 0, high: 0, controls: 'off' })]
  const svg = await intervalFigure(findings, { threshold: [500], width: 400 })
  await expect(svg).toMatchFileSnapshot('interval.svg')
})

test('a series as SVG', async () => {
  const outcomes = [
    trial('a', 'local/m', [
      [0, 5000],
      [1, 5200],
      [2, 6000],
    ]),
    trial('b', 'control/idle', [
      [0, 5000],
      [1, 4800],
    ]),
  ]
  await expect(await seriesFigure(MONEY, outcomes, { width: 400, height: 200 })).toMatchFileSnapshot('series.svg')
})

test('a survival curve as SVG', async () => {
  const svg = await curveFigure([
    made({ title: 'median days until the last sale', unit: 'days', value: 20, low: 10, high: Infinity, figure: CURVE }),
  ])
  await expect(svg).toMatchFileSnapshot('curve.svg')
})

test('the same figure is the same text, and two figures do not share ids', async () => {
  const [one, two, other] = await Promise.all([
    intervalFigure([made()]),
    intervalFigure([made()]),
    intervalFigure([made({ value: 1300 })]),
  ])
  expect(one).toBe(two)
  expect(/id="([^"]+)-title"/.exec(other)?.[1]).not.toBe(/id="([^"]+)-title"/.exec(one)?.[1])
})

test('hostile names are text in every figure', async () => {
  const finding = made({ agent: HOSTILE, title: HOSTILE, unit: 'days', figure: { ...CURVE, x: HOSTILE, y: HOSTILE } })
  const figures = await Promise.all([
    intervalFigure([
      finding,
      made({ agent: HOSTILE, unit: 'days', estimate: { type: 'not-estimable', reason: HOSTILE } }),
    ]),
    curveFigure([finding]),
    seriesFigure({ ...MONEY, title: HOSTILE, x: HOSTILE, y: HOSTILE }, [trial('a', HOSTILE, [[0, 1], [1, 2]])]), // prettier-ignore
  ])
  for (const svg of figures) {
    const tags = new Set(Array.from(svg.matchAll(/<([a-z]+)/gi), ([, name]) => name))
    expect([...tags].filter((name) => !DRAWN.has(name ?? ''))).toEqual([])
    expect(svg).not.toMatch(/\son\w+=|url\(|\p{Cc}|\u202e/u)
    expect(svg).toContain('&lt;script&gt;')
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*><title id=/)
  }
})

test('a figure of very many long trials stays small and says what it left out', async () => {
  const points = Array.from({ length: 5000 }, (_, x) => [x, Math.sin(x / 100) * 1000] as const)
  const svg = await seriesFigure(
    MONEY,
    Array.from({ length: 300 }, (_, index) => trial(`t${index}`, index % 2 === 0 ? 'a' : 'b', points)),
  )
  expect(svg.length).toBeLessThan(1_000_000)
  expect(svg).toContain('240 of 300 trials are drawn')
})

test('without a curve there is nothing to draw', async () => {
  await expect(curveFigure([made()])).rejects.toThrow('has a curve')
})
