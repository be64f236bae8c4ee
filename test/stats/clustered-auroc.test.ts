import { expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import { auroc } from '../../src/stats/index.ts'

test('clusters of one row change DeLong by the small-sample factor alone; copies of rows change nothing', () => {
  const random = randomFrom('clustered auroc')
  const positive = Array.from({ length: 60 }, (_, i) => i % 2 === 0)
  const scores = positive.map((each) => (each ? 0.8 : 0) + random() * 2)
  const rows = scores.map((_, i) => i)
  const plain = auroc(scores, positive)
  const own = auroc(scores, positive, 0.95, [rows])
  const copied = [...scores, ...scores, ...scores]
  const again = auroc(copied, [...positive, ...positive, ...positive], 0.95, [[...rows, ...rows, ...rows]])
  if (plain.type !== 'estimate' || own.type !== 'estimate' || again.type !== 'estimate') throw new Error('no area')
  // G/(G−1) over both classes against n/(n−1) within each.
  expect(own.standardError).toBeCloseTo((plain.standardError ?? 0) * Math.sqrt((60 / 59) * (29 / 30)), 10)
  expect(again.value).toBeCloseTo(own.value, 12)
  expect(again.standardError).toBeCloseTo(own.standardError ?? 0, 12)
  expect(again.interval.low).toBeCloseTo(own.interval.low, 10)
})

/** Of the scores below: 400,000 independent pairs gave 0.684. */
const TRUE_AREA = 0.684
const SIDE = 8

test('texts that share openings and endings: independent rows would cover far too seldom, two columns of clusters do', () => {
  const random = randomFrom('crossed auroc')
  const runs = 300
  let [asRows, asClusters] = [0, 0]
  for (let run = 0; run < runs; run += 1) {
    const [openings, endings, scores, positive] = [[] as number[], [] as number[], [] as number[], [] as boolean[]]
    for (const side of [0, 1]) {
      const own = Array.from({ length: 2 * SIDE }, () => 2 * (random() - 0.5))
      for (let i = 0; i < SIDE; i += 1)
        for (let j = 0; j < SIDE; j += 1) {
          openings.push(side * SIDE + i)
          endings.push(side * SIDE + j)
          positive.push(side === 1)
          scores.push((own[i] ?? 0) + (own[SIDE + j] ?? 0) + side * 0.6 + random())
        }
    }
    if (holds(auroc(scores, positive))) asRows += 1
    if (holds(auroc(scores, positive, 0.95, [openings, endings]))) asClusters += 1
  }
  expect(asRows / runs).toBeLessThan(0.6)
  expect(asClusters / runs).toBeGreaterThan(0.91)
})

function holds(found: ReturnType<typeof auroc>): boolean {
  return found.type === 'estimate' && found.interval.low <= TRUE_AREA && TRUE_AREA <= found.interval.high
}
