import { AssayError } from '../../assay-error.ts'
import { clustersOf, type Label } from '../clusters.ts'
import { exactBounds } from '../clopper-pearson.ts'
import type { Estimated } from '../estimate.ts'
import { critical } from '../special/distributions.ts'
import { boundAtNone, kaplanMeier, type SurvivalCurve, type SurvivalStep } from './kaplan-meier.ts'

/**
 * Kaplan–Meier curve of subjects that come in clusters: the same curve, with intervals from what each cluster adds to the
 * log of the curve (linearised, G/(G − 1), t with G − 1 degrees of freedom) on the log(−log) scale. With one subject a
 * cluster it is Greenwood's variance but for its small-sample terms. Before the first event the bound is the exact one for
 * as many clusters as are at risk.
 *
 * @param clusters one label a subject
 * @returns not estimable without subjects
 * @throws AssayError `stats/length`, and what {@link kaplanMeier} throws
 * @see Williams (1995), doi:10.2307/2533256, for the linearised variance of product-limit curves of clusters
 */
export function clusteredKaplanMeier(
  times: readonly number[],
  events: readonly boolean[],
  clusters: readonly Label[],
  level = 0.95,
): Estimated<SurvivalCurve> {
  const curve = kaplanMeier(times, events, level)
  if (clusters.length !== times.length)
    throw new AssayError('stats/length', `${times.length} subjects, but ${clusters.length} clusters.`)
  if (curve.type === 'not-estimable') return curve
  const { of, count } = clustersOf(clusters)
  // One cluster shows no spread between clusters: nothing is known but the curve itself.
  if (count < 2) return { ...curve, steps: curve.steps.map((step) => ({ ...step, low: 0, high: 1 })) }
  const t = critical(level, count - 1)
  const atRisk = new Float64Array(count)
  for (const cluster of of) atRisk[cluster] = (atRisk[cluster] ?? 0) + 1
  const influence = new Float64Array(count)
  const leaving = Map.groupBy(of.keys(), (i) => times[i] ?? 0)
  let lastHigh = 1
  let censored = 0
  const steps = curve.steps.map((step): SurvivalStep => {
    const here = leaving.get(step.time) ?? []
    const died = new Float64Array(count)
    for (const i of here) if (events[i] === true) died[of[i] ?? 0] = (died[of[i] ?? 0] ?? 0) + 1
    const standing = atRisk.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0)
    const rest = step.atRisk - step.events
    if (step.events > 0 && rest > 0) {
      const hazard = step.events / step.atRisk
      for (let c = 0; c < count; c += 1)
        influence[c] = (influence[c] ?? 0) - ((died[c] ?? 0) - hazard * (atRisk[c] ?? 0)) / rest
    }
    for (const i of here) atRisk[of[i] ?? 0] = (atRisk[of[i] ?? 0] ?? 0) - 1
    const variance = (count / (count - 1)) * influence.reduce((sum, each) => sum + each * each, 0)
    const bounds = boundsOf(step.survival, variance, t, { standing, count, level, lastHigh, censored })
    censored += step.censored
    lastHigh = bounds.high
    return { ...step, ...bounds }
  })
  return { ...curve, method: 'Kaplan–Meier, linearised over clusters, log(−log)', steps }
}

function boundsOf(
  survival: number,
  variance: number,
  t: number,
  {
    standing,
    count,
    level,
    lastHigh,
    censored,
  }: Readonly<Record<'standing' | 'count' | 'level' | 'lastHigh' | 'censored', number>>,
): { readonly low: number; readonly high: number } {
  if (survival === 1) return exactBounds(standing, standing, (1 - level) / 2)
  if (survival === 0)
    return { low: 0, high: boundAtNone({ subjects: count, atRisk: standing, censored, lastHigh, level }) }
  // Clusters that all did the same: what they share may still be chance, so each counts as one trial.
  if (variance < 1e-18) return exactBounds(survival * count, count, (1 - level) / 2)
  const log = Math.log(survival)
  const shift = (t * Math.sqrt(variance)) / log
  return { low: Math.exp(log * Math.exp(-shift)), high: Math.exp(log * Math.exp(shift)) }
}
