import type { Label } from '../clusters.ts'
import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireCount, requireLevel, requirePositive, requireProbability } from '../guards.ts'
import { horizonAt, type Logistic, METR_LAMBDA, penalisedLogistic, type WeightedRows } from './fit.ts'
import { type Cell, type HorizonRun, rowsOf, type Suite, suiteOf } from './suite.ts'
import { sortedQuantile } from '../quantile.ts'
import type { Random } from '../random.ts'

export interface HorizonOptions {
  readonly random: Random
  /** Default 1,000. */
  readonly replicates?: number
  /** Default 0.95. */
  readonly level?: number
  /** Success rates whose horizons are wanted, in (0, 1); default 0.5 and 0.8. */
  readonly rates?: readonly number[]
  /** Default 0.1. */
  readonly lambda?: number
  /**
   * What is drawn: `nested` (METR's: families, tasks inside them, runs inside those; covers more than it says, since each level
   * adds its spread again) or `families` alone. Default `nested`.
   */
  readonly draw?: 'nested' | 'families'
}

/** The length of task, in human minutes, that an agent finishes at a success rate. */
export interface Horizon {
  readonly rate: number
  /** `value` is in minutes; not estimable with `value` 0 for an agent that never succeeds. */
  readonly minutes: Estimated<{ readonly type: 'estimate'; readonly value: number; readonly interval: Interval }>
  /** Minutes by replicate, in the order drawn; NaN-free: a skipped replicate is undefined. Replicate i is one draw for all agents. */
  readonly draws: readonly (number | undefined)[]
  /** Replicates without a horizon: every or no run succeeded, or success did not fall with length. */
  readonly skipped: number
}

export interface AgentHorizons {
  readonly agent: Label
  readonly fit: Logistic | undefined
  readonly runs: number
  readonly tasks: number
  readonly horizons: readonly Horizon[]
}

/**
 * METR's time horizons of any number of agents with the nested bootstrap: families are drawn with replacement, then tasks
 * inside each drawn copy, then runs inside each task and agent. All agents share the draw of families and tasks. Weights
 * are carried over unchanged. Percentile intervals.
 *
 * @returns one entry an agent, in order of first appearance
 * @throws AssayError `stats/horizon-task`, `stats/not-positive`, `stats/not-a-probability`, `stats/not-a-count`
 * @see Kwa et al. (2025), arXiv 2503.14499; repository METR/eval-analysis-public
 */
export function horizons(runs: readonly HorizonRun[], options: HorizonOptions): readonly AgentHorizons[] {
  const {
    random,
    replicates = 1_000,
    level = 0.95,
    rates = [0.5, 0.8],
    lambda = METR_LAMBDA,
    draw = 'nested',
  } = options
  requireCount('replicates', replicates, 1)
  requireLevel(level)
  requirePositive('lambda', lambda)
  for (const rate of rates) {
    requireProbability('rate', rate)
    requirePositive('rate', rate * (1 - rate))
  }
  const suite = suiteOf(runs)
  const fits = suite.cells.map((cells) => penalisedLogistic(rowsOf(suite, cells), lambda))
  const draws: (Logistic | undefined)[][] = suite.cells.map(() => [])
  const copies: Copies = { tasks: new Int32Array(suite.tasks.length), random, nested: draw === 'nested' }
  const buffers = suite.cells.map((cells) => bufferFor(cells.length))
  for (let r = 0; r < replicates; r += 1) {
    drawTasks(suite, copies)
    for (const [agent, cells] of suite.cells.entries()) {
      const fit = fits[agent]
      const rows = buffers[agent] ?? bufferFor(cells.length)
      draws[agent]?.push(
        fit === undefined ? undefined : penalisedLogistic(drawRuns(suite, cells, copies, rows), lambda, fit),
      )
    }
  }
  return suite.agents.map((agent, i) => {
    const cells = suite.cells[i] ?? []
    const count = cells.reduce((sum, cell) => sum + cell.scores.length, 0)
    const never = cells.every((cell) => cell.constant === 0)
    const found = rates.map((rate) => summary(rate, fits[i], draws[i] ?? [], never, { level, draw }))
    return { agent, fit: fits[i], runs: count, tasks: cells.length, horizons: found }
  })
}

interface Copies {
  /** How often each task was drawn. */
  readonly tasks: Int32Array
  readonly random: Random
  /** Draw tasks and runs too, not families alone. */
  readonly nested: boolean
}

type Buffer = { -readonly [key in keyof WeightedRows]: WeightedRows[key] }

function bufferFor(length: number): Buffer {
  return { x: new Float64Array(length), weight: new Float64Array(length), success: new Float64Array(length), length: 0 }
}

function drawTasks({ families }: Suite, { tasks, random, nested }: Copies): void {
  tasks.fill(0)
  for (let f = 0; f < families.length; f += 1) {
    const family = families[Math.floor(random() * families.length)]
    if (family === undefined) continue
    for (let t = 0; t < family.length; t += 1) {
      const task = family[nested ? Math.floor(random() * family.length) : t] ?? 0
      tasks[task] = (tasks[task] ?? 0) + 1
    }
  }
}

function drawRuns(suite: Suite, cells: readonly Cell[], { tasks, random, nested }: Copies, rows: Buffer): WeightedRows {
  let length = 0
  for (let c = 0; c < cells.length; c += 1) {
    const cell = cells[c]
    if (cell === undefined) continue
    const copies = tasks[cell.task] ?? 0
    if (copies === 0) continue
    const n = cell.scores.length
    let sum = 0
    if (!nested) {
      for (const score of cell.scores) sum += copies * score
    } else if (cell.constant === undefined) {
      for (let i = copies * n; i > 0; i -= 1) sum += cell.scores[Math.floor(random() * n)] ?? 0
    } else {
      sum = copies * cell.constant
    }
    rows.x[length] = suite.x[cell.task] ?? 0
    rows.weight[length] = copies * n * cell.weight
    rows.success[length] = sum * cell.weight
    length += 1
  }
  rows.length = length
  return rows
}

function summary(
  rate: number,
  fit: Logistic | undefined,
  fits: readonly (Logistic | undefined)[],
  never: boolean,
  { level, draw }: { readonly level: number; readonly draw: string },
): Horizon {
  const draws = fits.map((each) => (each === undefined ? undefined : horizonAt(each, rate)))
  const found = draws.filter((each) => each !== undefined)
  const skipped = draws.length - found.length
  const of = (minutes: Horizon['minutes']): Horizon => ({ rate, minutes, draws, skipped })
  if (never) return of(notEstimable('no run succeeded: the horizon is 0', 0))
  if (fit === undefined) return of(notEstimable('every run succeeded: the horizon is beyond the tasks'))
  const value = horizonAt(fit, rate)
  if (value === undefined) return of(notEstimable('success does not fall with length'))
  if (found.length < draws.length / 2)
    return of(notEstimable(`${skipped} of ${draws.length} replicates have no horizon`, value))
  const sorted = Float64Array.from(found).toSorted()
  const interval = {
    low: sortedQuantile(sorted, (1 - level) / 2),
    high: sortedQuantile(sorted, (1 + level) / 2),
    level,
    method: `${draw} bootstrap percentile, ${draws.length} replicates`,
  }
  return of({ type: 'estimate', value, interval })
}
