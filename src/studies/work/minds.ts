import { randomFrom } from '../../record/index.ts'
import type { PlantedTrial } from '../../study/index.ts'
import type { SolutionAct, WorkspaceTask } from '../../world/index.ts'
import type { Mind, Step } from './worker.ts'

function solutionAt({ at, work }: Step): SolutionAct | undefined {
  return work.solution[at]
}

/** Does every step right. */
export function able(): Mind {
  return { next: solutionAt, keeps: true }
}

/** Takes the first half of the steps right, rounded down, and hands in what it has. */
export function halfway(): Mind {
  return upTo((steps) => Math.floor(steps / 2))
}

/** Takes every step right but the last, and hands in what it has. */
export function almost(): Mind {
  return upTo((steps) => steps - 1)
}

function upTo(end: (steps: number) => number): Mind {
  return { next: (step) => (step.at < end(step.work.steps) ? solutionAt(step) : undefined), keeps: true }
}

/** Does the whole task with the logistic chance, and else nothing of it. */
export function allOrNothing(half: number): (work: WorkspaceTask, trial: PlantedTrial) => Mind {
  return ({ steps }, { seed }) => (randomFrom('all or nothing', seed)() < logisticChance(steps, half) ? able() : idle())
}

/** Hands in what it was given. */
export function idle(): Mind {
  return { next: () => undefined }
}

/** The chance of a worker whose success is logistic in log2 length: 1/2 at `half` steps, and 1/(1 + steps/half) in all. */
export function logisticChance(steps: number, half: number): number {
  return 1 / (1 + steps / half)
}

/** Comes through the whole task with the logistic chance, else hands in what it has at a step drawn evenly. */
export function logistic(half: number): (work: WorkspaceTask, trial: PlantedTrial) => Mind {
  return ({ steps }, { seed }) => {
    const random = randomFrom('logistic worker', seed)
    const end = random() < logisticChance(steps, half) ? steps : Math.floor(random() * steps)
    return { next: (step) => (step.at < end ? solutionAt(step) : undefined), keeps: true }
  }
}

/** Errs at each step with chance `hazard`, and hands in what it has. */
export function erring(hazard: number): (work: WorkspaceTask, trial: PlantedTrial) => Mind {
  return ({ steps }, { seed }) => {
    const random = randomFrom('erring worker', seed)
    const right = Math.floor(Math.log(1 - random()) / Math.log1p(-hazard))
    const end = Math.min(steps, right)
    return { next: (step) => (step.at < end ? solutionAt(step) : undefined), keeps: true }
  }
}

/**
 * Takes a step right only while it sees every fact that the step needs, and else does what one does who has forgotten.
 * In summaries and notes it puts what it sees and will need; a compaction of its own keeps nothing.
 */
export function forgetful(): Mind {
  return {
    keeps: true,
    next(step) {
      const act = solutionAt(step)
      const knows = act?.needs?.every((id) => step.sees(id)) ?? true
      return act === undefined || knows ? act : { tool: act.tool, input: act.forgotten ?? act.input }
    },
  }
}

/** Does only work that pays at least so much. Cents. */
export function choosy(least: number): (work: WorkspaceTask) => Mind {
  return ({ price = 0 }) => (price >= least ? able() : idle())
}
