import { AssayError } from '../assay-error.ts'
import { bootstrap, type BootstrapEstimate } from './bootstrap.ts'
import { clustersOf, type Label, rowsWithin } from './clusters.ts'
import { type Estimated, type Interval, notEstimable } from './estimate.ts'
import type { Random } from './random.ts'
import { chiSquaredTail, critical } from './special/distributions.ts'
import { wilson } from './wilson.ts'

export interface PairDependence {
  readonly first: number
  readonly second: number
  /** φ in [−1, 1], the correlation of the two failures; absent when a layer always or never fails, or both always agree. */
  readonly phi?: { readonly value: number; readonly interval: Interval }
  /** Mutual information of the two failures in bits, in [0, 1]; biased upwards by about 0.72/n. */
  readonly bits: number
  /** That the failures are independent, by the G test. */
  readonly pValue: number
}

export interface JointFailure {
  readonly type: 'estimate'
  readonly n: number
  /** Share of cases on which each layer failed. */
  readonly single: readonly number[]
  readonly joint: number
  readonly jointInterval: Interval
  /** The product of the single rates. */
  readonly independent: number
  /** joint ÷ independent: above 1, layers fail together. */
  readonly ratio: Estimated<BootstrapEstimate>
  /** joint ÷ the mean over strata of the product of their own single rates; like `ratio` without strata. */
  readonly ratioWithin: Estimated<BootstrapEstimate>
  readonly pairs: readonly PairDependence[]
}

/**
 * Whether layers that were run on the same cases fail together.
 *
 * @param failed one array a case: whether each layer failed on it
 * @param options.strata what each case belongs to (its suite): part of a dependence is the mix of strata
 * @param options.clusters what the bootstrap draws; default cases
 * @returns not estimable without cases or with fewer than two layers
 * @throws AssayError `stats/length`, `stats/not-a-level`
 */
export function jointFailure(
  failed: readonly (readonly boolean[])[],
  options: {
    readonly random: Random
    readonly strata?: readonly Label[]
    readonly clusters?: readonly Label[]
    readonly replicates?: number
    readonly level?: number
  },
): Estimated<JointFailure> {
  const { random, strata, clusters, replicates = 1_000, level = 0.95 } = options
  const n = failed.length
  const layers = failed[0]?.length ?? 0
  if (n === 0 || layers < 2) return notEstimable('dependence needs cases and two layers')
  if (failed.some((row) => row.length !== layers))
    throw new AssayError('stats/length', 'Every case needs one entry for each layer.')
  const stratum = clustersOf(strata ?? failed.map(() => 0))
  if (stratum.of.length !== n) throw new AssayError('stats/length', `${n} cases, but ${stratum.of.length} strata.`)
  const all = failed.map((_, i) => i)
  const rate = (rows: readonly number[], hit: (row: readonly boolean[]) => boolean): number =>
    rows.reduce((sum, i) => sum + (hit(failed[i] ?? []) ? 1 : 0), 0) / rows.length
  const jointOf = (rows: readonly number[]): number => rate(rows, (row) => row.every(Boolean))
  const productOf = (rows: readonly number[]): number => {
    let product = 1
    for (let layer = 0; layer < layers; layer += 1) product *= rate(rows, (row) => row[layer] === true)
    return product
  }
  const withinOf = (rows: readonly number[]): number => {
    const groups = rowsWithin(clustersOf(rows.map((i) => stratum.of[i] ?? 0)))
    return groups.reduce(
      (sum, group) => sum + (group.length / rows.length) * productOf(group.map((i) => rows[i] ?? 0)),
      0,
    )
  }
  const ratio = (expected: (rows: readonly number[]) => number): Estimated<BootstrapEstimate> => {
    const levels = clusters === undefined ? [] : [clusters]
    const statistic = (rows: readonly number[]): number | undefined => {
      const product = expected(rows)
      return product > 0 ? jointOf(rows) / product : undefined
    }
    return bootstrap(n, statistic, { random, replicates, level, levels })
  }
  const joint = failed.filter((row) => row.every(Boolean)).length
  return {
    type: 'estimate',
    n,
    single: Array.from({ length: layers }, (_, layer) => rate(all, (row) => row[layer] === true)),
    joint: joint / n,
    jointInterval: wilson(joint, n, level),
    independent: productOf(all),
    ratio: ratio(productOf),
    ratioWithin: ratio(withinOf),
    pairs: pairDependence(failed, level),
  }
}

