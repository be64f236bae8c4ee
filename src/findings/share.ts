import { clusterProportion, wilson } from '../stats/index.ts'
import { countOf } from './complete.ts'
import type { Analysed } from './finding.ts'

/**
 * A share of rows in [0, 1] with its interval: Wilson's where each is 0 or 1 and alone in its cluster, else the exact one
 * at the effective sample size of the clusters.
 *
 * @param clusters the cluster of each row
 * @returns not estimable for no rows, or for several rows in one cluster
 */
export function shareOf(values: readonly number[], clusters: readonly string[], level: number): Analysed['estimate'] {
  const alone = values.length > 0 && new Set(clusters).size === values.length
  if (!alone || !values.every((each) => each === 0 || each === 1)) return clusterProportion(values, clusters, level)
  const won = values.filter((each) => each === 1).length
  return { type: 'estimate', value: won / values.length, interval: wilson(won, values.length, level) }
}

/** A share of the rows that have a value, with what it rests on: rows without one are left out and counted. */
export function shareOfKnown(
  values: readonly (number | undefined)[],
  items: readonly string[],
  level: number,
): Pick<Analysed, 'kind' | 'unit' | 'estimate' | 'n'> {
  const known = values.flatMap((value, i) => (value === undefined ? [] : [{ value, item: items[i] ?? '' }]))
  const clusters = known.map(({ item }) => item)
  return {
    kind: 'level',
    unit: 'proportion',
    estimate: shareOf(
      known.map(({ value }) => value),
      clusters,
      level,
    ),
    n: countOf(clusters, values.length - known.length),
  }
}
