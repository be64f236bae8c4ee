import type { Outcome } from '../record/index.ts'
import { averageOf, valueOf } from '../findings/index.ts'

/**
 * What is assumed of a measure before anything is measured. With `total` 1, differences are in standard deviations of one
 * trial.
 */
export interface Spread {
  /** Standard deviation of one trial of one agent; √(p(1 − p)) for a share p. Above 0. */
  readonly total: number
  /** Share of its square that all trials of one task (or seed) have in common, in [0, 1]. */
  readonly shared: number
  /** How far two arms find the same tasks (or seeds) hard: correlation of what their trials share, in [−1, 1]. */
  readonly agree: number
  /** Share of the square that all tasks of one cluster (family, matter) have in common; with `shared` at most 1. Default 0. */
  readonly clustered?: number
}

/**
 * Assumed where nothing is known: half of a trial's variance belongs to its task, and two arms need not find the same
 * tasks hard. Real agents mostly agree, so a real comparison sees a little more than this says.
 */
export const ASSUMED: Omit<Spread, 'total'> = { shared: 0.5, agree: 0 }

/**
 * Spread of a measure in rows that lie there: pooled over agents and cells, by one-way analysis of variance on what makes
 * trials alike. Moment estimates outside their range are cut to it.
 *
 * @param by what trials of a cluster share
 * @returns undefined where no group has two clusters, or nothing varies
 */
export function spreadOf(rows: readonly Outcome[], measure: string, by: 'task' | 'seed'): Spread | undefined {
  const arms = [...Map.groupBy(rows, (row) => JSON.stringify([row.agent, row.cell])).values()].map((group) =>
    Map.groupBy(
      group.filter((row) => valueOf(row, measure) !== undefined),
      (row) => (by === 'task' ? row.task : row.seed),
    ),
  )
  let total = 0
  let between = 0
  let weight = 0
  for (const clusters of arms) {
    const parts = components([...clusters.values()].map((group) => group.map((row) => valueOf(row, measure) ?? 0)))
    if (parts === undefined) continue
    total += parts.weight * (parts.between + parts.within)
    between += parts.weight * parts.between
    weight += parts.weight
  }
  if (weight === 0 || total === 0) return undefined
  return {
    total: Math.sqrt(total / weight),
    shared: between / total,
    agree: agreement(arms, measure, between / weight),
  }
}

/** Moment estimates of a one-way layout; unequal groups by the usual n₀. Where every cluster has one trial, nothing tells its own variance from its trial's: all of it is `between`. */
function components(
  groups: readonly (readonly number[])[],
): { readonly between: number; readonly within: number; readonly weight: number } | undefined {
  const full = groups.filter((group) => group.length > 0)
  const k = full.length
  const n = full.reduce((sum, group) => sum + group.length, 0)
  if (k < 2) return undefined
  const grand = full.flat().reduce((a, b) => a + b, 0) / n
  const means = full.map((group) => group.reduce((a, b) => a + b, 0) / group.length)
  const squaresBetween = full.reduce((sum, group, i) => sum + group.length * ((means[i] ?? 0) - grand) ** 2, 0)
  if (n === k) return { between: squaresBetween / (k - 1), within: 0, weight: k - 1 }
  const within =
    full.reduce((sum, group, i) => sum + group.reduce((s, x) => s + (x - (means[i] ?? 0)) ** 2, 0), 0) / (n - k)
  const size = (n - full.reduce((sum, group) => sum + group.length ** 2, 0) / n) / (k - 1)
  return { between: Math.max(0, (squaresBetween / (k - 1) - within) / size), within, weight: n - 1 }
}

/** Mean covariance of cluster means over pairs of arms, as a share of what clusters share. */
function agreement(arms: readonly ReadonlyMap<string, readonly Outcome[]>[], measure: string, between: number): number {
  if (between === 0) return 0
  let sum = 0
  let pairs = 0
  for (const [index, first] of arms.entries()) {
    for (const second of arms.slice(index + 1)) {
      const keys = [...first.keys()].filter((key) => second.has(key))
      if (keys.length < 2) continue
      const a = keys.map((key) => averageOf(first.get(key), measure) ?? 0)
      const b = keys.map((key) => averageOf(second.get(key), measure) ?? 0)
      const meanA = a.reduce((x, y) => x + y, 0) / a.length
      const meanB = b.reduce((x, y) => x + y, 0) / b.length
      sum += a.reduce((s, x, i) => s + (x - meanA) * ((b[i] ?? 0) - meanB), 0) / (keys.length - 1)
      pairs++
    }
  }
  return pairs === 0 ? 0 : Math.min(1, Math.max(-1, sum / pairs / between))
}
