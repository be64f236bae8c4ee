import type { Analysed, TooSmall } from '../findings/index.ts'
import { normalQuantile, tQuantile } from '../stats/index.ts'
import type { Study } from './study.ts'

/** Chance of seeing an effect at which it is said that it could have been seen. */
const POWER = 0.8

/**
 * Says of a difference that found nothing whether it could have found what the field reports: its interval holds 0, and the
 * effect that a run with this spread sees with 80% chance is larger than the one that the study expects of the measure.
 *
 * @returns undefined where something was found, where the run was large enough, or where no effect is expected
 */
export function tooSmall(study: Study, measure: string, analysed: Analysed): TooSmall | undefined {
  const { kind, unit, estimate, conditions, subject } = analysed
  if (kind !== 'change' || estimate.type !== 'estimate' || subject.type === 'control') return undefined
  if (unit !== study.outcome[measure]?.unit) return undefined
  const { low, high, level } = estimate.interval
  if (low > 0 || high < 0) return undefined
  const expected = study.expected?.find(
    (each) =>
      each.measure === measure &&
      each.effect !== undefined &&
      Object.entries(each.where ?? {}).every(
        ([name, value]) => (conditions[name] ?? study.factors[name]?.standard[0]) === value,
      ),
  )
  if (expected?.effect === undefined) return undefined
  const couldSee = seen(estimate, (high - low) / 2, level)
  return couldSee > expected.effect ? { couldSee, reported: expected.effect, source: expected.source } : undefined
}

/** Of a t interval by its own quantiles; of any other by its half width, as if it were normal. */
function seen(
  { standardError, df }: { readonly standardError?: number; readonly df?: number },
  half: number,
  level: number,
): number {
  if (standardError !== undefined && df !== undefined)
    return standardError * (tQuantile((1 + level) / 2, df) + tQuantile(POWER, df))
  return half * (1 + normalQuantile(POWER) / normalQuantile((1 + level) / 2))
}
