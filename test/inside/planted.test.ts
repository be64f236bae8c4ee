import { describe, expect, test } from 'vitest'
import {
  conceptNamed,
  countWords,
  findDirection,
  heldOutByLayer,
  plantedInside,
  textsOf,
  trainMonitor,
} from '../../src/inside/index.ts'
import { insideContract } from './inside-contract.ts'

const steerable = plantedInside({ steerable: true, notices: false })

describe('a planted toy is an inside', () => {
  insideContract(() => steerable, { schedule: true, patch: false })
})

test('the toy writes words of a concept whose direction is added, and of no other', async () => {
  const sea = conceptNamed('sea')
  const vector = await findDirection(steerable, textsOf(sea).train, 2, 'contrast')
  const [written] = await steerable.write(['I went for a walk and'], {
    maxTokens: 300,
    seeds: [1],
    schedule: [{ at: 0, injections: [{ vector, from: 2, to: 2, strength: 1 }] }],
  })
  expect(countWords(written?.text ?? '', sea).own).toBeGreaterThan(15)
  expect(countWords(written?.text ?? '', conceptNamed('space')).own).toBe(0)
})

test('a probe trained on one half finds the concept in the other, whose words it never saw', async () => {
  const [reading] = await heldOutByLayer(steerable, textsOf(conceptNamed('music')), [2])
  expect(reading?.auroc.type).toBe('estimate')
  if (reading?.auroc.type === 'estimate') expect(reading.auroc.interval.low).toBeGreaterThan(0.6)
})

test('a monitor scores texts of another kind than it was trained on', async () => {
  const { train, test: held } = textsOf(conceptNamed('anger'))
  const monitor = await trainMonitor(steerable, train, 1)
  const scores = await monitor.scores([held.positive[0] ?? '', held.negative[0] ?? ''])
  expect(scores[0]).toBeGreaterThan(scores[1] ?? Infinity)
})
