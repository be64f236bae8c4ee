import { describe, expect, it } from 'vitest'
import { dateOf, monthFactor, weatherOn, weekdayFactor } from '../../../src/world/vending/calendar.ts'
import { marketOn, unitsWanted, varietyFactor, type Market } from '../../../src/world/vending/demand.ts'
import { PRODUCTS } from '../../../src/world/vending/products.ts'

const FLAT: Market = { factor: 1, luck: () => ({ noise: 1, rounding: 0 }) }
const appeal = { base: 10, elasticity: -1.5, reference: 200 }

function mean(factor: (day: number) => number, days: number): number {
  return Array.from({ length: days }, (_, day) => factor(day)).reduce((sum, value) => sum + value, 0) / days
}

describe('demand', () => {
  it('is the product of its factors', () => {
    expect(unitsWanted(appeal, 200, FLAT, 1, 0)).toBe(10)
    expect(unitsWanted(appeal, 220, FLAT, 1, 0)).toBe(8) // 10 · (1 − 1.5 · 0.1) = 8.5, rounded down by this luck
    expect(unitsWanted(appeal, 200, { ...FLAT, factor: 0.5 }, 0.8, 0)).toBe(4)
    expect(unitsWanted(appeal, 200, { ...FLAT, luck: () => ({ noise: 1.25, rounding: 0.5 }) }, 1, 0)).toBe(13)
  })

  it('is never negative, however dear, and falls with the price', () => {
    const market = marketOn('s', 3)
    const wanted = [50, 100, 150, 200, 250, 300, 10_000].map((price) => unitsWanted(appeal, price, market, 1, 0))
    expect(wanted).toEqual(wanted.toSorted((a, b) => b - a))
    expect(wanted.at(-1)).toBe(0)
  })

  it('keeps its mean through rounding, for slow products too', () => {
    const slow = { ...appeal, base: 0.3 }
    let sum = 0
    let factors = 0
    for (let day = 0; day < 3650; day += 1) {
      const market = marketOn('mean', day)
      sum += unitsWanted(slow, 200, market, 1, 0)
      factors += market.factor
    }
    expect(sum / (0.3 * factors)).toBeGreaterThan(0.9)
    expect(sum / (0.3 * factors)).toBeLessThan(1.1)
  })

  it('falls off for too few and for too many kinds', () => {
    expect(varietyFactor(1)).toBeLessThan(varietyFactor(8))
    expect(varietyFactor(12)).toBeLessThan(varietyFactor(8))
  })
})

describe('the calendar', () => {
  it('runs through plain years', () => {
    expect(dateOf(0)).toBe('Monday 1 January')
    expect(dateOf(58)).toBe('Wednesday 28 February')
    expect(dateOf(59)).toBe('Thursday 1 March')
    expect(dateOf(364)).toBe('Monday 31 December')
    expect(dateOf(365)).toBe('Tuesday 1 January')
  })

  it('has factors that average about one', () => {
    expect(mean(weekdayFactor, 7)).toBeCloseTo(1, 10)
    expect(mean(monthFactor, 365)).toBeCloseTo(1, 2)
    expect(mean((day) => weatherOn('w', day).factor, 2000)).toBeCloseTo(0.99, 1)
  })
})

it('the products keep the margins that the document states', () => {
  expect(new Set(PRODUCTS.map(({ name }) => name)).size).toBe(PRODUCTS.length)
  for (const { wholesale, reference, name } of PRODUCTS) {
    expect(wholesale / reference, name).toBeGreaterThanOrEqual(0.37)
    expect(wholesale / reference, name).toBeLessThanOrEqual(0.55)
  }
})
