import { clusterProportion, twoWayClusterProportion, wilson } from '../stats/index.ts'
import { countOf } from './complete.ts'
import type { Analysed } from './finding.ts'

/**
 * A share of rows in [0, 1] with its interval: Wilson's where each is 0 or 1 and alone in its cluster, else the exact one
 * at the effective sample size of the clusters.
 *
 * @param clusters the cluster of each row
 * @param crossed what each row belongs to beside, where two things were sampled
 * @returns not estimable for no rows, or for several rows in one cluster
 */
export function shareOf(
  values: readonly number[],
  clusters: readonly string[],
  level: number,
  crossed?: readonly string[],
): Analysed['estimate'] {
  if (crossed !== undefined) return twoWayClusterProportion(values, clusters, crossed, level)
  const alone = values.length > 0 && new Set(clusters).size === values.length
  if (!alone || !values.every((each) => each === 0 || each === 1)) return clusterProportion(values, clusters, level)
  const won = values.filter((each) => each === 1).length
  return { type: 'estimate', value: won / values.length, interval: wilson(won, values.length, level) }
}

/** What rows share that makes them alike: one thing, or two that are crossed. */
export interface Clusters {
  readonly clusters: readonly string[]
  readonly crossed?: readonly string[]
}

/**
 * A share of the rows that have a value, with what it rests on: rows without one are left out and counted.
 *
 * @param items the task of each row, its cluster where `of` says nothing else
 */
export function shareOfKnown(
  values: readonly (number | undefined)[],
  items: readonly string[],
  level: number,
  of: Clusters = { clusters: items },
): Pick<Analysed, 'kind' | 'unit' | 'estimate' | 'n'> {
  const known = [...values.keys()].filter((i) => values[i] !== undefined)
  const pick = (column: readonly string[]): readonly string[] => known.map((i) => column[i] ?? '')
  const clusters = pick(of.clusters)
  const crossed = of.crossed === undefined ? undefined : pick(of.crossed)
  const counts = [clusters, ...(crossed === undefined ? [] : [crossed])].map((each) => new Set(each).size)
  return {
    kind: 'level',
    unit: 'proportion',
    estimate: shareOf(
      known.map((i) => values[i] ?? 0),
      clusters,
      level,
      crossed,
    ),
    n: { ...countOf(pick(items), values.length - known.length), clusters: Math.min(...counts) },
  }
}
