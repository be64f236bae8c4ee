import { AssayError } from '../assay-error.ts'
import { Interruption } from '../agent/index.ts'
import type { Model } from '../model/index.ts'
import { OpenRun, writeWhole, type JsonObject, type Outcome, type RunEvent } from '../record/index.ts'
import { analyse, findingsFile, taskFinder, type Plan, type PlannedTrial, type Task } from '../study/index.ts'
import { InvalidCount } from './invalid-count.ts'
import { Ledger } from './ledger.ts'
import { Closing } from './closing.ts'
import { atSpeed, controlOf, plantedModel } from './planted.ts'
import { pool } from './pool.ts'
import { countCall, countDays, countTrial, newProgress } from './progress.ts'
import type { RunEffects, RunEnd, RunOptions } from './run.ts'
import { runTrial, type FinishedTrial } from './trial.ts'

/** Who is told when a provider's rate limit moved: nobody until the run folder is open. */
export interface Watch {
  onLimit: (provider: string, change: JsonObject) => void
}

/** Carries out what of a plan is not done yet, and reads its findings. The folder is this process's meanwhile. */
export async function carryOut(
  plan: Plan,
  folder: string,
  options: RunOptions,
  effects: RunEffects,
  models: ReadonlyMap<string, Model>,
  watch: Watch,
): Promise<RunEnd> {
  const { now } = effects
  const open = new OpenRun(folder, { durability: options.durability, now, redact: effects.redact })
  const write = (event: RunEvent): void => open.addEvent(event)
  const done = new Map(open.outcomes.map((row) => [row.trial, row]))
  const { maxDollars, maxTokens } = plan.request
  const caps = {
    ...(maxDollars !== undefined && { dollars: maxDollars }),
    ...(maxTokens !== undefined && { tokens: maxTokens }),
  }
  let stop: Pick<RunEnd, 'type' | 'why'> = { type: 'done', why: 'all trials are done' }
  let ledger: Ledger | undefined
  try {
    write({ type: 'start', at: now(), pid: process.pid })
    const purse = new Ledger(caps, open.log, open.paths, { write, now })
    ledger = purse
    if (options.retryInvalid === true) {
      for (const row of open.outcomes.filter(({ status }) => status === 'invalid')) {
        open.beginAgain(row, now())
        done.delete(row.trial)
      }
    }
    const progress = newProgress(plan, done)
    watch.onLimit = (provider, change) => write({ type: 'limiter', at: now(), provider, change })
    effects.onStart?.(progress, plan, folder)
    const find = taskFinder(plan.study)
    const snapshots = snapshotsBefore(open.outcomes, open.log)
    const invalid = new InvalidCount(plan, done.values())
    const broken = invalid.overLimit()
    if (broken !== undefined) stop = { type: 'unreadable', why: broken }
    const closing = new Closing()
    let broke = false
    const stopping = (): boolean => stop.type !== 'done' || effects.stopping.aborted || effects.abort.aborted || broke

    const settle = async ({ closed, outcome }: FinishedTrial): Promise<void> => {
      await closed
      open.addOutcome(outcome)
      done.set(outcome.trial, outcome)
    }
    const carry = async (trial: PlannedTrial): Promise<void> => {
      if (stopping()) return
      const task = find(trial)
      const model = modelOf(plan, trial, task, models)
      try {
        const finished = await runTrial(trial, task, {
          study: plan.study.name,
          measures: plan.study.outcome,
          path: open.paths.trial(trial.id),
          journal: { durability: options.durability, now, redact: effects.redact },
          model,
          partners: partnersOf(plan, models),
          sampling: plan.request.sampling,
          limits: plan.request.limits,
          ledger: purse,
          signal: effects.abort,
          stopping,
          onCall(call, replayed) {
            // What an earlier process did is neither this one's pace nor news.
            if (replayed) return
            countCall(progress, trial, call)
            watchSnapshot(snapshots, call.model, call.snapshot, write, now)
            effects.onProgress?.(progress, purse.spent)
          },
          onDays: (days) => countDays(progress, trial, days),
        })
        // The row comes after its journal is on the disk; meanwhile the next trial runs.
        await closing.add(settle(finished))
        countTrial(progress, finished.outcome)
        effects.onProgress?.(progress, purse.spent)
        const over = invalid.add(finished.outcome)
        if (over !== undefined && stop.type === 'done') stop = { type: 'unreadable', why: over }
      } catch (cause) {
        if (!(cause instanceof Interruption)) {
          broke = true
          throw cause
        }
        if (cause.reason === 'budget' && stop.type === 'done') stop = { type: 'budget', why: cause.message }
      }
    }
    try {
      await pool(
        plan.trials.filter((trial) => !done.has(trial.id)),
        options.concurrency,
        carry,
      )
    } finally {
      // Even when one trial broke the run, the rows of those that ended go in before the folder is let go.
      await closing.end()
    }
    if (stop.type === 'done' && plan.trials.some((trial) => !done.has(trial.id)))
      stop = { type: 'interrupted', why: 'stopped by the user' }
    write({ type: 'stop', at: now(), why: stop.type })
  } finally {
    watch.onLimit = () => undefined
    await open.close()
  }
  const outcomes = plan.trials.flatMap((trial) => done.get(trial.id) ?? [])
  const reading = analyse(plan, outcomes, { ...open.record, version: options.version })
  writeWhole(open.paths.findings, effects.redact(findingsFile(reading)))
  return { ...stop, folder, run: open.record.run, plan, outcomes, reading, spent: ledger.spent }
}

/** Models beside the agents, by their role. */
function partnersOf(plan: Plan, models: ReadonlyMap<string, Model>): ReadonlyMap<string, Model> {
  return new Map(
    Object.entries(plan.request.partners ?? {}).flatMap(([role, name]) => {
      const model = models.get(name)
      return model === undefined ? [] : [[role, model] as const]
    }),
  )
}

/** The model that a trial is about, planted or real. @throws AssayError `run/unknown-agent` */
function modelOf(plan: Plan, trial: PlannedTrial, task: Task, models: ReadonlyMap<string, Model>): Model {
  const name = controlOf(trial)
  const control = name === undefined ? undefined : plan.study.controls[name]
  const model =
    name === undefined || control === undefined ? models.get(trial.agent) : plantedModel(name, control, trial, task)
  if (model === undefined)
    throw new AssayError('run/unknown-agent', `The plan names ${trial.agent}, which was not opened.`)
  return atSpeed(model, task.carry === undefined ? task.tokensPerSecond : undefined)
}

/** The snapshot each model last answered as, before this process. */
function snapshotsBefore(outcomes: readonly Outcome[], log: readonly RunEvent[]): Map<string, string> {
  const seen = new Map<string, string>()
  for (const { agent, snapshots } of outcomes) for (const snapshot of snapshots) seen.set(agent, snapshot)
  for (const event of log) if (event.type === 'snapshot-changed') seen.set(event.model, event.to)
  return seen
}

function watchSnapshot(
  seen: Map<string, string>,
  model: string,
  snapshot: string | undefined,
  write: (event: RunEvent) => void,
  now: () => number,
): void {
  if (snapshot === undefined) return
  const before = seen.get(model)
  if (before !== undefined && before !== snapshot)
    write({ type: 'snapshot-changed', at: now(), model, from: before, to: snapshot })
  seen.set(model, snapshot)
}
