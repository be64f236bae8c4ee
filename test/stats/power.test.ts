import { describe, expect, it } from 'vitest'
import * as stats from '../../src/stats/index.ts'

const design = { tasks: 40, repeats: 3, betweenTasks: 0.2, withinTask: 0.4 }

describe('planning', () => {
  it('the detectable difference is the one with that power', () => {
    const difference = stats.detectableDifference(design, 0.8)
    expect(stats.powerPaired(difference, design)).toBeCloseTo(0.8, 8)
  })
  it('the fewest tasks: one fewer does not do', () => {
    const tasks = stats.tasksNeeded(0.1, design) ?? 0
    expect(stats.powerPaired(0.1, { ...design, tasks })).toBeGreaterThanOrEqual(0.8)
    expect(stats.powerPaired(0.1, { ...design, tasks: tasks - 1 })).toBeLessThan(0.8)
    expect(stats.tasksNeeded(1e-9, design)).toBeUndefined()
  })
  it('no difference is found at the level of the test', () => {
    expect(stats.powerPaired(0, { ...design, tasks: 2 })).toBeCloseTo(0.05, 5)
    expect(stats.powerTwoProportions(0.3, 0.3, 50)).toBeCloseTo(0.05, 10)
    expect(stats.powerLogRank(1, 80)).toBeCloseTo(0.05, 10)
    expect(stats.powerOneRate(0.1, 0.1, 40)).toBeLessThanOrEqual(0.05)
  })
  it('trials to see a rare event undo the bound at zero', () => {
    expect(stats.trialsToSee(0.01)).toBe(299)
    expect(stats.exactUpperBoundAtZero(299)).toBeLessThan(0.01)
    expect(stats.exactUpperBoundAtZero(298)).toBeGreaterThan(0.01)
    expect(stats.trialsToSee(1)).toBe(1)
  })
  it('rows of one cluster are worth less the more they agree', () => {
    expect(stats.designEffect(6, 0)).toBe(1)
    expect(stats.designEffect(6, 1)).toBe(6)
  })
  it('a simulated power comes with its own interval', () => {
    let turn = 0
    const found = stats.simulatePower(
      () => (turn += 1) % 4 === 0,
      () => 0.5,
      400,
    )
    expect(found.value).toBe(0.25)
    expect(found.interval).toEqual(stats.wilson(100, 400))
  })
  it('rates of 0 and 1 are told apart for certain', () => {
    expect(stats.powerTwoProportions(0, 1, 20)).toBe(1)
    expect(stats.powerTwoProportions(0, 0, 20)).toBe(0)
  })
})

it('a confidence sequence before any outcome says nothing', () => {
  expect(stats.anytimeInterval([])).toMatchObject({ low: 0, high: 1 })
})

it('χ² quantiles are the squares of normal ones', () => {
  expect(stats.chiSquaredQuantile(0.95, 1)).toBeCloseTo(stats.normalQuantile(0.975) ** 2, 12)
})

it('rows too many to spread into arguments are no problem', () => {
  const values = Array.from({ length: 300_000 }, (_, i) => i % 7)
  const found = stats.clusterMean(
    values,
    values.map((_, i) => i % 501),
  )
  expect(found.type).toBe('estimate')
  expect(
    stats.clusterDifference(
      { values, clusters: values.map((_, i) => i % 11) },
      { values, clusters: values.map((_, i) => i % 13) },
    ).value,
  ).toBe(0)
})
