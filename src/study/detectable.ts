import { normalQuantile, tQuantile } from '../stats/index.ts'

/** What a paired comparison over some pairs can see. */
export interface Detectable {
  readonly pairs: number
  /** In standard deviations of the pairs' differences; Infinity where no test is possible. */
  readonly effect: number
  readonly power: number
  readonly level: number
  readonly text: string
}

/**
 * The smallest mean difference that a paired t test sees with the power asked for, in standard deviations of the
 * differences: (t₁₋α⁄₂ + z_power)/√G, with t at G − 1 degrees of freedom.
 *
 * @param pairs independent pairs, G
 */
export function detectable(pairs: number, power = 0.8, level = 0.95): Detectable {
  if (pairs < 2) return { pairs, effect: Infinity, power, level, text: 'one pair shows no difference: raise --repeats' }
  const effect = (tQuantile((1 + level) / 2, pairs - 1) + normalQuantile(power)) / Math.sqrt(pairs)
  return {
    pairs,
    effect,
    power,
    level,
    text: `detectable with ${pairs} pairs, ${100 * power}% power, ${100 * level}% level: a paired difference of ${effect.toFixed(2)} standard deviations`,
  }
}
