import { randomFrom } from '../../record/index.ts'
import { clusterProportion, jointFailure, pairDependence } from '../../stats/index.ts'
import { complete, type Statistic } from '../complete.ts'

/** φ of two layers' failures, by their places among the layers. */
export interface Phi {
  readonly first: number
  readonly second: number
  readonly phi: Statistic
}

/** What layers that met the same cases let pass together. */
export interface Together {
  readonly joint: Statistic
  /** Absent where nothing is estimable. */
  readonly ratio?: Statistic
  /** Where there are strata. */
  readonly ratioWithin?: Statistic
  readonly phis: readonly Phi[]
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
 * How often all layers fail on one case, over what independence predicts, and φ of each two.
 *
 * @param missed one array a case that every layer met: whether each layer let it pass
 */
export function failedTogether(
  missed: readonly (readonly boolean[])[],
  { clusters, strata, missing = 0, level, seed }: TogetherOptions,
): Together {
  const count = missed.length
  const base = {
    n: {
      trials: count,
      tasks: count,
      clusters: clusters === undefined ? count : new Set(clusters).size,
      invalid: 0,
      missing,
    },
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
  if (found.type === 'not-estimable')
    return { joint: complete({ ...base, kind: 'level', unit: 'proportion', estimate: found }), phis: [] }
  const joint =
    clusters === undefined
      ? ({ type: 'estimate', value: found.joint, interval: found.jointInterval } as const)
      : clusterProportion(
          missed.map((each) => Number(each.every(Boolean))),
          clusters,
          level,
        )
  return {
    joint: complete({
      ...base,
      kind: 'level',
      unit: 'proportion',
      estimate: joint,
      details: { independent: found.independent },
    }),
    ratio: complete({ ...base, kind: 'ratio', unit: 'score', estimate: found.ratio }),
    ...(strata !== undefined && {
      ratioWithin: complete({ ...base, kind: 'ratio', unit: 'score', estimate: found.ratioWithin }),
    }),
    phis: phisOf(missed, base, level),
  }
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
