/** Planted trials that a finding is over. */
export type WorkTrials = readonly { readonly task: string; readonly cell: { readonly length: string } }[]

/**
 * Trials are enough where this bounds how often they leave no number. The chance itself is about a seventh of the bound: 0.3% at
 * six lengths of four trials each (4,000 draws), which is what a control that runs in one family has by default.
 */
const BOUND = 0.05
/** Where the chance itself is known: as seldom as a control's interval misses its number. */
const NEVER = 1e-4

/**
 * Whether trials of known chances are all but sure to give a curve of success that falls with length, and so a length done at
 * a rate: at one length, or with few trials, everything succeeds by chance, or as much of what is longer. The curve falls where
 * Σ (x − x̄)·success < 0 over log2 lengths x; how often it does not is bounded as by Chernoff (1952), doi:10.1214/aoms/1177729330.
 *
 * @param chance of success at a length in steps
 */
export function showsFall(trials: WorkTrials, chance: (steps: number) => number): boolean {
  const steps = trials.map(stepsOf)
  const middle = steps.reduce((sum, each) => sum + Math.log2(each), 0) / steps.length
  const bound = (tilt: number): number =>
    steps.reduce((sum, each) => sum + Math.log1p(chance(each) * Math.expm1(tilt * (Math.log2(each) - middle))), 0)
  // Convex in the tilt, 0 at 0.
  let [low, high] = [0, MOST_TILT]
  for (let step = 0; step < 60; step += 1) {
    const third = (high - low) / 3
    if (bound(low + third) < bound(high - third)) high -= third
    else low += third
  }
  return bound(low) <= Math.log(BOUND)
}

const MOST_TILT = 20

/** Whether some trial is all but sure to fail where each step fails with this chance: where none does, no half-life is known. */
export function showsFailure(trials: WorkTrials, hazard: number): boolean {
  return trials.reduce((sum, trial) => sum + stepsOf(trial), 0) * Math.log1p(-hazard) <= Math.log(NEVER)
}

/** Whether there are two tasks: from one alone nobody knows how tasks differ. */
export function showsSpread(trials: WorkTrials): boolean {
  return new Set(trials.map(({ task }) => task)).size > 1
}

function stepsOf({ cell }: WorkTrials[number]): number {
  return Number(cell.length)
}
