import { clustersOf, type Label, sumsWithin } from './clusters.ts'
import { type Estimated, notEstimable } from './estimate.ts'
import { requireCount, requireFinite } from './guards.ts'
import type { Random } from './random.ts'

export interface SignFlip {
  readonly type: 'estimate'
  /** The mean difference that was tested against 0. */
  readonly value: number
  /** Two-sided p value in (0, 1]; never below 2/2^G where exact, never below 1/(replicates + 1) else. */
  readonly pValue: number
  readonly exact: boolean
  /** Sign patterns compared. */
  readonly patterns: number
}

/** Up to this many clusters all sign patterns are walked (2^16 = 65,536); beyond it they are drawn. */
const EXACT_CLUSTERS = 16
/** From this many clusters on, signs are drawn together: 32 to a number. */
const MANY_CLUSTERS = 256

/**
 * Sign-flip permutation test that differences are symmetric round 0: each cluster's sign is flipped as a whole. Holds
 * its level at any number of clusters, where t needs many.
 *
 * @param differences one a pair
 * @param random used beyond 16 clusters only
 * @param options.clusters what each pair belongs to; default: every pair stands alone
 * @param options.replicates draws beyond 16 clusters, default 9,999
 * @returns not estimable without a difference; p = 1 when all are zero
 * @throws AssayError `stats/length`, `stats/not-finite`, `stats/not-a-count`
 * @see Fisher (1935), The Design of Experiments; Phipson and Smyth (2010), doi:10.2202/1544-6115.1585
 */
export function signFlip(
  differences: readonly number[],
  random: Random,
  options: { readonly clusters?: readonly Label[]; readonly replicates?: number } = {},
): Estimated<SignFlip> {
  requireFinite('differences', differences)
  const replicates = options.replicates ?? 9_999
  requireCount('replicates', replicates, 1)
  if (differences.length === 0) return notEstimable('no differences')
  const sums = sumsWithin(differences, clustersOf(options.clusters ?? differences.map((_, i) => i)))
  const observed = sums.reduce((a, b) => a + b, 0)
  const value = observed / differences.length
  const scale = sums.reduce((a, b) => a + Math.abs(b), 0)
  // Sums in another order differ in the last bits; ties must count as ties.
  const limit = Math.abs(observed) - 1e-12 * scale
  if (sums.length <= EXACT_CLUSTERS) {
    const patterns = 2 ** sums.length
    return { type: 'estimate', value, pValue: countPatterns(sums, limit) / patterns, exact: true, patterns }
  }
  const draw = sums.length >= MANY_CLUSTERS ? alike(sums, random) : apart(sums, random)
  let atLeast = 0
  for (let r = 0; r < replicates; r += 1) if (Math.abs(draw()) >= limit) atLeast += 1
  return { type: 'estimate', value, pValue: (atLeast + 1) / (replicates + 1), exact: false, patterns: replicates }
}

/** One sum under random signs, drawn sign by sign. */
function apart(sums: Float64Array, random: Random): () => number {
  return () => {
    let sum = 0
    for (const each of sums) sum += random() < 0.5 ? each : -each
    return sum
  }
}

/** The same for many sums that take few sizes: of those alike only the number of plus signs matters, 32 to a draw. */
function alike(sums: Float64Array, random: Random): () => number {
  const sizes = new Map<number, number>()
  for (const each of sums) if (each !== 0) sizes.set(Math.abs(each), (sizes.get(Math.abs(each)) ?? 0) + 1)
  if (sizes.size * 8 > sums.length) return inFours(sums, random)
  const groups = [...sizes]
  return () => {
    let sum = 0
    for (const [size, count] of groups) sum += size * (2 * heads(count, random) - count)
    return sum
  }
}

/** The same for sums of many sizes: what four of them add under each of their sixteen patterns is worked out once. */
function inFours(sums: Float64Array, random: Random): () => number {
  const fours = Math.ceil(sums.length / 4)
  const table = new Float64Array(16 * fours)
  for (let four = 0; four < fours; four += 1)
    for (let pattern = 0; pattern < 16; pattern += 1)
      for (let i = 0; i < 4; i += 1)
        table[16 * four + pattern] =
          (table[16 * four + pattern] ?? 0) + (sums[4 * four + i] ?? 0) * ((pattern >>> i) % 2 === 1 ? 1 : -1)
  return () => {
    let sum = 0
    let word = 0
    for (let four = 0; four < fours; four += 1) {
      if (four % 8 === 0) word = Math.floor(random() * 2 ** 32)
      sum += table[16 * four + (word & 15)] ?? 0
      word >>>= 4
    }
    return sum
  }
}

/** How many of `count` fair coins show heads. */
function heads(count: number, random: Random): number {
  let shown = 0
  for (let left = count; left > 0; left -= 32) {
    const word = Math.floor(random() * 2 ** 32)
    shown += onesIn(left >= 32 ? word : word >>> (32 - left))
  }
  return shown
}

/** Ones among 32 bits. @see Warren, Hacker's Delight (2013), 5-1 */
function onesIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** How many of all sign patterns give a sum at least as far from 0 as `limit`, flipping one sign a step (Gray code). */
function countPatterns(sums: Float64Array, limit: number): number {
  const signs = new Float64Array(sums.length).fill(1)
  let sum = sums.reduce((a, b) => a + b, 0)
  let count = Math.abs(sum) >= limit ? 1 : 0
  for (let pattern = 1; pattern < 2 ** sums.length; pattern += 1) {
    const flip = 31 - Math.clz32(pattern & -pattern)
    const sign = -(signs[flip] ?? 1)
    signs[flip] = sign
    sum += 2 * sign * (sums[flip] ?? 0)
    if (Math.abs(sum) >= limit) count += 1
  }
  return count
}
