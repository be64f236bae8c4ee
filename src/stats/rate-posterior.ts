import { betaBinomialLogLikelihood, talliesOf } from './beta-binomial.ts'
import type { Share } from './newcombe.ts'

/** One beta-binomial that the units leave possible: mean m, correlation r, m·size and (1 − m)·size its alpha and beta. */
export interface RatePoint {
  readonly m: number
  readonly r: number
  readonly size: number
  /** Its posterior probability. */
  readonly weight: number
}

const STEPS = 30

interface GridPoint {
  readonly m: number
  readonly r: number
  readonly log: number
}

/** The posterior of a beta-binomial's mean and correlation, uniform on both before the data, as a grid of weighed points. */
export function ratePosterior(units: readonly Share[]): readonly RatePoint[] {
  const tallies = talliesOf(units)
  const lay = (m0: number, m1: number, r0: number, r1: number): readonly GridPoint[] =>
    Array.from({ length: STEPS * STEPS }, (_, k) => {
      const m = m0 + ((Math.floor(k / STEPS) + 0.5) / STEPS) * (m1 - m0)
      const r = r0 + (((k % STEPS) + 0.5) / STEPS) * (r1 - r0)
      return { m, r, log: betaBinomialLogLikelihood(tallies, m, r) }
    })
  // A second grid over the box that holds nearly all of the mass of the first, and a third over that of the second.
  let grid = lay(0, 1, 0, 1)
  let box: Box = { m: [0, 1], r: [0, 1] }
  for (let pass = 0; pass < 2; pass += 1) {
    box = heavyBox(grid, box)
    grid = lay(box.m[0], box.m[1], box.r[0], box.r[1])
  }
  const top = Math.max(...grid.map((each) => each.log))
  const used = grid.filter((each) => each.log > top - 11.5)
  const masses = used.map((each) => Math.exp(each.log - top))
  const total = masses.reduce((a, b) => a + b, 0)
  return used.map(({ m, r }, i) => ({ m, r, size: 1 / r - 1, weight: (masses[i] ?? 0) / total }))
}

interface Box {
  readonly m: readonly [number, number]
  readonly r: readonly [number, number]
}

function heavyBox(grid: readonly GridPoint[], { m, r }: Box): Box {
  const top = Math.max(...grid.map((each) => each.log))
  const heavy = grid.filter((each) => each.log > top - 11.5)
  const means = heavy.map((each) => each.m)
  const correlations = heavy.map((each) => each.r)
  return { m: around(means, (m[1] - m[0]) / STEPS), r: around(correlations, (r[1] - r[0]) / STEPS) }
}

function around(values: readonly number[], step: number): readonly [number, number] {
  return [Math.max(0, Math.min(...values) - step), Math.min(1, Math.max(...values) + step)]
}
