import {
  exactUpperBoundAtZero,
  logGamma,
  mcnemarExact,
  newcombe,
  newcombePaired,
  pairedDifference,
} from '../stats/index.ts'
import type { Analysed } from './finding.ts'
import { rangeOf } from './kind.ts'
import type { Unit } from './measure.ts'

/** Values of two arms, in pairs of one order or not, and the cluster of each. */
export interface TwoArms {
  readonly paired: boolean
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly fromClusters: readonly string[]
  readonly toClusters: readonly string[]
}

/**
 * Mean of `to` − `from` over pairs, with a t interval over clusters of pairs. Shares without any spread have the interval of
 * {@link withoutSpread}; where clusters are alike and neither pass nor fail, the one that is left when so many do not differ.
 *
 * @returns not estimable without pairs, or where differences in an unbounded unit have no spread
 */
export function pairedChange(
  from: readonly number[],
  to: readonly number[],
  { clusters, unit, level }: { readonly clusters: readonly string[]; readonly unit: Unit; readonly level: number },
): Analysed['estimate'] {
  const found = pairedDifference(from, to, { clusters, level })
  if (found.type === 'estimate' || found.value === undefined || unit !== 'proportion') return found
  const arms = { paired: true, from, to, fromClusters: clusters, toClusters: clusters }
  return withoutSpread(arms, level)?.estimate ?? allAlike(found.value, new Set(clusters).size, level)
}

/** A change of shares that every cluster shows alike: at most so many others may be anywhere in its range. */
function allAlike(value: number, clusters: number, level: number): Analysed['estimate'] {
  const others = exactUpperBoundAtZero(clusters, level)
  const [least, most] = rangeOf('change', 'proportion')
  const towards = (end: number): number => value + others * (end - value)
  const method = `exact bound: ${clusters} of ${clusters} alike`
  return { type: 'estimate', value, interval: { low: towards(least), high: towards(most), level, method } }
}

/**
 * The difference of two shares where the t interval has no width, since every cluster of an arm is alike: each cluster
 * counts as one trial that passed or failed. Paired by the score interval and the exact McNemar test, unpaired by
 * Newcombe's interval and Fisher's exact test.
 *
 * @returns undefined where a cluster neither passed nor failed as a whole
 */
export function withoutSpread(
  { paired, from, to, fromClusters, toClusters }: TwoArms,
  level: number,
): { readonly estimate: Analysed['estimate']; readonly p: number } | undefined {
  const before = passed(from, fromClusters)
  const after = passed(to, toClusters)
  if (before === undefined || after === undefined || before.size === 0 || after.size === 0) return undefined
  if (!paired) {
    const [a, b] = [before, after].map((arm) => ({ successes: sum(arm.values()), n: arm.size }))
    if (a === undefined || b === undefined || ![0, a.n].includes(a.successes) || ![0, b.n].includes(b.successes))
      return undefined
    const apart = (a.successes === 0) !== (b.successes === 0)
    return { estimate: newcombe(a, b, level), p: apart ? fisherApart(a.n, b.n) : 1 }
  }
  const counts = { both: 0, fromOnly: 0, toOnly: 0, neither: 0 }
  for (const [cluster, first] of before) {
    const second = after.get(cluster)
    counts[first === 1 ? (second === 1 ? 'both' : 'fromOnly') : second === 1 ? 'toOnly' : 'neither']++
  }
  return { estimate: newcombePaired(counts, level), p: mcnemarExact(counts.fromOnly, counts.toOnly) }
}

/** 1 or 0 for every cluster; undefined where the trials of one differ, or are neither. */
function passed(values: readonly number[], clusters: readonly string[]): ReadonlyMap<string, number> | undefined {
  const found = new Map<string, number>()
  for (const [i, value] of values.entries()) {
    const cluster = clusters[i] ?? ''
    if ((value !== 0 && value !== 1) || (found.get(cluster) ?? value) !== value) return undefined
    found.set(cluster, value)
  }
  return found
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0)
}

/** Fisher's exact test of none of n against all of m: nothing is as far out but its mirror, where n is m. */
function fisherApart(n: number, m: number): number {
  const one = Math.exp(logGamma(n + 1) + logGamma(m + 1) - logGamma(n + m + 1))
  return Math.min(1, n === m ? 2 * one : one)
}
