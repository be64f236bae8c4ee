import type { Spread } from './spread.ts'

/** How much is bought: distinct tasks, trials of each in every arm, and what tasks fall into. */
export interface Size {
  readonly tasks: number
  readonly repeats: number
  /** Families, matters; absent where every task stands alone. */
  readonly clusters?: number
}

/**
 * A question that a study can put, as far as power goes. `by` is what its trials repeat in: trials of one `task`, trials
 * of one `seed` (a repeat of all tasks on the same worlds), or nothing (`trial`: every task and seed is one of its own, as
 * where each repeat has new tasks).
 */
export type PowerDesign =
  /** The mean of one agent against a fixed number; effect in the unit of the spread. */
  | { readonly kind: 'mean'; readonly by: By; readonly spread: Spread }
  /** A share of one agent against a fixed share `base`; effect: points above it. */
  | { readonly kind: 'rate'; readonly by: By; readonly base: number; readonly shared: number }
  /**
   * The mean difference of two arms over the same tasks and seeds; effect in the unit of the spread. Of a share, `base` is
   * what the first arm is expected to have: the second then varies as base + effect does, if that is more.
   */
  | { readonly kind: 'paired'; readonly by: By; readonly spread: Spread; readonly base?: number }
  /** Time until an event in two arms; effect: hazard ratio above 1. `seen` is the share of trials in which the event comes. */
  | { readonly kind: 'survival'; readonly by: By; readonly seen: number; readonly shared: number }
  /**
   * Two deliverables a task, judged by `repeats` raters; effect: share of wins among decided pairs, above one half.
   * `ties` is the share of ties, `shared` the agreement of raters beyond chance.
   */
  | { readonly kind: 'pairs'; readonly ties: number; readonly shared: number }
  /** Two layers with these single rates of failure on the same cases; effect: joint failure over that of independence. */
  | { readonly kind: 'layers'; readonly rates: readonly [number, number] }

export type By = 'task' | 'seed' | 'trial'

/** One level of a nested layout: its share of a trial's variance, and how many of it there are. */
export interface Level {
  readonly share: number
  readonly n: number
}

/** The nested levels of a layout, outermost first: what is independent, then what repeats within it. */
export function layout(by: By, { tasks, repeats, clusters }: Size, shared: number, clustered = 0): readonly Level[] {
  const trials = tasks * repeats
  // Tasks that never repeat still fall into clusters.
  if (by === 'trial' && clusters !== undefined)
    return layout('task', { tasks: trials, repeats: 1, clusters }, shared, clustered)
  if (by === 'trial') return [{ share: 1, n: trials }]
  if (by === 'seed')
    return [
      { share: shared, n: repeats },
      { share: 1 - shared, n: trials },
    ]
  const inner = [
    { share: shared, n: tasks },
    { share: 1 - shared - clustered, n: trials },
  ]
  return clusters === undefined ? inner : [{ share: clustered, n: clusters }, ...inner]
}

/** Variance of the mean of one arm over that of one trial. */
export function meanVariance(levels: readonly Level[]): number {
  return levels.reduce((sum, { share, n }) => sum + share / n, 0)
}

/** How many independent trials an arm is worth. */
export function effectiveTrials(levels: readonly Level[]): number {
  return 1 / meanVariance(levels)
}
