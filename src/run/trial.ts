import path from 'node:path'
import { AssayError, reasonOf } from '../assay-error.ts'
import {
  runAgent,
  tighter,
  totalCost,
  totalUsage,
  type AgentTask,
  type Effects,
  type Ended,
  type Ending,
  type Limits,
} from '../agent/index.ts'
import type { Model, Sampling } from '../model/index.ts'
import { ContentStore, Journal, type JournalOptions, type JsonObject, type Outcome } from '../record/index.ts'
import type { CarryEffects, PlannedTrial, Task } from '../study/index.ts'
import type { Measures } from '../findings/index.ts'
import type { Ledger } from './ledger.ts'
import { controlOf, PLANTED_MOST } from './planted.ts'

/** What a trial needs from its run. */
export interface TrialSurroundings {
  readonly study: string
  /** What the study declares that its tasks measure. */
  readonly measures: Measures
  readonly path: string
  readonly journal: JournalOptions
  readonly model: Model
  /** Models beside the agent, by their role. */
  readonly partners: ReadonlyMap<string, Model>
  readonly sampling: Sampling
  /** The user's limits: of each, theirs or the task's own holds, whichever is smaller. */
  readonly limits: Limits
  readonly ledger: Ledger
  readonly signal: AbortSignal
  readonly stopping: () => boolean
  readonly onCall?: Effects['onCall']
  readonly onDays?: Effects['onDays']
}

/** A finished trial, and the promise that its journal is on the disk. */
export interface FinishedTrial {
  readonly outcome: Outcome
  readonly closed: Promise<void>
}

/**
 * Runs one trial from its start or from where its journal ends.
 *
 * @throws Interruption when the run was asked to stop or has no budget left; the journal then goes on on resume
 */
export async function runTrial(trial: PlannedTrial, task: Task, around: TrialSurroundings): Promise<FinishedTrial> {
  const { model, ledger } = around
  const control = controlOf(trial)
  const journal = new Journal(around.path, around.journal)
  const snapshots = new Set<string>()
  try {
    const { cell, repeat, seed } = trial
    journal.record({
      type: 'trial.start',
      format: 1,
      trial: trial.id,
      study: around.study,
      cell: { ...cell, agent: trial.agent },
      task: trial.task,
      repeat,
      seed,
    })
    const carried = await carryOut(
      task,
      {
        // A planted agent may need its own last words; it is shown everything, since its behaviour is known and not measured.
        scaffold: trial.control ? { ...task.scaffold, context: 'all' } : task.scaffold,
        // Planted agents do not sample, and what one call of theirs can say at most is known.
        sampling: trial.control ? { ...around.sampling, maxOutputTokens: PLANTED_MOST } : around.sampling,
        limits: tighter(task.limits, around.limits),
        ...(task.prompt !== undefined && { prompt: task.prompt }),
        ...(task.world !== undefined && { world: task.world }),
        worldSeed: seed,
        modelSeed: `${seed}/${trial.id}`,
        ...(task.carry === undefined && task.facts !== undefined && { facts: task.facts }),
      },
      {
        journal,
        model,
        contents: new ContentStore(path.join(path.dirname(around.path), '..', 'contents'), around.journal.redact),
        partners: around.partners,
        ...(control !== undefined && { control }),
        signal: around.signal,
        stopping: around.stopping,
        reserve: (event, tokens, dollars) =>
          ledger.reserve({ trial: trial.id, event, tokens, dollars }, around.stopping),
        onCall(call, replayed) {
          if (call.snapshot !== undefined) snapshots.add(call.snapshot)
          around.onCall?.(call, replayed)
        },
        ...(around.onDays !== undefined && { onDays: around.onDays }),
      },
    )
    const { ending } = carried
    const measured = measure(carried, around.measures)
    if (measured.type === 'broken') journal.record({ type: 'error', where: 'measure', message: measured.why })
    const reading: Reading =
      measured.type === 'measured'
        ? { ...ending, ...measured }
        : { ...ending, status: 'invalid', stop: `measure: ${measured.why}`, values: {}, series: {} }
    journal.record({ type: 'grade', grader: `measure of ${around.study}`, values: reading.values })
    journal.record({ type: 'trial.end', status: reading.status, stop: reading.stop })
    return { outcome: outcomeOf(trial, reading, journal, snapshots), closed: journal.close() }
  } catch (cause) {
    // What went wrong first is what the user must hear.
    await journal.close().catch(() => undefined)
    throw cause
  }
}

