import type { PowerDesign, Size } from './design.ts'
import { detectableEffect, USUAL, type Wanted } from './detect.ts'

/** What sees an effect of this size. */
export type Purchase =
  | { readonly type: 'buy'; readonly effect: number; readonly size: Size; readonly trials: number }
  | { readonly type: 'none'; readonly effect: number; readonly why: string }

/** Most repeats that are looked at. */
const MOST_REPEATS = 4096
/** Most tasks that are looked at, where repeats cannot do it. */
const MOST_TASKS = 65_536

/**
 * The fewest repeats of these tasks that see an effect; where no number of repeats does, the fewest tasks at the repeats
 * given, since repeats say nothing new about which tasks there are.
 *
 * @param arms agents × cells that each trial is bought for
 */
export function purchase(
  design: PowerDesign,
  effect: number,
  size: Size,
  arms: number,
  wanted: Wanted = USUAL,
): Purchase {
  const sees = (tasks: number, repeats: number): boolean =>
    detectableEffect(design, { ...size, tasks, repeats }, wanted) <= effect * (1 + 1e-9)
  const repeats = least(1, MOST_REPEATS, (n) => sees(size.tasks, n))
  if (repeats !== undefined) return bought(effect, { ...size, repeats }, arms)
  const tasks = least(size.tasks, MOST_TASKS, (n) => sees(n, size.repeats))
  if (tasks !== undefined && size.clusters === undefined) return bought(effect, { tasks, repeats: size.repeats }, arms)
  return {
    type: 'none',
    effect,
    why: `neither ${MOST_REPEATS} repeats of ${size.tasks} tasks nor ${MOST_TASKS} tasks see it`,
  }
}

function bought(effect: number, size: Size, arms: number): Purchase {
  return { type: 'buy', effect, size, trials: size.tasks * size.repeats * arms }
}

/** The least whole number from `low` up to `most` at which a rising condition holds. */
function least(low: number, most: number, holds: (n: number) => boolean): number | undefined {
  let high = low
  while (!holds(high)) {
    if (high >= most) return undefined
    high = Math.min(most, high * 2)
  }
  let below = Math.max(low - 1, Math.floor(high / 2))
  while (high - below > 1) {
    const middle = Math.floor((below + high) / 2)
    if (holds(middle)) high = middle
    else below = middle
  }
  return high
}
