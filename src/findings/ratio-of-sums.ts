import type { Random } from '../record/index.ts'
import { bootstrap } from '../stats/index.ts'
import type { Analysed } from './finding.ts'

/**
 * One sum over rows for each of another: dollars a success. Percentile bootstrap over clusters, not over rows.
 *
 * @param top one a row
 * @param bottom one a row, at least 0; a draw in which they sum to 0 has no ratio
 * @param clusters what each row belongs to
 */
export function ratioOfSums(
  top: readonly number[],
  bottom: readonly number[],
  {
    clusters,
    ...drawn
  }: {
    readonly random: Random
    readonly replicates: number
    readonly level: number
    readonly clusters: readonly string[]
  },
): Analysed['estimate'] {
  const found = bootstrap(
    top.length,
    (rows) => {
      let [above, below] = [0, 0]
      for (const row of rows) {
        above += top[row] ?? 0
        below += bottom[row] ?? 0
      }
      return below > 0 ? above / below : undefined
    },
    { ...drawn, levels: [clusters], rows: false },
  )
  return found.type === 'estimate' ? { type: 'estimate', value: found.value, interval: found.interval } : found
}