type Series = Record<string, [number, number][]>

/** How a trial of any kind ended, with what its study reads from it; nothing where it is invalid. */
interface Carried {
  readonly ending: Ended
  readonly measure?: () => Readonly<Record<string, number | undefined>>
  readonly series: () => Series
}

async function carryOut(task: Task, given: AgentTask, effects: CarryEffects): Promise<Carried> {
  if (task.carry !== undefined) return { ...(await task.carry(given, effects)), series: () => ({}) }
  const ending = await runAgent(given, effects)
  return {
    ending,
    ...(ending.status !== 'invalid' && { measure: () => task.measure(ending) }),
    series: () => seriesOf(task, ending),
  }
}

/** An ending with what the study reads from it. */
interface Reading extends Ended {
  readonly values: JsonObject
  readonly series: Series
}

type Measured =
  | { readonly type: 'measured'; readonly values: JsonObject; readonly series: Series }
  | { readonly type: 'broken'; readonly why: string }

/** A study that breaks on an ending makes that trial invalid; the others are not its business. */
function measure({ ending, measure: read, series }: Carried, measures: Measures): Measured {
  try {
    const values = read === undefined ? {} : numbersOf(read())
    const odd = Object.entries(values).find(([, value]) => !Number.isFinite(value))
    if (odd !== undefined) return { type: 'broken', why: `${odd[0]} is ${String(odd[1])}` }
    const unknown = Object.keys(values).find((name) => measures[name] === undefined)
    if (unknown !== undefined) return { type: 'broken', why: `it gave ${unknown}, which the study does not declare` }
    const lacking = Object.entries(measures).find(([name, { optional }]) => !optional && values[name] === undefined)
    if (lacking !== undefined && ending.status !== 'invalid')
      return { type: 'broken', why: `it gave no ${lacking[0]}, which the study declares` }
    return { type: 'measured', values, series: series() }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    return { type: 'broken', why: reasonOf(cause) }
  }
}

function outcomeOf(
  trial: PlannedTrial,
  { status, stop, values, series, meters, lost }: Reading,
  journal: Journal,
  snapshots: ReadonlySet<string>,
): Outcome {
  const { id, agent, control, cell, task, repeat, seed } = trial
  return {
    trial: id,
    agent,
    control,
    cell,
    task,
    repeat,
    seed,
    status,
    stop,
    values,
    ...(Object.keys(series).length > 0 && { series }),
    ...(lost !== undefined && { lost }),
    turns: meters.turns,
    usage: totalUsage(meters),
    cost: totalCost(meters),
    snapshots: [...snapshots].toSorted(),
    events: journal.seq,
    times: { startedAt: journal.startedAt, wallMs: journal.wallMs, workingMs: Math.round(meters.workingMs) },
  }
}

/** What was not measured is absent, so that a row never holds a made-up zero. */
function numbersOf(values: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined))
}

/** One point for each x: the last view of a day stands for the day. */
function seriesOf(task: Extract<Task, { carry?: never }>, ending: Ending): Series {
  const series: Series = {}
  for (const [name, points] of Object.entries(task.points?.(ending) ?? {}))
    series[name] = points.map(([x, y]): [number, number] => [x, y])
  if (task.series === undefined) return series
  for (const view of ending.views) {
    for (const [name, [x, y]] of Object.entries(task.series(view))) {
      const points = (series[name] ??= [])
      const last = points.at(-1)
      if (last?.[0] === x) last[1] = y
      else points.push([x, y])
    }
  }
  return series
}
