import type { Analysed, AnalysisInput } from '../findings/index.ts'
import type { PlannedTrial } from './plan.ts'

/**
 * A question of a study's own whose power no formula tells: agents with a known effect are drawn, and the study's own
 * analysis reads them, after the study's own correction.
 */
export interface Simulation {
  /** The finding that answers it: `h50(success by steps)`. */
  readonly quantity: string
  /** In words: "length horizon above 8 steps". */
  readonly title: string
  /** Levels that it takes beyond the study's default ones. */
  readonly set?: Readonly<Record<string, readonly string[]>>
  /** What no effect is, in the finding's unit: the interval must leave it out. */
  readonly none: number
  /** Effects to plant, rising from `none`, in the finding's unit. */
  readonly effects: readonly number[]
  /** What is planted beside the effect, in words. */
  readonly assumes: string
  /** Where the analysis does much else besides: the same estimate alone. Default: the analysis itself. */
  readonly estimate?: (input: AnalysisInput) => Analysed['estimate']
  /**
   * The measures of one trial of an agent with this effect.
   *
   * @param uniform a number in [0, 1) for each name that is given; the same for the same names in one simulated run
   */
  readonly draw: (
    trial: Pick<PlannedTrial, 'cell' | 'task' | 'seed'>,
    effect: number,
    uniform: (...names: readonly string[]) => number,
  ) => Readonly<Record<string, number>>
}
