import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/record/index.ts'
import { signFlip } from '../../src/stats/index.ts'

/** Differences of 0, ±½ and ±1, leaning to plus by so much. */
function differences(n: number, lean: number, seed: string): readonly number[] {
  const random = randomFrom('differences', seed)
  return Array.from({ length: n }, () => {
    const drawn = random()
    const size = drawn < 0.3 ? 0 : drawn < 0.6 ? 0.5 : 1
    return random() < 0.5 + lean ? size : -size
  })
}

describe('sign flips of many differences that take few sizes', () => {
  test.each([0, 0.005, 0.01, 0.02])('give the p value of a normal sum, leaning by %d', (lean) => {
    const values = differences(6000, lean, String(lean))
    const sum = values.reduce((a, b) => a + b, 0)
    const z = Math.abs(sum) / Math.sqrt(values.reduce((a, b) => a + b * b, 0))
    const flip = signFlip(values, randomFrom('flips'), { replicates: 4000 })
    const p = flip.type === 'estimate' ? flip.pValue : NaN
    expect(Math.abs(p - 2 * upperTail(z))).toBeLessThan(4 * Math.sqrt(0.25 / 4000))
  })

  test('take no time worth speaking of for twenty thousand pairs', () => {
    const values = differences(20_000, 0, 'long')
    const started = process.cpuUsage()
    signFlip(values, randomFrom('flips'), { replicates: 999 })
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(4_000)
  })
})

describe('sign flips of some hundred differences that take many sizes', () => {
  test.each([0, 0.05, 0.1])('give the p value of a normal sum, leaning by %d', (lean) => {
    const random = randomFrom('sizes', lean)
    const values = Array.from({ length: 601 }, () => lean + random() - random())
    const sum = values.reduce((a, b) => a + b, 0)
    const z = Math.abs(sum) / Math.sqrt(values.reduce((a, b) => a + b * b, 0))
    const flip = signFlip(values, randomFrom('flips'))
    const p = flip.type === 'estimate' ? flip.pValue : NaN
    expect(Math.abs(p - 2 * upperTail(z))).toBeLessThan(4 * Math.sqrt(0.25 / 9999))
  })

  test('cost little more than a sum in fours', () => {
    const random = randomFrom('sizes')
    const values = Array.from({ length: 1000 }, () => random() - 0.5)
    const started = process.cpuUsage()
    signFlip(values, randomFrom('flips'))
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000)
  })
})

/** P(Z > z) by the midpoint rule. */
function upperTail(z: number): number {
  const steps = 4000
  const width = (10 - z) / steps
  let area = 0
  for (let i = 0; i < steps; i++) area += Math.exp(-0.5 * (z + (i + 0.5) * width) ** 2) * width
  return area / Math.sqrt(2 * Math.PI)
}
