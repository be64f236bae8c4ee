import { clusterMean, clusterProportion, skewness } from '../stats/index.ts'
import type { Analysis } from './analysis.ts'
import { complete } from './complete.ts'
import type { Denominator } from './finding.ts'
import { format, type Unit } from './measure.ts'
import { average, clusterOf, having, LEFT_OUT } from './groups.ts'
import { knownOptions } from './known-options.ts'
import { perGroup } from './per-group.ts'
import { quantityTitle } from './quantity-title.ts'

/** Options of {@link mean}. */
export interface MeanOptions<F extends string> {
  /** Columns to tell apart; factors that vary in the run are added, so that unlike trials are never pooled unseen. */
  readonly by: readonly (F | 'agent')[]
  /** Factors over which trials are pooled though they vary; said aloud, since the mean then depends on their mix. */
  readonly over?: readonly F[]
  /** What repeats share: rows of one cluster are not independent. */
  readonly cluster: 'seed' | 'task'
  /** Print the lowest trial beside the mean, for measures where more is better. */
  readonly worst?: boolean
  readonly title?: string
}

/**
 * Mean of a measure per group, with a 95% interval over clusters: Student's t on G − 1 degrees of freedom for numbers,
 * Korn–Graubard for shares.
 */
export function mean<const M extends string, const F extends string>(
  measure: M,
  options: MeanOptions<F>,
): Analysis<M, F, never> {
  knownOptions(`mean(${measure})`, options, ['by', 'over', 'cluster', 'worst', 'title'])
  const { by, over = [], cluster, worst: showsWorst = false, title = quantityTitle(`mean(${measure})`) } = options
  return {
    ...perGroup(`mean(${measure})`, measure, options, {}, (group, { measures, level }) => {
      const unit = measures[measure]?.unit ?? 'score'
      const { rows: kept, n } = having(group.rows, [measure], cluster)
      const values = kept.map((row) => Number(row.values[measure]))
      const clusters = kept.map((row) => clusterOf(row, cluster))
      const estimate =
        unit === 'proportion' ? clusterProportion(values, clusters, level) : clusterMean(values, clusters, level)
      const worst = kept.toSorted((a, b) => Number(a.values[measure]) - Number(b.values[measure]))[0]
      const showWorst = showsWorst && worst !== undefined
      return [
        complete({
          quantity: `mean(${measure})`,
          title,
          kind: 'level',
          subject: group.subject,
          unit,
          conditions: group.conditions,
          estimate,
          n,
          policies: {
            ...LEFT_OUT,
            cluster,
            ...(over.length > 0 && { pooled: `over ${over.join(', ')}, as often as each was run` }),
          },
          details: {
            ...skewOf(unit, values, clusters),
            ...(showWorst && {
              worst: Number(worst.values[measure]),
              worstTrial: worst.trial,
              worstText: format(Number(worst.values[measure]), unit),
            }),
          },
          // Korn–Graubard is exact at any number: only a mean leans on the values being near normal.
          caveats: unit === 'proportion' ? [] : fewClusters(n.clusters, 'clusters'),
          wrongIf: wrongIf(n, cluster),
        }),
      ]
    }),
    kind: 'level',
    title,
    derives: { type: 'mean' },
    options: { by, cluster, worst: showsWorst, ...(over.length > 0 && { over }) },
  }
}

function wrongIf({ trials, clusters, invalid, missing }: Denominator, cluster: string): string {
  const unlike = `the ${clusters} ${cluster}s are not like the ones you care about`
  const left = invalid + missing
  return left === 0 ? unlike : `${unlike}, or the ${left} trials left out differ from the ${trials} kept`
}

/** How skewed money is, from cluster to cluster: what its interval leans on. Nothing for what is not money. */
export function skewOf(
  unit: Unit,
  values: readonly number[],
  clusters: readonly string[],
): { readonly skewness?: number } {
  if (unit !== 'cents') return {}
  const groups = Map.groupBy(values.keys(), (index) => clusters[index])
  const found = skewness([...groups.values()].map((own) => average(own.map((index) => values[index] ?? 0))))
  return found === undefined ? {} : { skewness: found }
}

/** Says that an interval rests on few clusters, where it does. */
export function fewClusters(clusters: number, noun: string): readonly string[] {
  return clusters > 0 && clusters < FEW
    ? [`only ${clusters} ${noun}: the interval is right if their values are about normal`]
    : []
}

/** Below this many clusters a t interval leans on the values being near normal. */
const FEW = 8
