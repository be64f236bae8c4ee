import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as stats from '../../src/stats/index.ts'

type Rows = readonly (readonly number[])[]
const golden: Readonly<Record<string, Rows>> = JSON.parse(
  readFileSync(new URL('../golden/special.json', import.meta.url), 'utf8'),
)

const table: Readonly<Record<string, (...given: number[]) => number>> = {
  normalCdf: stats.normalCdf,
  normalQuantile: stats.normalQuantile,
  logGamma: stats.logGamma,
  logBeta: stats.logBeta,
  betaCdf: stats.betaCdf,
  betaQuantile: stats.betaQuantile,
  gammaCdf: stats.gammaCdf,
  gammaQuantile: stats.gammaQuantile,
  gammaTail: (x = 0, shape = 1) => stats.chiSquaredTail(2 * x, 2 * shape),
  tCdf: stats.tCdf,
  tQuantile: stats.tQuantile,
}

describe('special functions agree with 60-digit arithmetic to 1e-11', () => {
  for (const [name, call] of Object.entries(table)) {
    it(name, () => {
      const rows = golden[name] ?? []
      expect(rows.length).toBeGreaterThan(10)
      for (const row of rows) {
        const expected = row.at(-1) ?? 0
        const got = call(...row.slice(0, -1))
        const error = expected === 0 ? Math.abs(got) : Math.abs(got / expected - 1)
        expect(error, `${name}(${row.slice(0, -1).join(', ')}) = ${got}, not ${expected}`).toBeLessThan(1e-11)
      }
    })
  }
})

const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
const shape = fc.double({ min: 0.05, max: 1e4, noNaN: true })

describe('quantiles undo their distributions', () => {
  it('beta', () => {
    fc.assert(
      fc.property(probability, shape, shape, (p, a, b) => {
        const x = stats.betaQuantile(p, a, b)
        // Where a double near 1 moves the probability by more than p itself, no x can do better.
        fc.pre(x > 0 && x < 1 - 1e-6)
        expect(Math.abs(stats.betaCdf(x, a, b) / p - 1)).toBeLessThan(1e-7)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
  it('gamma', () => {
    fc.assert(
      fc.property(probability, shape, (p, a) => {
        const x = stats.gammaQuantile(p, a)
        fc.pre(x > 1e-300)
        expect(Math.abs(stats.gammaCdf(x, a) / p - 1)).toBeLessThan(1e-8)
      }),
      { numRuns: 300, seed: 2 },
    )
  })
  it('t and normal', () => {
    fc.assert(
      fc.property(probability, fc.double({ min: 0.5, max: 1e4, noNaN: true }), (p, df) => {
        expect(Math.abs(stats.tCdf(stats.tQuantile(p, df), df) / p - 1)).toBeLessThan(1e-9)
        expect(Math.abs(stats.normalCdf(stats.normalQuantile(p)) / p - 1)).toBeLessThan(1e-11)
      }),
      { numRuns: 300, seed: 3 },
    )
  })
  it('refuses what is no probability', () => {
    expect(() => stats.normalQuantile(1.1)).toThrow('[0, 1]')
    expect(() => stats.tQuantile(0.5, 0)).toThrow('above 0')
    expect(() => stats.betaQuantile(NaN, 1, 1)).toThrow('[0, 1]')
  })
})
