import { type Estimated, type Interval, notEstimable } from '../estimate.ts'
import { requireCount, requireLevel, requireSameLength } from '../guards.ts'
import { clusteredVariance, clustersOf, type Label } from '../clusters.ts'
import { at } from '../linear.ts'
import { symmetricInterval } from '../mean.ts'

export interface Agreement {
  readonly type: 'estimate'
  /** 1 is perfect, 0 what chance gives; below 0 is possible. */
  readonly value: number
  readonly standardError: number
  readonly interval: Interval
  /** Share of agreeing pairs of verdicts. */
  readonly raw: number
  readonly items: number
}

/**
 * Cohen's κ of two raters over the same items, unweighted, with the large-sample interval.
 *
 * @param clusters columns of labels, none, one or two: items that share a label are not independent. Then the variance is
 *   that of the items' influence summed within clusters, with t on one less than the fewest clusters
 * @returns not estimable without items, in one cluster, or when both raters use one and the same label throughout
 * @throws AssayError `stats/length`, `stats/not-a-level`
 * @see Fleiss, Cohen and Everitt (1969), doi:10.1037/h0028106
 */
export function cohenKappa(
  first: readonly Label[],
  second: readonly Label[],
  level = 0.95,
  clusters: readonly (readonly Label[])[] = [],
): Estimated<Agreement> {
  requireSameLength('first and second', first, second)
  requireLevel(level)
  const n = first.length
  if (n === 0) return notEstimable('no items')
  const { of, count } = clustersOf([...first, ...second])
  const p = Array.from({ length: count }, () => Array.from({ length: count }, () => 0))
  for (let i = 0; i < n; i += 1) {
    const row = p[of[i] ?? 0]
    const column = of[n + i] ?? 0
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1 / n
  }
  const rows = p.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = p.map((_, j) => p.reduce((sum, row) => sum + (row[j] ?? 0), 0))
  const raw = p.reduce((sum, _, i) => sum + at(p, i, i), 0)
  const chance = rows.reduce((sum, row, i) => sum + row * (columns[i] ?? 0), 0)
  if (chance > 1 - 1e-12)
    return notEstimable('both raters gave one label throughout: agreement beyond chance has no meaning')
  const value = (raw - chance) / (1 - chance)
  if (raw > 1 - 1e-12) return notEstimable('perfect agreement: no measure of spread', 1)
  if (clusters.length > 0) {
    const fewest = Math.min(...clusters.map((labels) => new Set(labels).size))
    if (fewest < 2) return notEstimable('only 1 cluster, so there is no spread to measure', value)
    const influence = Array.from({ length: n }, (_, i) => {
      const [a, b] = [of[i] ?? 0, of[n + i] ?? 0]
      const margins = (columns[a] ?? 0) + (rows[b] ?? 0) - 2 * chance
      return ((a === b ? 1 : 0) - raw - (1 - value) * margins) / ((1 - chance) * n)
    })
    const error = Math.sqrt(clusteredVariance(influence, clusters))
    if (!(error > 1e-15)) return notEstimable('no spread between clusters', value)
    const within = symmetricInterval(value, error, fewest - 1, level, 'influence over clusters, t')
    return {
      type: 'estimate',
      value,
      standardError: error,
      raw,
      items: n,
      interval: { ...within, high: Math.min(1, within.high) },
    }
  }
  let diagonal = 0
  let off = 0
  for (const [i, row] of p.entries()) {
    for (const [j, each] of row.entries()) {
      const margin = (columns[i] ?? 0) + (rows[j] ?? 0)
      if (i === j) diagonal += each * (1 - margin * (1 - value)) ** 2
      else off += each * margin ** 2
    }
  }
  const variance = (diagonal + (1 - value) ** 2 * off - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2)
  if (!(variance > 1e-30)) return notEstimable('no spread between items', value)
  const standardError = Math.sqrt(variance)
  const interval = symmetricInterval(value, standardError, Infinity, level, 'Fleiss–Cohen–Everitt')
  return {
    type: 'estimate',
    value,
    standardError,
    raw,
    items: n,
    interval: { ...interval, high: Math.min(1, interval.high) },
  }
}

/**
 * Fleiss's κ: chance-corrected agreement of m ratings an item, raters not distinguished. Error by the jackknife over items
 * (the usual formula holds only where there is no agreement at all).
 *
 * @param counts one array an item: how many raters chose each category; all items have the same number, at least 2
 * @returns not estimable for fewer than 3 items, ratings that all fall in one category, or perfect agreement (`value` 1)
 * @throws AssayError `stats/length`, `stats/not-a-count`
 * @see Fleiss (1971), doi:10.1037/h0031619
 */
export function fleissKappa(counts: readonly (readonly number[])[], level = 0.95): Estimated<Agreement> {
  requireLevel(level)
  const [first] = counts
  if (first === undefined) return notEstimable('no items')
  const m = first.reduce((a, b) => a + b, 0)
  requireCount('ratings an item', m, 2)
  for (const row of counts) {
    requireSameLength('items', first, row)
    for (const each of row) requireCount('a count', each)
    requireSameLength('ratings of items', { length: m }, { length: row.reduce((a, b) => a + b, 0) })
  }
  const totals = first.map((_, j) => counts.reduce((sum, row) => sum + (row[j] ?? 0), 0))
  const agreeing = counts.map((row) => row.reduce((sum, each) => sum + each * (each - 1), 0) / (m * (m - 1)))
  const sum = agreeing.reduce((a, b) => a + b, 0)
  const n = counts.length
  const all = kappa(sum / n, totals, n * m)
  if (all === undefined) return notEstimable('all ratings fall in one category')
  if (sum / n > 1 - 1e-12) return notEstimable('perfect agreement: no measure of spread', 1)
  const left = counts.flatMap((row, i) => {
    const each = kappa(
      (sum - (agreeing[i] ?? 0)) / (n - 1),
      totals.map((total, j) => total - (row[j] ?? 0)),
      (n - 1) * m,
    )
    return each ?? []
  })
  if (n < 3 || left.length < n) return notEstimable('too few items for an error', all)
  const centre = left.reduce((a, b) => a + b, 0) / n
  const standardError = Math.sqrt(((n - 1) / n) * left.reduce((squares, each) => squares + (each - centre) ** 2, 0))
  if (!(standardError > 1e-15)) return notEstimable('no spread between items', all)
  const interval = symmetricInterval(all, standardError, n - 1, level, 'jackknife over items, t')
  return {
    type: 'estimate',
    value: all,
    standardError,
    raw: sum / n,
    items: n,
    interval: { ...interval, high: Math.min(1, interval.high) },
  }
}

function kappa(raw: number, totals: readonly number[], ratings: number): number | undefined {
  const chance = totals.reduce((sum, each) => sum + (each / ratings) ** 2, 0)
  return chance > 1 - 1e-12 ? undefined : (raw - chance) / (1 - chance)
}
