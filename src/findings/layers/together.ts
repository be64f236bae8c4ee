import { randomFrom } from '../../record/index.ts'
import { clusterProportion, jointFailure, pairDependence } from '../../stats/index.ts'
import { complete, countEach, type Named, type Statistic } from '../complete.ts'

/** φ of two layers' failures, by their places among the layers. */
export interface Phi {
  readonly first: number
  readonly second: number
  readonly phi: Statistic
}

/** What each case belongs to, and how it is read. */
export interface TogetherOptions {
  /** What cases share that makes them alike; default each case is its own. φ has no clusters. */
  readonly clusters?: readonly string[]
  /** Part of a dependence is the mix of strata. */
  readonly strata?: readonly string[]
  /** Cases that some layer did not meet. */
  readonly missing?: number
  readonly level: number
  /** Seeds the bootstrap of the ratios. */
  readonly seed: string
}

/**
 * How often all layers fail on one case, over what independence predicts (within strata too, where there are some), and
 * φ of each two; the first alone where nothing is estimable.
 *
 * @param names the layers
 * @param missed one array a case that every layer met: whether each layer let it pass
 */
export function failedTogether(
  names: readonly string[],
  missed: readonly (readonly boolean[])[],
  { clusters, strata, missing = 0, level, seed }: TogetherOptions,
): readonly Named[] {
  const count = missed.length
  const base = {
    n: { ...countEach(count, missing), ...(clusters !== undefined && { clusters: new Set(clusters).size }) },
    policies: {
      cases: 'those that every layer met',
      stacked: 'each layer was tried alone: this bounds a stack and does not measure one',
    },
    wrongIf: 'a stack of these layers behaves otherwise than the layers alone',
  }
  const found = jointFailure(missed, {
    random: randomFrom(seed, 'joint'),
    level,
    ...(strata !== undefined && { strata }),
    ...(clusters !== undefined && { clusters }),
  })
  const joint = {
    ...base,
    quantity: 'joint',
    title: `all ${names.length} layers breached`,
    kind: 'level',
    unit: 'proportion',
  } as const
  if (found.type === 'not-estimable') return [complete({ ...joint, estimate: found })]
  const estimate =
    clusters === undefined
      ? ({ type: 'estimate', value: found.joint, interval: found.jointInterval } as const)
      : clusterProportion(
          missed.map((each) => Number(each.every(Boolean))),
          clusters,
          level,
        )
  const ratio = { ...base, kind: 'ratio', unit: 'score' } as const
  return [
    complete({ ...joint, estimate, details: { independent: found.independent } }),
    complete({
      ...ratio,
      quantity: 'ratio',
      title: 'joint failure over what independence predicts',
      estimate: found.ratio,
    }),
    ...(strata === undefined
      ? []
      : [
          complete({
            ...ratio,
            quantity: 'ratio within strata',
            title: 'joint failure over independence within strata',
            estimate: found.ratioWithin,
          }),
        ]),
    ...phisOf(missed, base, level).map(({ first, second, phi }) => ({
      quantity: `phi(${names[first]}, ${names[second]})`,
      title: `φ of ${names[first]} and ${names[second]}`,
      ...phi,
    })),
  ]
}

/** φ of each two layers, cases as independent. */
export function phisOf(
  missed: readonly (readonly boolean[])[],
  base: Pick<Statistic, 'n' | 'policies' | 'wrongIf'>,
  level: number,
): readonly Phi[] {
  return pairDependence(missed, level).map(({ first, second, phi, bits, pValue }) => ({
    first,
    second,
    phi: complete({
      ...base,
      kind: 'correlation',
      unit: 'score',
      estimate:
        phi === undefined
          ? { type: 'not-estimable', reason: 'a layer always or never fails, or both always agree' }
          : { type: 'estimate', value: phi.value, interval: phi.interval },
      details: { bits, pValue },
    }),
  }))
}
