import { clusterMean, exactUpperBoundAtZero } from '../../stats/index.ts'
import { having, LEFT_OUT, perGroup, type Analysis, type Finding } from '../../findings/index.ts'

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
    ...perGroup(`mean(${share})`, share, options, {}, ({ conditions, subject, rows }, { level }) => {
      const { rows: kept, n } = having(rows, [share, words], 'seed')
      const shares = kept.map((row) => Number(row.values[share]))
      const total = kept.reduce((sum, row) => sum + Number(row.values[words]), 0)
      const none = shares.every((each) => each === 0)
      const seeds = kept.map((row) => row.seed)
      const estimate: Finding['estimate'] = none ? noneOf(total, level) : clusterMean(shares, seeds, level)
      return [
        {
          quantity: `mean(${share})`,
          title: options.title,
          kind: 'level',
          subject,
          unit: 'proportion',
          conditions,
          estimate: estimate.type === 'estimate' ? { ...estimate, interval: inUnit(estimate.interval) } : estimate,
          n: { ...n, tasks: new Set(rows.map((row) => row.task)).size },
          method: none ? 'exact bound at no event' : 'mean over trials, t over seeds',
          policies: { ...LEFT_OUT, cluster: 'seed' },
          details: { words: total },
          caveats: none
            ? ['no word at all: the bound counts every word as a draw of its own, and words of one text are not']
            : [],
          wrongIf: 'other beginnings or another list of the concept’s words could have given another result',
        },
      ]
    }),
    kind: 'level',
    title: options.title,
    derives: { type: 'mean' },
    options: { by: options.by, words },
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
