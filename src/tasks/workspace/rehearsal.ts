import type { ActResult, Files, SolutionAct, WorkspaceTask } from '../../world/index.ts'

/** Somewhere a solution can be carried out. */
export interface Workplace {
  readonly act: (tool: string, input: Readonly<Record<string, unknown>>) => ActResult | Promise<ActResult>
  readonly files: () => Files
  readonly close?: () => Promise<void>
}

/** What goes wrong once: the act with this number, from 0, is left out, or done as if its facts were forgotten. */
export interface Slip {
  readonly act: number
  readonly how: 'left out' | 'forgotten'
}

export interface Rehearsal {
  /** As the worker left them. */
  readonly files: Files
  /** For each fact by id, the numbers of the acts, from 0, whose result shows it. */
  readonly shown: ReadonlyMap<string, readonly number[]>
  /** Results that were errors, with the number of the act. */
  readonly errors: readonly string[]
}

/**
 * Carries out a task's own solution as a worker with a perfect memory that knows only what it was shown: an act that
 * needs a fact which no result has shown yet is done as `forgotten` says.
 */
export async function rehearse(task: WorkspaceTask, place: Workplace, slip?: Slip): Promise<Rehearsal> {
  const shown = new Map<string, number[]>()
  const errors: string[] = []
  for (const [number, act] of task.solution.entries()) {
    const slips = slip?.act === number
    if (slips && slip.how === 'left out') continue
    const knows = !slips && (act.needs ?? []).every((id) => shown.has(id))
    const result = await place.act(act.tool, inputOf(act, knows))
    if (result.error === true) errors.push(`act ${number}: ${result.text}`)
    for (const fact of task.facts)
      if (result.text.includes(fact.text)) shown.set(fact.id, [...(shown.get(fact.id) ?? []), number])
  }
  return { files: place.files(), shown, errors }
}

function inputOf(act: SolutionAct, knows: boolean): SolutionAct['input'] {
  return knows ? act.input : (act.forgotten ?? act.input)
}
