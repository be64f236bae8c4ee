import { expect, test } from 'vitest'
import { randomFrom } from '../../../src/record/index.ts'
import { lengthCurve, lengthHorizon } from '../../../src/stats/index.ts'
import { showsFailure, showsFall } from '../../../src/studies/horizon/determined.ts'

const chance = (steps: number): number => 1 / (1 + steps / 8)

function trials(lengths: readonly string[], each: number): { readonly cell: { length: string } }[] {
  return lengths.flatMap((length) => Array.from({ length: each }, () => ({ cell: { length } })))
}

test('trials at one length, at two short ones or too few give no length done at a rate', () => {
  expect(showsFall([], chance)).toBe(false)
  expect(showsFall(trials(['8'], 1_000), chance)).toBe(false)
  expect(showsFall(trials(['1', '8'], 2), chance)).toBe(false)
  expect(showsFall(trials(['1', '2'], 20), chance)).toBe(false)
  expect(showsFall(trials(['1', '2', '4', '8', '16', '32'], 3), chance)).toBe(false)
  // Nothing falls where success does not hang on length.
  expect(showsFall(trials(['1', '32'], 1_000), () => 0.5)).toBe(false)
})

test('trials that are enough give one, however they are drawn', () => {
  // What a control that runs in one family has by default.
  expect(showsFall(trials(['1', '2', '4', '8', '16', '32'], 4), chance)).toBe(true)
  const enough = trials(['1', '2', '4', '8', '16', '32'], 20)
  expect(showsFall(enough, chance)).toBe(true)
  const random = randomFrom('determined', 'draws')
  for (let draw = 0; draw < 300; draw += 1) {
    const runs = enough.map(({ cell: { length } }, task) => ({
      task: `${task}`,
      length: Number(length),
      score: random() < chance(Number(length)) ? 1 : 0,
    }))
    expect(lengthHorizon(lengthCurve(runs), 0.5).type).toBe('estimate')
  }
})

test('a half-life needs steps enough that one fails', () => {
  // 0.95^180 is just below 1 in 10,000.
  expect(showsFailure(trials(['1'], 179), 0.05)).toBe(false)
  expect(showsFailure(trials(['4'], 45), 0.05)).toBe(true)
})
