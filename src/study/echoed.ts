import type { AgentWork, Task } from './task.ts'
import type { Plan } from './plan.ts'
import { newMeters } from '../agent/index.ts'
import { tasksOf } from './task-finder.ts'

/** Questions asked at most, for a look at a large plan. */
const MOST = 2000

/** What a task measures of an agent that says this and nothing else; undefined where it needs more than that. */
export function measuredOf(
  { measure }: AgentWork,
  text: string,
  failed?: (cause: unknown) => void,
): Readonly<Record<string, unknown>> | undefined {
  try {
    return measure({ status: 'completed', stop: '', text, meters: newMeters(), views: [], facts: [], recall: [] })
  } catch (cause) {
    failed?.(cause)
    return undefined
  }
}

/**
 * Questions that an agent passes by repeating them: their answer is in the prompt. Of the first cell, without those that have a world or are
 * marked by a model or a function.
 *
 * @returns their ids
 */
export function echoed({ study, cells, request }: Plan): readonly string[] {
  const [cell] = cells
  const [share] = Object.entries(study.outcome).find(([, { unit }]) => unit === 'proportion') ?? []
  if (cell === undefined || share === undefined) return []
  const passes = (task: Task): boolean =>
    task.runner === undefined &&
    task.world === undefined &&
    task.prompt !== undefined &&
    measuredOf(task, task.prompt)?.[share] === 1
  return tasksOf(study, cell, `${request.seed}/0`)
    .slice(0, MOST)
    .flatMap((task) => (passes(task) ? [task.id] : []))
}
