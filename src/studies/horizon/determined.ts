import { average } from '../../findings/index.ts'
import { isAllButSure } from '../../study/index.ts'

/** Planted trials that a finding is over. */
export type WorkTrials = readonly { readonly cell: { readonly length: string } }[]

/**
 * Standard deviations by which a curve is expected to fall. At the fewest trials that a control has by default, four at each
 * of six lengths, 3.1: 0.4% of 20,000 simulated runs did not fall.
 */
const CLEAR = 3

/**
 * Whether trials of known chances are all but sure to give a curve of success that falls with length, and so a length done at
 * a rate: at one length, or with few trials, everything succeeds by chance, or as much of what is longer. The curve falls where
 * Σ (x − x̄)·success < 0 over log2 lengths x: a sum of independent draws of known mean and variance.
 *
 * @param chance of success at a length in steps
 */
export function showsFall(trials: WorkTrials, chance: (steps: number) => number): boolean {
  const steps = trials.map(stepsOf)
  const middle = average(steps.map(Math.log2))
  const fall = steps.reduce((sum, each) => sum - (Math.log2(each) - middle) * chance(each), 0)
  const variance = steps.reduce(
    (sum, each) => sum + (Math.log2(each) - middle) ** 2 * chance(each) * (1 - chance(each)),
    0,
  )
  return fall > 0 && fall >= CLEAR * Math.sqrt(variance)
}

/** Whether some trial is all but sure to fail where each step fails with this chance: where none does, no half-life is known. */
export function showsFailure(trials: WorkTrials, hazard: number): boolean {
  return isAllButSure(
    hazard,
    trials.reduce((sum, trial) => sum + stepsOf(trial), 0),
  )
}

function stepsOf({ cell }: WorkTrials[number]): number {
  return Number(cell.length)
}
