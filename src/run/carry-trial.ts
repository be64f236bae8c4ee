import path from 'node:path'
import { totalCost, totalUsage, type Effects, type Ended } from '../agent/index.ts'
import type { Model } from '../model/index.ts'
import {
  ContentStore,
  Journal,
  RUN_FORMAT,
  type JournalOptions,
  type JsonObject,
  type Outcome,
  type TrialKey,
} from '../record/index.ts'
import type { PlannedTrial } from '../study/index.ts'
import type { Ledger } from './ledger.ts'

/** Points over time, by name. */
export type Series = Record<string, [number, number][]>

/** How a trial ended, with what was read from it. */
export interface TrialReading extends Ended {
  readonly values: JsonObject
  readonly series?: Series
  readonly awareness?: Outcome['awareness']
}

/** A trial as the runner knows it: who acts, what its journal begins with, and how it is carried out. */
export interface TrialWork {
  readonly model: Model
  /** What its journal says of it, besides its id. */
  readonly start: TrialKey
  /** Acts and reads; all that comes from outside, and all that it reads, goes through the effects' journal. */
  readonly carry: (effects: Effects) => Promise<TrialReading>
}

/** What a trial is given by its run. */
export interface TrialSurroundings {
  readonly path: string
  readonly journal: JournalOptions
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
 * Carries one trial out, from its start or from where its journal ends.
 *
 * @throws Interruption when the run was asked to stop or has no budget left; the journal then goes on on resume
 */
export async function carryTrial(
  trial: PlannedTrial,
  { model, start, carry }: TrialWork,
  around: TrialSurroundings,
): Promise<FinishedTrial> {
  const { ledger, signal, stopping, onCall, onDays } = around
  const journal = new Journal(around.path, around.journal)
  const snapshots = new Set<string>()
  try {
    journal.record({ type: 'trial.start', format: RUN_FORMAT, trial: trial.id, ...start })
    const reading = await carry({
      journal,
      model,
      contents: new ContentStore(path.join(path.dirname(around.path), '..', 'contents'), around.journal.redact),
      signal,
      stopping,
      reserve: (event, tokens, dollars) => ledger.reserve({ trial: trial.id, event, tokens, dollars }, stopping),
      onCall(call, replayed) {
        if (call.snapshot !== undefined) snapshots.add(call.snapshot)
        onCall?.(call, replayed)
      },
      ...(onDays !== undefined && { onDays }),
    })
    journal.record({ type: 'trial.end', status: reading.status, stop: reading.stop })
    return { outcome: outcomeOf(trial, reading, journal, snapshots), closed: journal.close() }
  } catch (cause) {
    // What went wrong first is what the user must hear.
    await journal.close().catch(() => undefined)
    throw cause
  }
}

function outcomeOf(
  trial: PlannedTrial,
  { status, stop, neverAsked, values, series = {}, awareness, meters, others, lost }: TrialReading,
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
    ...(neverAsked === true && { neverAsked }),
    values,
    ...(Object.keys(series).length > 0 && { series }),
    ...(lost !== undefined && { unanswered: lost }),
    turns: meters.turns,
    usage: totalUsage(meters),
    cost: totalCost(meters),
    ...(others !== undefined && { othersCost: totalCost(others) }),
    ...(awareness !== undefined && { awareness }),
    snapshots: [...snapshots].toSorted(),
    events: journal.seq,
    times: { startedAt: journal.startedAt, wallMs: journal.wallMs, workingMs: Math.round(meters.workingMs) },
  }
}
