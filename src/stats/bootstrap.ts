import { clustersOf, type Label, rowsWithin } from './clusters.ts'
import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import { requireCount, requireLevel, requireSameLength } from './guards.ts'
import { sortedQuantile } from './quantile.ts'
import { below, type Random } from './random.ts'
import { normalCdf, normalQuantile } from './special/distributions.ts'

export interface BootstrapEstimate {
  readonly type: 'estimate'
  readonly value: number
  /** Infinity where a replicate is. */
  readonly standardError: number
  readonly interval: Interval
  /** Replicates that gave a value, ascending. */
  readonly replicates: Float64Array
  /** Replicates on which the statistic was undefined. */
  readonly skipped: number
}

export interface BootstrapOptions {
  readonly random: Random
  /** Default 2,000. */
  readonly replicates?: number
  /** Default 0.95. */
  readonly level?: number
  /** Default `percentile`. */
  readonly method?: 'percentile' | 'BCa'
  /**
   * What rows are nested in, outermost first, one array of labels a level; each level is drawn with replacement inside
   * each copy of the level above. Default: none, so rows are drawn.
   */
  readonly levels?: readonly (readonly Label[])[]
  /** Whether the statistic may be Infinity, which counts as the largest value there is. Default: then it is undefined. */
  readonly unbounded?: boolean
  /** Draw rows too, inside each copy of the innermost level. Default: only when there are no levels. */
  readonly rows?: boolean
}

/**
 * Bootstrap of any statistic of n rows, over rows, over clusters, or over nested levels.
 *
 * @param n rows
 * @param statistic from row numbers (with repetitions, in any order) to a number, or undefined where it has no value
 * @returns not estimable when the statistic has no value on the data, on half of the replicates, or never varies;
 *   BCa also when the value lies outside all replicates
 * @throws AssayError `stats/length`, `stats/not-a-count`, `stats/not-a-level`
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 13 and 14
 */
export function bootstrap(
  n: number,
  statistic: (rows: readonly number[]) => number | undefined,
  options: BootstrapOptions,
): Estimated<BootstrapEstimate> {
  const { random, level = 0.95, method = 'percentile', levels = [] } = options
  const wanted = options.replicates ?? 2_000
  requireCount('n', n)
  requireCount('replicates', wanted, 2)
  requireLevel(level)
  for (const labels of levels) requireSameLength('rows and the labels of a level', { length: n }, labels)
  if (n === 0) return notEstimable('no rows')
  const all = Array.from({ length: n }, (_, i) => i)
  const bounded = options.unbounded === true ? Infinity : undefined
  const value = defined(statistic(all))
  if (value === undefined) return notEstimable('the statistic has no value on these rows')
  const tree = grow(all, levels, options.rows ?? levels.length === 0)
  const found: number[] = []
  for (let r = 0; r < wanted; r += 1) {
    const rows: number[] = []
    resample(tree, random, rows)
    const drawn = statistic(rows)
    const each = drawn === bounded ? drawn : defined(drawn)
    if (each !== undefined) found.push(each)
  }
  if (found.length < wanted / 2)
    return notEstimable(`the statistic had no value on ${wanted - found.length} of ${wanted} replicates`, value)
  const replicates = Float64Array.from(found).toSorted()
  if (replicates[0] === replicates.at(-1)) return notEstimable('every resample of the tasks gave the same value', value)
  const tails =
    method === 'BCa'
      ? bcaTails(value, replicates, jackknife(tree, statistic), level)
      : [(1 - level) / 2, (1 + level) / 2]
  if (tails === undefined) return notEstimable('BCa: the value is outside all replicates', value)
  const [p = 0, q = 1] = tails
  const low = sortedQuantile(replicates, p)
  const high = sortedQuantile(replicates, q)
  const interval = { low, high, level, method: `bootstrap ${method}, ${wanted} replicates` }
  return {
    type: 'estimate',
    value,
    standardError: spread(replicates),
    interval,
    replicates,
    skipped: wanted - found.length,
  }
}

/** A node is either rows drawn as they stand, or children drawn with replacement. */
type Node =
  | { readonly type: 'rows'; readonly rows: readonly number[] }
  | { readonly type: 'draw'; readonly from: readonly Node[] }

function grow(rows: readonly number[], levels: readonly (readonly Label[])[], drawRows: boolean): Node {
  const [outer, ...inner] = levels
  if (outer === undefined) {
    return drawRows
      ? { type: 'draw', from: rows.map((row) => ({ type: 'rows', rows: [row] })) }
      : { type: 'rows', rows }
  }
  const groups = rowsWithin(clustersOf(rows.map((row) => outer[row] ?? 0)))
  return {
    type: 'draw',
    from: groups.map((group) =>
      grow(
        group.map((i) => rows[i] ?? 0),
        inner,
        drawRows,
      ),
    ),
  }
}

function resample(node: Node, random: Random, into: number[]): void {
  if (node.type === 'rows') {
    for (const row of node.rows) into.push(row)
    return
  }
  for (let i = 0; i < node.from.length; i += 1) {
    const child = node.from[below(random, node.from.length)]
    if (child !== undefined) resample(child, random, into)
  }
}

function leaves(node: Node): readonly number[] {
  return node.type === 'rows' ? node.rows : node.from.flatMap(leaves)
}

/** The statistic without each outermost unit in turn. */
function jackknife(tree: Node, statistic: (rows: readonly number[]) => number | undefined): readonly number[] {
  if (tree.type === 'rows' || tree.from.length < 2) return []
  const parts = tree.from.map(leaves)
  return parts.flatMap((_, out) => defined(statistic(parts.flatMap((rows, i) => (i === out ? [] : rows)))) ?? [])
}

function bcaTails(
  value: number,
  replicates: Float64Array,
  left: readonly number[],
  level: number,
): readonly number[] | undefined {
  let under = 0
  for (const each of replicates) under += each < value ? 1 : each === value ? 0.5 : 0
  if (under === 0 || under === replicates.length) return undefined
  const bias = normalQuantile(under / replicates.length)
  const centre = left.reduce((a, b) => a + b, 0) / Math.max(1, left.length)
  let squares = 0
  let cubes = 0
  for (const each of left) {
    squares += (centre - each) ** 2
    cubes += (centre - each) ** 3
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
  return [(1 - level) / 2, (1 + level) / 2].map((p) => {
    const z = bias + normalQuantile(p)
    return normalCdf(bias + z / (1 - acceleration * z))
  })
}

function spread(values: Float64Array): number {
  if (values.at(-1) === Infinity) return Infinity
  const centre = values.reduce((a, b) => a + b, 0) / values.length
  return Math.sqrt(values.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (values.length - 1))
}

function defined(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : value
}
