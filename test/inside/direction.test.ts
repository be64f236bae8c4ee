import { expect, test } from 'vitest'
import { directionFrom, directionKinds, probeScores, trainProbe, type Contrast } from '../../src/inside/index.ts'
import { cosine, norm } from '../../src/inside/vector.ts'
import { randomFrom } from '../../src/record/index.ts'

/** Noise in 40 dimensions, with the positive side moved along the first one. */
function moved(by: number, seed = 'a', count = 60): Contrast {
  const random = randomFrom(seed)
  const row = (first: number): Float32Array =>
    Float32Array.from({ length: 40 }, (_, i) => (i === 0 ? first : 0) + 4 * (random() - 0.5))
  return {
    positive: Array.from({ length: count }, () => row(by)),
    negative: Array.from({ length: count }, () => row(0)),
  }
}

const along = Float32Array.from({ length: 40 }, (_, i) => (i === 0 ? 1 : 0))

test('contrast, principal direction and probe find the planted direction, at one length', () => {
  const contrast = moved(6)
  const length = norm(directionFrom('contrast', contrast, ''))
  for (const kind of directionKinds) {
    expect(norm(directionFrom(kind, contrast, 'x'))).toBeCloseTo(length, 3)
  }
  for (const kind of ['contrast', 'pca', 'probe'] as const)
    expect(cosine(directionFrom(kind, contrast, ''), along)).toBeGreaterThan(0.9)
})

test('random and shuffled directions point elsewhere, and the same seed gives the same ones', () => {
  const contrast = moved(6)
  for (const kind of ['random', 'shuffled'] as const) {
    expect(Math.abs(cosine(directionFrom(kind, contrast, 'a'), along))).toBeLessThan(0.5)
    expect(directionFrom(kind, contrast, 'a')).toEqual(directionFrom(kind, contrast, 'a'))
    expect(directionFrom(kind, contrast, 'a')).not.toEqual(directionFrom(kind, contrast, 'b'))
  }
})

test('texts that look the same give no direction', () => {
  const same = [new Float32Array(4), new Float32Array(4)]
  expect(() => directionFrom('contrast', { positive: same, negative: same }, '')).toThrow(/look the same/)
  expect(() => trainProbe({ positive: [], negative: same })).toThrow(/one side is empty/)
})

test('a probe tells unseen residuals apart, and gives log-odds near 0 at the middle', () => {
  const probe = trainProbe(moved(6))
  const unseen = moved(6, 'b')
  const right = [
    ...probeScores(probe, unseen.positive).map((score) => score > 0),
    ...probeScores(probe, unseen.negative).map((score) => score < 0),
  ]
  expect(right.filter(Boolean).length / right.length).toBeGreaterThan(0.9)
  expect(probeScores(probe, [along.map((value) => 3 * value)])[0]).toBeCloseTo(0, 0)
})
