import type { Outcome, Random } from '../record/index.ts'
import { clusterDifference, pairedDifference, signFlip, tCdf } from '../stats/index.ts'
import type { Analysed } from './finding.ts'
import { average, clusterOf, valueOf } from './groups.ts'
import type { Unit } from './measure.ts'
import { withoutSpread } from './without-spread.ts'

/** Two arms as they will be compared. */
export interface Arms {
  readonly pair: 'task and seed' | 'task' | 'none'
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly fromClusters: readonly string[]
  readonly toClusters: readonly string[]
  readonly clusters: number
  readonly used: number
  readonly means: Readonly<Record<string, number>>
}

/** Pairs the rows as far as they can be paired. */
export function armsOf(a: readonly Outcome[], b: readonly Outcome[], measure: string, cluster: 'task' | 'seed'): Arms {
  const byTrial = paired(a, b, measure, (row) => JSON.stringify([row.task, row.seed]), cluster)
  if (byTrial !== undefined) return { ...byTrial, pair: 'task and seed' }
  const byTask = cluster === 'task' ? paired(a, b, measure, (row) => row.task, cluster) : undefined
  if (byTask !== undefined) return { ...byTask, pair: 'task' }
  const from = a.map((row) => valueOf(row, measure) ?? 0)
  const to = b.map((row) => valueOf(row, measure) ?? 0)
  const fromClusters = a.map((row) => clusterOf(row, cluster))
  const toClusters = b.map((row) => clusterOf(row, cluster))
  return { ...made(from, to, fromClusters, toClusters), pair: 'none', used: a.length + b.length }
}

/** One value a pair and arm, where both arms have the key; undefined where they share none. */
function paired(
  a: readonly Outcome[],
  b: readonly Outcome[],
  measure: string,
  keyOf: (row: Outcome) => string,
  cluster: 'task' | 'seed',
): Omit<Arms, 'pair'> | undefined {
  const before = Map.groupBy(a, keyOf)
  const after = Map.groupBy(b, keyOf)
  const keys = [...before.keys()].filter((key) => after.has(key))
  if (keys.length === 0) return undefined
  const mean = (rows: readonly Outcome[] = []): number =>
    rows.reduce((sum, row) => sum + (valueOf(row, measure) ?? 0), 0) / Math.max(1, rows.length)
  const from = keys.map((key) => mean(before.get(key)))
  const to = keys.map((key) => mean(after.get(key)))
  const clusters = keys.map((key) => {
    const [row] = before.get(key) ?? []
    return row === undefined ? key : clusterOf(row, cluster)
  })
  const used = keys.reduce((sum, key) => sum + (before.get(key)?.length ?? 0) + (after.get(key)?.length ?? 0), 0)
  return { ...made(from, to, clusters, clusters), used }
}

function made(
  from: readonly number[],
  to: readonly number[],
  fromClusters: readonly string[],
  toClusters: readonly string[],
): Omit<Arms, 'pair' | 'used'> {
  const clusters = new Set([...fromClusters, ...toClusters]).size
  const means = from.length === 0 || to.length === 0 ? {} : { meanFrom: average(from), meanTo: average(to) }
  return { from, to, fromClusters, toClusters, clusters, means }
}

/**
 * The difference with its p value; without one where the method has none. Of pairs, p is that of flipping the signs of
 * whole clusters, which holds its level where few pairs differ; of independent arms, that of t.
 *
 * @param random draws signs beyond 16 clusters; up to there all of them are walked
 */
export function differenceIn(
  design: Arms,
  unit: Unit,
  level: number,
  random: Random,
): { readonly estimate: Analysed['estimate']; readonly p?: number } {
  const { pair, from, to, fromClusters, toClusters } = design
  const estimate =
    pair === 'none'
      ? clusterDifference({ values: from, clusters: fromClusters }, { values: to, clusters: toClusters }, level)
      : pairedDifference(from, to, { clusters: fromClusters, level })
  if (estimate.type === 'estimate') {
    const t = estimate.value / estimate.standardError
    const p = pair === 'none' ? 2 * tCdf(-Math.abs(t), estimate.df ?? 1) : flippedP(design, random)
    return { estimate, p }
  }
  return (
    (unit === 'proportion' ? withoutSpread({ ...design, paired: pair !== 'none' }, level) : undefined) ?? { estimate }
  )
}

/** p of flipping the signs of the clusters whose sums differ: those that do not leave every sum as it is. */
function flippedP({ from, to, fromClusters }: Arms, random: Random): number {
  const sums = new Map<string, number>()
  for (const [index, cluster] of fromClusters.entries())
    sums.set(cluster, (sums.get(cluster) ?? 0) + (to[index] ?? 0) - (from[index] ?? 0))
  const flipped = signFlip(
    [...sums.values()].filter((sum) => Math.abs(sum) > 1e-12),
    random,
  )
  return flipped.type === 'estimate' ? flipped.pValue : 1
}
