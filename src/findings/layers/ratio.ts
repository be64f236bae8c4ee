import { clopperPearson, tQuantile } from '../../stats/index.ts'
import type { Analysed } from '../finding.ts'

/**
 * How much likelier a stack lets pass than the product of what its layers let pass each alone: interval on the log scale,
 * linearised over clusters (G/(G − 1), t with G − 1 degrees of freedom). Where nothing passed the stack, the exact upper
 * bound for as many clusters takes its place.
 *
 * @param missed one array a case: whether each layer, alone, let it pass
 * @param stacked whether all together let it pass
 * @param clusters what each case belongs to
 * @returns not estimable without cases, with one cluster, or where a layer let nothing pass
 */
export function jointRatio(
  missed: readonly (readonly boolean[])[],
  stacked: readonly boolean[],
  clusters: readonly string[],
  level: number,
): Analysed['estimate'] {
  const n = stacked.length
  const layers = missed[0]?.length ?? 0
  const count = new Set(clusters).size
  if (n === 0) return { type: 'not-estimable', reason: 'the target yielded to nothing' }
  const single = Array.from({ length: layers }, (_, at) => missed.filter((row) => row[at] === true).length / n)
  if (single.includes(0)) return { type: 'not-estimable', reason: 'a layer alone let none of these attacks pass' }
  const product = single.reduce((all, each) => all * each, 1)
  const joint = stacked.filter(Boolean).length / n
  const value = joint / product
  if (count < 2) return { type: 'not-estimable', reason: 'one cluster shows no spread', value }
  if (joint === 0) {
    const { high } = clopperPearson(0, count, level)
    return {
      type: 'estimate',
      value,
      interval: { low: 0, high: high / product, level, method: 'exact bound over clusters' },
    }
  }
  const sums = new Map<string, number>()
  for (const [row, cluster] of clusters.entries()) {
    const passed = missed[row] ?? []
    const own =
      (Number(stacked[row]) - joint) / joint - single.reduce((sum, p, at) => sum + (Number(passed[at]) - p) / p, 0)
    sums.set(cluster, (sums.get(cluster) ?? 0) + own / n)
  }
  const variance = (count / (count - 1)) * [...sums.values()].reduce((sum, each) => sum + each * each, 0)
  if (variance < 1e-18) return { type: 'not-estimable', reason: 'no spread between clusters', value }
  const half = tQuantile((1 + level) / 2, count - 1) * Math.sqrt(variance)
  const interval = {
    low: value * Math.exp(-half),
    high: value * Math.exp(half),
    level,
    method: 'log ratio, linearised over clusters',
  }
  return { type: 'estimate', value, interval }
}
