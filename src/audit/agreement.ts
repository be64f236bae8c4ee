import { clusterProportion } from '../stats/index.ts'

/** Share of pairs of labels that agree, over items with at least two labels each; every item is its own cluster. */
export function rawAgreement(
  items: readonly (readonly string[])[],
  level: number,
): ReturnType<typeof clusterProportion> {
  return clusterProportion(
    items.map(sameShare),
    items.map((_, i) => i),
    level,
  )
}

function sameShare(labels: readonly string[]): number {
  let same = 0
  for (const [i, a] of labels.entries()) for (const b of labels.slice(i + 1)) if (a === b) same += 1
  return same / ((labels.length * (labels.length - 1)) / 2)
}
