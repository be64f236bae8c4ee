import { expect, it } from 'vitest'
import { measureHorizons, plantedRuns } from '../../bench/stats-horizon.ts'
import { randomFrom } from '../../src/record/index.ts'
import { type AgentHorizons, horizons, type HorizonTrend, horizonTrend } from '../../src/stats/index.ts'

const found = horizons(plantedRuns(randomFrom('planted')), { random: randomFrom('draws'), replicates: 200 })

it('planted horizons lie inside their intervals, from seconds to a day', () => {
  // Agents 2 to 12 have h50 = 2^(agent − 3) minutes, well inside the tasks.
  for (const { agent, horizons: of } of found.filter((each) => Number(each.agent) >= 2 && Number(each.agent) <= 12)) {
    const half = of.find((each) => each.rate === 0.5)
    if (half?.minutes.type !== 'estimate') throw new Error(`no horizon for ${agent}`)
    expect(half.minutes.interval.low).toBeLessThan(2 ** (Number(agent) - 3))
    expect(half.minutes.interval.high).toBeGreaterThan(2 ** (Number(agent) - 3))
  }
})

function logs(agent: number): readonly number[] {
  return (found[agent]?.horizons[0]?.draws ?? []).map((each) => Math.log(each ?? 1))
}

function spread(values: readonly number[]): number {
  const centre = values.reduce((a, b) => a + b, 0) / values.length
  return values.reduce((sum, each) => sum + (each - centre) ** 2, 0)
}

it('shared draws move agents together, so their ratio is known better than either', () => {
  const [a, b] = [logs(7), logs(8)]
  expect(spread(a.map((each, i) => each - (b[i] ?? 0)))).toBeLessThan(spread(a) + spread(b))
})

/** Agents 2 to 12, released 30 days apart; each has twice the horizon of the one before. */
function monthly(of: readonly AgentHorizons[]): HorizonTrend {
  const trend = horizonTrend(
    of.slice(2, 13).map((each) => ({
      released: 30 * Number(each.agent),
      minutes: each.horizons[0]?.minutes.value ?? 0,
      draws: each.horizons[0]?.draws ?? [],
    })),
  )
  if (trend.type === 'not-estimable') throw new Error(trend.reason)
  return trend
}

it('the doubling time of agents that double each month holds what thousands of tasks would show', () => {
  // The penalty flattens every curve and pushes horizons near the ends of a suite outwards: 29 days, not 30, on any suite of
  // this range. That is the estimand.
  const many = plantedRuns(randomFrom('planted'), 15, 5_000)
  const whole = monthly(horizons(many, { random: randomFrom('draws'), replicates: 2 })).doublingDays
  expect(Math.abs(whole - 29.1)).toBeLessThan(0.3)
  const { interval } = monthly(found)
  expect(interval.low).toBeLessThan(whole)
  expect(interval.high).toBeGreaterThan(whole)
  expect(interval.high - interval.low).toBeLessThan(6)
  // Without the penalty the planted month comes back.
  const free = monthly(horizons(many, { random: randomFrom('draws'), replicates: 2, lambda: 1e-4 })).doublingDays
  expect(Math.abs(free - 30)).toBeLessThan(0.2)
})

it('15 agents × 170 tasks × 6 runs take seconds, not minutes, for 1,000 replicates', () => {
  expect(measureHorizons().ms).toBeLessThan(20_000)
})
