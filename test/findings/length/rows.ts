import type { Outcome } from '../../../src/record/index.ts'
import { count, proportion, type Analysis, type Finding } from '../../../src/findings/index.ts'

type Analysed = ReturnType<Analysis['run']>[number]

/** A row of one trial, with all that a test does not name at something plain. */
export function row(change: Partial<Outcome> & { readonly success?: number; readonly steps?: number }): Outcome {
  const { success = 1, steps = 1, ...rest } = change
  return {
    trial: 't',
    agent: 'control/worker',
    control: true,
    cell: {},
    task: 'task',
    repeat: 0,
    seed: 's',
    status: 'completed',
    stop: 'submitted',
    values: { success, steps },
    turns: steps + 1,
    usage: { input: 90 * steps, output: 10 * steps },
    cost: { type: 'known', dollars: 0.01 * steps },
    snapshots: [],
    events: 3,
    times: { startedAt: 0, wallMs: 0, workingMs: 60_000 * steps },
    ...rest,
  }
}

export function findings(
  analysis: Analysis,
  rows: readonly Outcome[],
  varied: readonly string[] = [],
): readonly Analysed[] {
  return analysis.run({
    rows,
    measures: { success: proportion(), steps: count(), minutes: { unit: 'minutes', optional: true } },
    varied,
    level: 0.95,
    seed: 's',
  })
}

/** The one finding of a quantity; an error where there are more or none. */
export function only(found: readonly Analysed[], quantity: string): Analysed {
  const own = found.filter((each) => each.quantity === quantity)
  const [first] = own
  if (first === undefined || own.length > 1) throw new Error(`${own.length} findings of ${quantity}`)
  return first
}

export function estimateOf(found: Analysed): Extract<Finding['estimate'], { type: 'estimate' }> {
  if (found.estimate.type === 'not-estimable') throw new Error(found.estimate.reason)
  return found.estimate
}
