import { clusterProportion, twoWayClusterProportion } from '../stats/index.ts'
import type { Analysed, Clusters } from '../findings/index.ts'
import type { Variant } from './audited.ts'

/** Share of pairs of labels that agree, over items with at least two labels each; every item is its own cluster unless it is said otherwise. */
export function rawAgreement(
  items: readonly (readonly string[])[],
  level: number,
  { clusters, crossed }: Clusters = { clusters: items.map((_, i) => String(i)) },
): Analysed['estimate'] {
  const shares = items.map(sameShare)
  return crossed === undefined
    ? clusterProportion(shares, clusters, level)
    : twoWayClusterProportion(shares, clusters, crossed, level)
}

/** The same under other counting rules. */
export function agreementVariants(items: readonly (readonly string[])[]): readonly Variant[] {
  const pairs = items.map((labels) => (labels.length * (labels.length - 1)) / 2)
  const same = items.reduce((total, labels, i) => total + sameShare(labels) * (pairs[i] ?? 0), 0)
  const whole = items.filter((labels) => new Set(labels).size === 1).length
  return items.length === 0
    ? []
    : [
        { policy: 'every pair of labels alike, not every item', value: same / pairs.reduce((a, b) => a + b, 0) },
        { policy: 'items on which all labels agree', value: whole / items.length },
      ]
}

function sameShare(labels: readonly string[]): number {
  let same = 0
  for (const [i, a] of labels.entries()) for (const b of labels.slice(i + 1)) if (a === b) same += 1
  return same / ((labels.length * (labels.length - 1)) / 2)
}
