import { requireSameLength } from './guards.ts'

/** What a row belongs to: a task, a rater, a matter. */
export type Label = string | number

/** Rows numbered by cluster: `of[i]` in [0, count) is the cluster of row i, in order of first appearance. */
export interface Clusters {
  readonly of: Int32Array
  readonly labels: readonly Label[]
  readonly count: number
}

export function clustersOf(labels: readonly Label[]): Clusters {
  const seen = new Map<Label, number>()
  const of = new Int32Array(labels.length)
  for (const [i, label] of labels.entries()) {
    let index = seen.get(label)
    if (index === undefined) {
      index = seen.size
      seen.set(label, index)
    }
    of[i] = index
  }
  return { of, labels: [...seen.keys()], count: seen.size }
}

/** The sum of `values` within each cluster. */
export function sumsWithin(values: ArrayLike<number>, clusters: Clusters): Float64Array {
  requireSameLength('values and clusters', values, clusters.of)
  const sums = new Float64Array(clusters.count)
  for (let i = 0; i < values.length; i += 1) {
    const cluster = clusters.of[i] ?? 0
    sums[cluster] = (sums[cluster] ?? 0) + (values[i] ?? 0)
  }
  return sums
}

/** The rows of each cluster, by number. */
export function rowsWithin(clusters: Clusters): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: clusters.count }, () => [])
  for (const [i, cluster] of clusters.of.entries()) rows[cluster]?.push(i)
  return rows
}

/**
 * Variance of a sum of these parts, which are independent between clusters only. Two columns: by either − by both, or the
 * larger where that is not positive.
 */
export function clusteredVariance(parts: readonly number[], columns: readonly (readonly Label[])[]): number {
  const by = (labels: readonly Label[]): number => {
    const groups = clustersOf(labels)
    return (groups.count / (groups.count - 1)) * sumsWithin(parts, groups).reduce((sum, each) => sum + each * each, 0)
  }
  const [first = [], second] = columns
  if (second === undefined) return by(first)
  const [a, b] = [by(first), by(second)]
  const combined = a + b - by(first.map((label, i) => `${label}\u0000${second[i] ?? ''}`))
  return combined > 0 ? combined : Math.max(a, b)
}
