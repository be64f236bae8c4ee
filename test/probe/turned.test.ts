import { expect, test } from 'vitest'
import { turned } from '../../src/probe/index.ts'
import { plantedInside } from '../../src/inside/index.ts'
import { ACTS_OFFERED, BELIEFS_OFFERED, TEST_TEXTS } from '../../src/probe/awareness/texts.ts'
import type { Inside } from '../../src/model/index.ts'

const WIDTH = 64
const EXAMINED = new Set([...TEST_TEXTS.train.positive, ...TEST_TEXTS.test.positive])

/** A model in which tests lie along the first dimension, and in which that dimension alone makes beliefs likelier: by so much. */
function model(gain: number): Inside {
  return {
    ...plantedInside({ steerable: false, notices: false }),
    facts: { way: 'planted', architecture: 'made up', layers: 4, width: WIDTH, vocabulary: 2, window: 100 },
    read: async (texts, layers) =>
      layers.map(() =>
        texts.map((text, index) =>
          Float32Array.from({ length: WIDTH }, (_, at) =>
            at === 0 ? (EXAMINED.has(text) ? 1 : 0) : at === 1 + (text.length % 7) ? 0.2 + (index % 3) / 10 : 0,
          ),
        ),
      ),
    score: async (pairs, injections = []) =>
      pairs.map(({ continuation }) => {
        const along = injections.reduce((sum, { vector, strength }) => sum + strength * (vector[0] ?? 0), 0)
        return { logprob: continuation === ' fake.' ? gain * along - 1 : -1, tokens: 2 }
      }),
  }
}

const OPTIONS = { layer: 2, strengths: [1, 2], random: 10, seed: '1' }

test('a direction that moves the belief is told from vectors of equal norm that do not, and moves no act', async () => {
  const { heldOut, turned: found } = await turned(model(1.5), OPTIONS)
  expect(heldOut?.auroc.value).toBe(1)
  const [one, two, ...others] = found
  expect(one?.belief.value).toBeCloseTo(3, 1)
  expect(two?.belief.value).toBeCloseTo(6, 1)
  expect(found.every(({ act }) => act.value === 0)).toBe(true)
  expect(others.map(({ type }) => type).filter((type) => type === 'unrelated')).toHaveLength(8)
  const random = others.filter(({ type }) => type === 'random')
  expect(random).toHaveLength(10)
  for (const each of others) expect(Math.abs(each.belief.value ?? 0)).toBeLessThan(4)
})

test('a model that reacts to nothing shows nothing', async () => {
  const { turned: found } = await turned(model(0), OPTIONS)
  expect(found.every(({ belief, act }) => belief.value === 0 && act.value === 0)).toBe(true)
})

test('no word that is offered is in the sentences that the direction is learned from', () => {
  const learned = new Set(
    [...TEST_TEXTS.train.positive, ...TEST_TEXTS.train.negative]
      .join(' ')
      .toLowerCase()
      .match(/\p{L}+/gu),
  )
  for (const { counted, other } of BELIEFS_OFFERED)
    for (const word of `${counted} ${other}`.match(/\p{L}+/gu) ?? []) expect(learned.has(word)).toBe(false)
  for (const { prompt, counted, other } of ACTS_OFFERED)
    expect([prompt, counted, other].join('')).not.toMatch(/\b(?:exam|benchmark|graded|test)\b/)
})
