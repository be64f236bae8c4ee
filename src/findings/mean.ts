import { clusterMean, clusterProportion } from '../stats/index.ts'
import type { Analysis } from './analysis.ts'
import type { Denominator } from './finding.ts'
import { format } from './measure.ts'
import { clusterOf, groupsBy, valued } from './groups.ts'

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
 * The mean of a measure in each group, with a cluster-robust t interval (G − 1 degrees of freedom); shares with the
 * cluster-robust Wilson interval.
 */
export function mean<const M extends string, const F extends string>(
  measure: M,
  options: MeanOptions<F>,
): Analysis<M, F, never> {
  const { over = [] } = options
  const told = new Set<string>(over)
  return {
    name: `mean(${measure})`,
    measure,
    kind: 'level',
    factors: [...options.by.filter((name): name is F => name !== 'agent'), ...over],
    levels: [],
    options: {
      by: options.by,
      cluster: options.cluster,
      worst: options.worst ?? false,
      ...(over.length > 0 && { over }),
    },
    run({ rows, measures, varied, level }) {
      const unit = measures[measure]?.unit ?? 'score'
      const columns = [...new Set(['agent', ...options.by, ...varied.filter((name) => !told.has(name))])]
      return groupsBy(rows, columns).map(({ conditions, subject, rows: group }) => {
        const { rows: kept, values, n } = valued(group, measure, options.cluster)
        const clusters = kept.map((row) => clusterOf(row, options.cluster))
        const estimate =
          unit === 'proportion' ? clusterProportion(values, clusters, level) : clusterMean(values, clusters, level)
        const worst = kept.toSorted((a, b) => Number(a.values[measure]) - Number(b.values[measure]))[0]
        const showWorst = options.worst === true && worst !== undefined
        return {
          quantity: `mean(${measure})`,
          title: options.title ?? `mean ${words(measure)}`,
          kind: 'level',
          subject,
          unit,
          conditions,
          estimate,
          n,
          method: estimate.type === 'estimate' ? estimate.interval.method : 'none',
          policies: {
            invalid: 'left out and counted',
            missing: 'left out and counted',
            cluster: options.cluster,
            ...(over.length > 0 && { pooled: `over ${over.join(', ')}, as often as each was run` }),
          },
          details: showWorst
            ? {
                worst: Number(worst.values[measure]),
                worstTrial: worst.trial,
                worstText: format(Number(worst.values[measure]), unit),
              }
            : {},
          caveats: fewClusters(n.clusters, 'clusters'),
          wrongIf: wrongIf(n, options.cluster),
        }
      })
    },
  }
}

function wrongIf({ trials, clusters, invalid, missing }: Denominator, cluster: string): string {
  const unlike = `the ${clusters} ${cluster}s are not like the ones you care about`
  const left = invalid + missing
  return left === 0 ? unlike : `${unlike}, or the ${left} trials left out differ from the ${trials} kept`
}

/** Says that an interval rests on few clusters, where it does. */
export function fewClusters(clusters: number, noun: string): readonly string[] {
  return clusters > 0 && clusters < FEW ? [`only ${clusters} ${noun}: the interval is wide for a reason`] : []
}

/** Below this many clusters a t interval leans on the values being near normal. */
const FEW = 8

/** `netWorth` as "net worth". */
export function words(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
}
