import type { Outcome } from '../record/index.ts'
import { clusterDifference, pairedDifference, tCdf } from '../stats/index.ts'
import { type Analysed, type Unit, average, clusterOf, valueOf, withoutSpread } from '../findings/index.ts'
import type { Study } from '../study/index.ts'

/** The cluster of the study's own mean of the measure; tasks cannot be clusters where there is one. */
export function clusterFor(study: Study, measure: string, rows: readonly Outcome[]): 'task' | 'seed' {
  const several = new Set(rows.map((row) => row.task)).size > 1
  const own = study.findings.find((analysis) => analysis.measure === measure && 'cluster' in analysis.options)
  return several && own?.options['cluster'] !== 'seed' ? 'task' : 'seed'
}

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

/** The difference with its p value; without one where the method has none. */
export function differenceIn(
  design: Arms,
  unit: Unit,
  level: number,
): { readonly estimate: Analysed['estimate']; readonly p?: number } {
  const { pair, from, to, fromClusters, toClusters } = design
  const estimate =
    pair === 'none'
      ? clusterDifference({ values: from, clusters: fromClusters }, { values: to, clusters: toClusters }, level)
      : pairedDifference(from, to, { clusters: fromClusters, level })
  if (estimate.type === 'estimate') {
    const t = estimate.value / estimate.standardError
    return { estimate, p: 2 * tCdf(-Math.abs(t), estimate.df ?? 1) }
  }
  return (
    (unit === 'proportion' ? withoutSpread({ ...design, paired: pair !== 'none' }, level) : undefined) ?? { estimate }
  )
}
