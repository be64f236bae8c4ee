import type { Model } from '../../src/model/index.ts'
import type { JsonObject, Outcome } from '../../src/record/index.ts'
import {
  analyse,
  defineStudy,
  exactly,
  levels,
  makePlan,
  type PlannedTrial,
  type PlanRequest,
  type Study,
} from '../../src/study/index.ts'
import { count, exact, mean, pairedDifference, proportion } from '../../src/findings/index.ts'
import { plainScaffold } from '../../src/agent/index.ts'
import type { RunRead } from '../../src/compare/index.ts'
import { scripted, text } from '../agent/toys.ts'

interface MadeOptions {
  readonly tasks?: number
  readonly cluster?: 'task' | 'seed'
  /** What the key of every task, and its system prompt, draw from the seed. */
  readonly drawn?: (seed: string) => string
}

/** A study whose trials are made up by the tests below, with a control that reads 5. */
export function madeStudy(options: MadeOptions = {}): Study {
  const { tasks = 6, cluster = 'task', drawn } = options
  return defineStudy({
    name: 'made',
    question: 'How many?',
    factors: { tools: levels('none', 'some').default('none', 'some') },
    outcome: { total: count(), solved: proportion() },
    checks: exact('made rows'),
    repeats: 2,
    tasks: (_cell, seed) =>
      Array.from({ length: tasks }, (_, number) => ({
        id: `task-${number}`,
        prompt: `Task ${number}.`,
        ...(drawn !== undefined && { key: { answer: drawn(seed) } }),
        scaffold: drawn === undefined ? plainScaffold : { ...plainScaffold, system: `Day ${drawn(seed)}.` },
        limits: { turns: 4 },
        measure: () => ({ total: 0, solved: 0 }),
      })),
    controls: { five: { property: 'Reads 5.', policy: () => [], varies: [], reads: { total: () => exactly(5) } } },
    findings: [
      mean('total', { by: ['agent'], cluster }),
      mean('solved', { by: ['agent'], cluster }),
      pairedDifference('total', { factor: 'tools', from: 'none', to: 'some', pair: 'seed' }),
    ],
  })
}

export interface ReadOptions {
  readonly run: string
  readonly study?: Study
  readonly request?: Partial<PlanRequest>
  readonly models?: readonly string[]
  /** What each trial of a real agent reads. */
  readonly values: (trial: PlannedTrial) => Readonly<Record<string, number>>
  /** What the control reads; the truth is 5. */
  readonly control?: number
  /** Keeps only the first trials: a run that is not done. */
  readonly done?: number
  readonly identity?: JsonObject
}

/** A run as it is read, with trials made up. */
export function read(options: ReadOptions): RunRead {
  const { run, study = madeStudy(), models = ['test/a'], control = 5 } = options
  const request: PlanRequest = {
    models,
    set: {},
    seed: run,
    controls: 'with',
    sampling: {},
    limits: {},
    ...options.request,
  }
  const opened = new Map<string, Model>(
    models.map((name) => [name, scripted(() => ({ parts: [text('')] }), { name, identity: options.identity ?? {} })]),
  )
  const plan = makePlan(study, request, opened)
  const rows = plan.trials.map((trial): Outcome => ({
    trial: trial.id,
    agent: trial.agent,
    control: trial.control,
    cell: trial.cell,
    task: trial.task,
    repeat: trial.repeat,
    seed: trial.seed,
    status: 'completed',
    stop: 'done',
    values: trial.control ? { total: control, solved: 1 } : { ...options.values(trial) },
    turns: 1,
    usage: {},
    cost: { type: 'known', dollars: 0.25 },
    snapshots: [],
    events: 1,
    times: { startedAt: 0, wallMs: 1, workingMs: 1 },
  }))
  const outcomes = rows.slice(0, options.done ?? rows.length)
  const reading = analyse(plan, outcomes, {
    run,
    version: '0.0.0-test',
    designHash: plan.hash,
    design: plan.design,
  })
  return { run, createdAt: '2026-05-01T10:00:00Z', design: plan.design, designHash: plan.hash, plan, outcomes, reading }
}