/**
 * φ and mutual information of each two layers' failures, cases as independent.
 *
 * @param failed one array a case: whether each layer failed on it
 */
export function pairDependence(failed: readonly (readonly boolean[])[], level = 0.95): readonly PairDependence[] {
  const layers = failed[0]?.length ?? 0
  const pairs: PairDependence[] = []
  for (let a = 0; a < layers; a += 1)
    for (let b = a + 1; b < layers; b += 1) pairs.push(dependence(failed, a, b, level))
  return pairs
}

/** φ and mutual information of two layers' failures. */
function dependence(
  failed: readonly (readonly boolean[])[],
  first: number,
  second: number,
  level: number,
): PairDependence {
  const n = failed.length
  const counts = [0, 0, 0, 0]
  for (const row of failed) {
    const cell = (row[first] === true ? 2 : 0) + (row[second] === true ? 1 : 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  const [neither = 0, onlySecond = 0, onlyFirst = 0, both = 0] = counts
  const a = [neither + onlySecond, onlyFirst + both]
  const b = [neither + onlyFirst, onlySecond + both]
  let nats = 0
  for (const [cell, count] of counts.entries()) {
    if (count > 0) nats += (count / n) * Math.log((count * n) / ((a[cell >> 1] ?? 1) * (b[cell & 1] ?? 1)))
  }
  const information = Math.max(0, nats)
  const bits = information / Math.LN2
  const margins = (a[0] ?? 0) * (a[1] ?? 0) * (b[0] ?? 0) * (b[1] ?? 0)
  if (margins === 0) return { first, second, bits, pValue: 1 }
  const pValue = chiSquaredTail(2 * n * information, 1)
  const value = Math.max(-1, Math.min(1, (both * neither - onlyFirst * onlySecond) / Math.sqrt(margins)))
  if (n < 4 || Math.abs(value) > 1 - 1e-12) return { first, second, bits, pValue }
  const half = (critical(level, Infinity) * spreadOfPhi(value, a, b)) / (Math.sqrt(n - 3) * (1 - value ** 2))
  const centre = Math.atanh(value)
  const method = 'φ of a 2 × 2 table, delta method on the z scale'
  const interval = { low: Math.tanh(centre - half), high: Math.tanh(centre + half), level, method }
  return { first, second, phi: { value, interval }, bits, pValue }
}

/**
 * Standard deviation of √n·φ for two yes/no variables. Fisher's (1 − φ²) is for normal ones, and too small here.
 *
 * @param a counts of no and yes of the first, both above 0; @param b of the second
 * @see Bishop, Fienberg and Holland (1975), Discrete Multivariate Analysis, 11.3
 */
function spreadOfPhi(phi: number, a: readonly number[], b: readonly number[]): number {
  const [noA = 1, yesA = 1] = a
  const [noB = 1, yesB = 1] = b
  const n = noA + yesA
  const [skewA, skewB] = [(noA - yesA) / n, (noB - yesB) / n]
  const [spreadA, spreadB] = [(noA * yesA) / n ** 2, (noB * yesB) / n ** 2]
  const variance =
    1 -
    phi ** 2 +
    (phi * (1 + phi ** 2 / 2) * skewA * skewB) / Math.sqrt(spreadA * spreadB) -
    0.75 * phi ** 2 * (skewA ** 2 / spreadA + skewB ** 2 / spreadB)
  return Math.sqrt(Math.max(0, variance))
}
