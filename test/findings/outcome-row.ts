import type { Outcome } from '../../src/record/index.ts'

/** The row of a trial that ended well and cost nothing, but for what is said of it. */
export function outcomeRow(said: Partial<Outcome> & Pick<Outcome, 'trial' | 'task' | 'values'>): Outcome {
  return {
    agent: 'target',
    control: false,
    cell: {},
    repeat: 0,
    seed: 's',
    status: 'completed',
    stop: '',
    turns: 1,
    usage: {},
    cost: { type: 'known', dollars: 0 },
    snapshots: [],
    events: 1,
    times: { startedAt: 0, wallMs: 0, workingMs: 0 },
    ...said,
  }
}
