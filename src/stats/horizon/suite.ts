import { AssayError } from '../../assay-error.ts'
import { clustersOf, type Label } from '../clusters.ts'
import { requirePositive, requireProbability } from '../guards.ts'
import type { WeightedRows } from './fit.ts'

/** One run of one agent on one task. */
export interface HorizonRun {
  readonly agent: Label
  readonly task: Label
  readonly family: Label
  /** What a human needs, above 0; equal for all runs of a task. */
  readonly minutes: number
  /** In [0, 1]. */
  readonly score: number
}

/** The runs of one agent on one task, collapsed; the likelihood needs no more of them. */
export interface Cell {
  readonly task: number
  /** Weight of one run: 1/(n_t·√m_f), normalised to sum 1 over the agent's runs. */
  readonly weight: number
  readonly scores: Float64Array
  /** Σ scores if all are equal (then nothing can be drawn), else undefined. */
  readonly constant: number | undefined
}

export interface Suite {
  readonly agents: readonly Label[]
  readonly tasks: readonly Label[]
  /** log2 minutes of each task. */
  readonly x: Float64Array
  /** Task numbers of each family. */
  readonly families: readonly Int32Array[]
  /** The cells of each agent. */
  readonly cells: readonly (readonly Cell[])[]
}

/**
 * Numbers the agents, tasks and families and collapses the runs.
 *
 * @throws AssayError `stats/horizon-task` when a task has two lengths or two families
 */
export function suiteOf(runs: readonly HorizonRun[]): Suite {
  const agents = clustersOf(runs.map((run) => run.agent))
  const tasks = clustersOf(runs.map((run) => run.task))
  const families = clustersOf(runs.map((run) => run.family))
  const x = new Float64Array(tasks.count).fill(NaN)
  const familyOf = new Int32Array(tasks.count).fill(-1)
  const scores: number[][][] = agents.labels.map(() => tasks.labels.map(() => []))
  for (const [i, run] of runs.entries()) {
    requirePositive('minutes', run.minutes)
    requireProbability('a score', run.score)
    const task = tasks.of[i] ?? 0
    const family = families.of[i] ?? 0
    const length = Math.log2(run.minutes)
    const known = familyOf[task] !== -1
    if (known && (familyOf[task] !== family || x[task] !== length)) {
      throw new AssayError(
        'stats/horizon-task',
        `Task ${run.task} has two lengths or two families; one task has one of each.`,
      )
    }
    x[task] = length
    familyOf[task] = family
    scores[agents.of[i] ?? 0]?.[task]?.push(run.score)
  }
  const members = families.labels.map((_, f) =>
    Int32Array.from(tasks.labels.keys()).filter((task) => familyOf[task] === f),
  )
  return {
    agents: agents.labels,
    tasks: tasks.labels,
    x,
    families: members,
    cells: scores.map((each) => cellsOf(each, familyOf)),
  }
}

function cellsOf(byTask: readonly (readonly number[])[], familyOf: Int32Array): readonly Cell[] {
  const done = byTask.flatMap((scores, task) => (scores.length > 0 ? [{ task, scores }] : []))
  const inFamily = new Map<number, number>()
  for (const { task } of done) inFamily.set(familyOf[task] ?? 0, (inFamily.get(familyOf[task] ?? 0) ?? 0) + 1)
  const raw = done.map(({ task, scores }) => 1 / (scores.length * Math.sqrt(inFamily.get(familyOf[task] ?? 0) ?? 1)))
  const sum = raw.reduce((total, each, i) => total + each * (done[i]?.scores.length ?? 0), 0)
  return done.map(({ task, scores }, i) => ({
    task,
    weight: (raw[i] ?? 0) / sum,
    scores: Float64Array.from(scores),
    constant: scores.every((score) => score === scores[0]) ? scores.length * (scores[0] ?? 0) : undefined,
  }))
}

/** The rows of one agent as they stand. */
export function rowsOf(suite: Suite, cells: readonly Cell[]): WeightedRows {
  return {
    x: Float64Array.from(cells, (cell) => suite.x[cell.task] ?? 0),
    weight: Float64Array.from(cells, (cell) => cell.weight * cell.scores.length),
    success: Float64Array.from(cells, (cell) => cell.weight * cell.scores.reduce((a, b) => a + b, 0)),
    length: cells.length,
  }
}
