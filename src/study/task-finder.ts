import { AssayError, reasonOf } from '../assay-error.ts'
import type { PlannedTrial } from './plan.ts'
import type { Study } from './study.ts'
import type { Task } from './task.ts'

/** Finds the task a planned trial stands for. A study's tasks are built once a cell and seed, for a few of these at a time. */
export function taskFinder(study: Study): (trial: Pick<PlannedTrial, 'cell' | 'seed' | 'task'>) => Task {
  const built = new Map<string, ReadonlyMap<string, Task>>()
  return (trial) => {
    const key = `${trial.seed}\u0000${Object.values(trial.cell).join('\u0000')}`
    let tasks = built.get(key)
    if (tasks === undefined) {
      tasks = new Map(tasksOf(study, trial.cell, trial.seed).map((task) => [task.id, task]))
      if (built.size >= KEPT_TASK_LISTS) built.delete(built.keys().next().value ?? '')
      built.set(key, tasks)
    }
    const task = tasks.get(trial.task)
    if (task === undefined) {
      throw new AssayError(
        'study/no-tasks',
        `The study ${study.name} has no task ${trial.task} any more. It changed since the run started.`,
      )
    }
    return task
  }
}

const KEPT_TASK_LISTS = 64

/** A study that breaks while it makes its tasks is its author's to mend, not a fault of ours. */
export function tasksOf(study: Study, cell: Readonly<Record<string, string>>, seed: string): readonly Task[] {
  try {
    return study.tasks(cell, seed)
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError(
      'study/broken-tasks',
      `The study ${study.name} broke while making its tasks: ${reasonOf(cause)}. Fix its tasks function.`,
      { cause },
    )
  }
}
