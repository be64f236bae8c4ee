import { counted } from '../report/index.ts'
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
 * Trials of agents in one arm. Raters judge the same deliverables again: their number makes no more of them.
 */
function trialsOf({ kind }: PowerDesign, { tasks, repeats }: Size): number {
  return kind === 'pairs' ? tasks : tasks * repeats
}

/**
 * The fewest repeats of these tasks that see an effect; where no number of repeats does, the fewest tasks at the repeats
 * given, since repeats say nothing new about which tasks there are.
 *
 * @param arms agents × cells (or deliverables, or layers) that each trial is bought for
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
  const bought = (found: Size): Purchase => ({
    type: 'buy',
    effect,
    size: found,
    trials: Math.round(trialsOf(design, found) * arms),
  })
  if (repeats !== undefined) return bought({ ...size, repeats })
  const tasks = least(size.tasks, MOST_TASKS, (n) => sees(n, size.repeats))
  if (tasks !== undefined && size.clusters === undefined) return bought({ tasks, repeats: size.repeats })
  return {
    type: 'none',
    effect,
    why:
      size.clusters === undefined
        ? `neither ${MOST_REPEATS} repeats of ${counted(size.tasks, 'task')} nor ${MOST_TASKS} tasks see it`
        : `${MOST_REPEATS} repeats of ${counted(size.tasks, 'task')} do not see it: ${size.clusters} clusters are too few`,
  }
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
