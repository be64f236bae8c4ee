import { AssayError } from '../assay-error.ts'
import { clustersOf, type Label } from './clusters.ts'
import { type Estimated, notEstimable } from './estimate.ts'
import { requireFinite, requireSameLength } from './guards.ts'

export interface Component {
  /** The crossed factors, in the order given; empty for the residual. */
  readonly factors: readonly string[]
  /** At least 0. */
  readonly variance: number
  /** Of the sum of all components, in [0, 1]; 0 when all are 0. */
  readonly share: number
  /** The moment estimate, where it was negative and is reported as 0. */
  readonly negative?: number
  /** The residual holds the interaction of all factors when cells have one row each. */
  readonly holdsInteraction?: true
}

export interface VarianceComponents {
  readonly type: 'estimate'
  readonly components: readonly Component[]
  readonly mean: number
}

/**
 * Variance components of a balanced crossed design (task × agent × scaffold …), all factors random, by equating mean squares
 * with their expectations. Negative moment estimates are reported as 0 with what they were.
 *
 * @param values one a row
 * @param factors at most 5, each with the level of every row
 * @returns not estimable when a factor has one level, or cells are missing or unequal in size
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/too-many-factors`
 * @see Searle, Casella and McCulloch (1992), Variance Components, chapter 4
 */
export function varianceComponents(
  values: readonly number[],
  factors: Readonly<Record<string, readonly Label[]>>,
): Estimated<VarianceComponents> {
  requireFinite('values', values)
  const names = Object.keys(factors)
  if (names.length > 5)
    throw new AssayError('stats/too-many-factors', `At most 5 crossed factors, got ${names.length}.`)
  const groups = names.map((name) => {
    requireSameLength(`values and ${name}`, values, factors[name] ?? [])
    return clustersOf(factors[name] ?? [])
  })
  if (values.length === 0 || names.length === 0) return notEstimable('no values or no factors')
  const sizes = groups.map((group) => group.count)
  if (sizes.some((size) => size < 2)) return notEstimable('a factor with one level')
  const cells = sizes.reduce((a, b) => a * b, 1)
  const repeats = values.length / cells
  const full = (1 << names.length) - 1
  const cellOf = (subset: number, row: number): number => {
    let index = 0
    for (const [f, group] of groups.entries()) if (subset & (1 << f)) index = index * group.count + (group.of[row] ?? 0)
    return index
  }
  const counts = new Int32Array(cells)
  for (const row of values.keys()) counts[cellOf(full, row)] = (counts[cellOf(full, row)] ?? 0) + 1
  if (counts.some((count) => count !== repeats))
    return notEstimable('the design is not balanced: cells missing or unequal in size')
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  // Raw sum of squares of the means over each subset of factors; effects follow by inclusion and exclusion.
  const raw = Array.from({ length: full + 1 }, (_, subset) => {
    const span = sizes.reduce((product, size, f) => (subset & (1 << f) ? product * size : product), 1)
    const sums = new Float64Array(span)
    for (const [row, value] of values.entries())
      sums[cellOf(subset, row)] = (sums[cellOf(subset, row)] ?? 0) + value - mean
    return (sums.reduce((total, sum) => total + sum * sum, 0) * span) / values.length
  })
  const effect = (subset: number): number => {
    let sum = 0
    for (let part = subset; ; part = (part - 1) & subset) {
      sum += (ones(subset ^ part) % 2 === 0 ? 1 : -1) * (raw[part] ?? 0)
      if (part === 0) return sum
    }
  }
  const freedom = (subset: number): number =>
    sizes.reduce((product, size, f) => (subset & (1 << f) ? product * (size - 1) : product), 1)
  const all = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const single = repeats === 1
  const residual = single ? effect(full) / freedom(full) : (all - (raw[full] ?? 0)) / (cells * (repeats - 1))
  const estimates = new Map<number, number>()
  const subsets = Array.from({ length: full }, (_, i) => i + 1)
    .filter((subset) => !(single && subset === full))
    .toSorted((a, b) => ones(b) - ones(a))
  for (const subset of subsets) {
    // E[MS] = residual + Σ over supersets T of (rows per combination of T)·variance(T).
    const rowsPer = (of: number): number =>
      sizes.reduce((product, size, f) => (of & (1 << f) ? product : product * size), repeats)
    let rest = effect(subset) / freedom(subset) - residual
    for (const [other, found] of estimates) if ((other & subset) === subset) rest -= rowsPer(other) * found
    estimates.set(subset, rest / rowsPer(subset))
  }
  const found = subsets
    .toReversed()
    .map((subset) => ({ factors: names.filter((_, f) => subset & (1 << f)), estimate: estimates.get(subset) ?? 0 }))
  const rounding = 1e-12 * (all / values.length)
  const kept = [...found, { factors: [], estimate: Math.max(0, residual) }].map((each) => ({
    ...each,
    variance: each.estimate > rounding ? each.estimate : 0,
  }))
  const total = kept.reduce((sum, each) => sum + each.variance, 0)
  const components = kept.map(({ factors, estimate, variance }): Component => {
    const share = total > 0 ? variance / total : 0
    const base = { factors, variance, share }
    if (factors.length === 0 && single) return { ...base, holdsInteraction: true }
    return estimate < -rounding ? { ...base, negative: estimate } : base
  })
  return { type: 'estimate', components, mean }
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}
