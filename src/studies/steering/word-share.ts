import { clusterMean, exactUpperBoundAtZero } from '../../stats/index.ts'
import { groupsBy, valueOf, type Analysis, type Finding } from '../../findings/index.ts'

/** Options of {@link wordShare}. */
export interface WordShareOptions<F extends string> {
  readonly by: readonly (F | 'agent')[]
  readonly title: string
}

/**
 * Share of words that belong to a concept, over trials of about equally many words: mean over trials with a t interval
 * over seeds, cut off at 0 and 1. Where no word came at all, the exact upper bound with every word counted as a draw.
 */
export function wordShare<const M extends string, const F extends string>(
  share: M,
  words: M,
  options: WordShareOptions<F>,
): Analysis<M, F, never> {
  return {
    name: `mean(${share})`,
    measure: share,
    kind: 'level',
    factors: options.by.filter((name): name is F => name !== 'agent'),
    levels: [],
    options: { by: options.by, words },
    run({ rows, varied, level }) {
      const columns = [...new Set(['agent', ...options.by, ...varied])]
      return groupsBy(rows, columns).map(({ conditions, subject, rows: group }) => {
        const kept = group.flatMap((row) => {
          const [own, all] = [valueOf(row, share), valueOf(row, words)]
          return own === undefined || all === undefined ? [] : [{ own, all, seed: row.seed }]
        })
        const invalid = group.filter((row) => row.status === 'invalid').length
        const total = kept.reduce((sum, { all }) => sum + all, 0)
        const none = kept.every(({ own }) => own === 0)
        const estimate: Finding['estimate'] = none
          ? noneOf(total, level)
          : clusterMean(
              kept.map(({ own }) => own),
              kept.map(({ seed }) => seed),
              level,
            )
        return {
          quantity: `mean(${share})`,
          title: options.title,
          kind: 'level',
          subject,
          unit: 'proportion' as const,
          conditions,
          estimate: estimate.type === 'estimate' ? { ...estimate, interval: inUnit(estimate.interval) } : estimate,
          n: {
            trials: kept.length,
            tasks: new Set(group.map((row) => row.task)).size,
            clusters: new Set(kept.map(({ seed }) => seed)).size,
            invalid,
            missing: group.length - kept.length - invalid,
          },
          method: none ? 'exact bound at no event' : 'mean over trials, t over seeds',
          policies: { invalid: 'left out and counted', missing: 'left out and counted', cluster: 'seed' },
          details: { words: total },
          caveats: none
            ? ['no word at all: the bound counts every word as a draw of its own, and words of one text are not']
            : [],
          wrongIf: 'other beginnings or another list of the concept’s words would have told another story',
        }
      })
    },
  }
}

function noneOf(words: number, level: number): Finding['estimate'] {
  if (words === 0) return { type: 'not-estimable', reason: 'no words' }
  const high = exactUpperBoundAtZero(words, level)
  return { type: 'estimate', value: 0, interval: { low: 0, high, level, method: 'exact bound at no event' } }
}

function inUnit<I extends { readonly low: number; readonly high: number }>(interval: I): I {
  return { ...interval, low: Math.max(0, interval.low), high: Math.min(1, interval.high) }
}
