import { AssayError } from '../assay-error.ts'
import { clustersOf, type Label } from './clusters.ts'
import { type Estimated, notEstimable } from './estimate.ts'
import { requireFinite, requireLevel, requireSameLength } from './guards.ts'
import { dot, inverse, times } from './linear.ts'
import { symmetricInterval } from './mean.ts'
import { tTwoSided } from './special/distributions.ts'
import type { Parameter } from './survival/parametric.ts'

export interface Coefficient extends Parameter {
  readonly pValue: number
}

export interface Regression {
  readonly type: 'estimate'
  /** One a column of the design, in its order. */
  readonly coefficients: readonly Coefficient[]
  readonly df: number
  readonly n: number
  readonly clusters: number
  readonly rSquared: number
}

/**
 * Least squares with cluster-robust errors: sandwich variance times G/(G−1)·(n−1)/(n−k), Student's t on G − 1.
 *
 * @param rows the design, one array a row, a column of ones included where an intercept is wanted
 * @param y the outcomes
 * @param clusters default: every row stands alone
 * @returns not estimable when rows ≤ columns, columns are collinear, or there is one cluster
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-level`
 * @see Liang and Zeger (1986), doi:10.1093/biomet/73.1.13
 */
export function clusterRegression(
  rows: readonly (readonly number[])[],
  y: readonly number[],
  options: { readonly clusters?: readonly Label[]; readonly level?: number } = {},
): Estimated<Regression> {
  const { level = 0.95 } = options
  requireLevel(level)
  requireSameLength('rows and y', rows, y)
  requireFinite('y', y)
  const n = rows.length
  const k = rows[0]?.length ?? 0
  for (const row of rows) {
    requireFinite('a row', row)
    if (row.length !== k)
      throw new AssayError('stats/length', `Rows of a design have one length, got ${k} and ${row.length}.`)
  }
  const groups = clustersOf(options.clusters ?? rows.map((_, i) => i))
  requireSameLength('rows and clusters', rows, groups.of)
  if (k === 0 || n <= k) return notEstimable(`${n} rows do not fix ${k} coefficients`)
  if (groups.count < 2) return notEstimable('one cluster')
  const columns = Array.from({ length: k }, (_, j) => rows.map((row) => row[j] ?? 0))
  const bread = inverse(columns.map((a) => columns.map((b) => dot(a, b))))
  if (bread === undefined) return notEstimable('columns of the design are collinear')
  const beta = times(
    bread,
    columns.map((column) => dot(column, y)),
  )
  const scores = Array.from({ length: groups.count }, () => new Float64Array(k))
  let squares = 0
  for (const [i, row] of rows.entries()) {
    const residual = (y[i] ?? 0) - dot(row, beta)
    squares += residual * residual
    const score = scores[groups.of[i] ?? 0]
    if (score === undefined) continue
    for (const [j, each] of row.entries()) score[j] = (score[j] ?? 0) + residual * each
  }
  const factor = (groups.count / (groups.count - 1)) * ((n - 1) / (n - k))
  const df = groups.count - 1
  const centre = y.reduce((a, b) => a + b, 0) / n
  const all = y.reduce((sum, each) => sum + (each - centre) ** 2, 0)
  const coefficients = beta.map((value, j) => {
    // Row j of bread times every cluster's score: the sandwich without forming its middle.
    const line = bread[j] ?? []
    const variance = factor * scores.reduce((sum, score) => sum + dot(line, score) ** 2, 0)
    const standardError = Math.sqrt(variance)
    const pValue = standardError > 0 ? tTwoSided(value / standardError, df) : value === 0 ? 1 : 0
    return {
      value,
      standardError,
      pValue,
      interval: symmetricInterval(value, standardError, df, level, 'cluster-robust t'),
    }
  })
  if (!(squares > 1e-24 * Math.max(all, dot(y, y)))) return notEstimable('the fit leaves no residuals')
  return { type: 'estimate', coefficients, df, n, clusters: groups.count, rSquared: all === 0 ? 0 : 1 - squares / all }
}
