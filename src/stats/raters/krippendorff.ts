import { bootstrap, type BootstrapEstimate } from '../bootstrap.ts'
import type { Label } from '../clusters.ts'
import { type Estimated, notEstimable } from '../estimate.ts'
import { requireFinite, requireLevel } from '../guards.ts'
import type { Random } from '../random.ts'

export type Metric = 'nominal' | 'ordinal' | 'interval'

/**
 * Krippendorff's α for any number of raters with missing ratings; interval by the bootstrap over items.
 *
 * @param items one array an item: the ratings it got, undefined where a rater gave none; nominal labels are any numbers
 * @returns not estimable when fewer than two ratings can be paired or all ratings are equal; with `value` when only the
 *   interval is missing (perfect agreement)
 * @throws AssayError `stats/not-finite`, `stats/not-a-level`
 * @see Krippendorff (2011), Computing Krippendorff's Alpha-Reliability
 */
export function krippendorffAlpha(
  items: readonly (readonly (number | undefined)[])[],
  metric: Metric,
  options: {
    readonly random: Random
    readonly replicates?: number
    readonly level?: number
    /** A label an item: items that share one are drawn together. */
    readonly clusters?: readonly Label[]
  },
): Estimated<BootstrapEstimate> {
  const { random, replicates = 1_000, level = 0.95 } = options
  requireLevel(level)
  const rated = items.map((item) => item.filter((each) => each !== undefined))
  const units = rated.filter((item) => item.length >= 2)
  const clusters = options.clusters?.filter((_, i) => (rated[i]?.length ?? 0) >= 2)
  for (const unit of units) requireFinite('ratings', unit)
  if (units.length === 0) return notEstimable('no item was rated twice')
  const values = [...new Set(units.flat())].toSorted((a, b) => a - b)
  if (values.length < 2) return notEstimable('all ratings are equal: agreement beyond chance has no meaning')
  const tables = units.map((unit) => {
    const counts = new Float64Array(values.length)
    for (const each of unit) counts[values.indexOf(each)] = (counts[values.indexOf(each)] ?? 0) + 1
    return { counts, m: unit.length }
  })
  const found = bootstrap(
    tables.length,
    (rows) =>
      alphaOf(
        rows.map((row) => tables[row]),
        values,
        metric,
      ),
    { random, replicates, level, ...(clusters !== undefined && { levels: [clusters] }) },
  )
  return found.type === 'estimate'
    ? { ...found, interval: { ...found.interval, high: Math.min(1, found.interval.high) } }
    : found
}

type Table = { readonly counts: Float64Array; readonly m: number }

function alphaOf(
  tables: readonly (Table | undefined)[],
  values: readonly number[],
  metric: Metric,
): number | undefined {
  const k = values.length
  const totals = new Float64Array(k)
  let n = 0
  for (const table of tables) {
    if (table === undefined) continue
    for (let c = 0; c < k; c += 1) totals[c] = (totals[c] ?? 0) + (table.counts[c] ?? 0)
    n += table.m
  }
  const distance = distances(totals, values, metric)
  let observed = 0
  for (const table of tables) {
    if (table !== undefined) observed += spread(table.counts, distance) / (table.m - 1)
  }
  const expected = spread(totals, distance) / (n - 1)
  return expected > 0 ? 1 - observed / expected : undefined
}

/** Σ over ordered pairs of counts times distance. */
function spread(counts: Float64Array, distance: readonly Float64Array[]): number {
  let sum = 0
  for (let c = 0; c < counts.length; c += 1) {
    const count = counts[c] ?? 0
    if (count === 0) continue
    for (let d = c + 1; d < counts.length; d += 1) sum += 2 * count * (counts[d] ?? 0) * (distance[c]?.[d] ?? 0)
  }
  return sum
}

function distances(totals: Float64Array, values: readonly number[], metric: Metric): readonly Float64Array[] {
  return values.map((a, c) =>
    Float64Array.from(values, (b, d) => {
      if (c === d) return 0
      if (metric === 'nominal') return 1
      if (metric === 'interval') return (a - b) ** 2
      const [low, high] = c < d ? [c, d] : [d, c]
      let between = 0
      for (let g = low; g <= high; g += 1) between += totals[g] ?? 0
      return (between - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2
    }),
  )
}
