import { Interruption } from '../agent/index.ts'
import { OpenRun, type BodyOf, type JsonObject, type Outcome, type RunRecord } from '../record/index.ts'
import type { PlannedTrial } from '../study/index.ts'
import { carryTrial, type FinishedTrial, type TrialSurroundings, type TrialWork } from './carry-trial.ts'
import { Closing } from './closing.ts'
import type { RunOptions, WorkEffects } from './effects.ts'
import { InvalidCount } from './invalid-count.ts'
import { Ledger, type RunBudget, type Spent } from './ledger.ts'
import { pool } from './pool.ts'
import { countCall, countDays, countTrial, newProgress, type Progress } from './progress.ts'
import { SnapshotWatch } from './snapshot-watch.ts'

/** What is to be carried out in a run folder: a study's trials, or the sentences of a draft. */
export interface Work<Trial extends PlannedTrial = PlannedTrial> {
  /** In the order in which they are begun. */
  readonly trials: readonly Trial[]
  readonly budget: RunBudget
  /** Share of a cell's trials that may be invalid, in [0, 1): above it the run says nothing, and stops. */
  readonly invalidLimit: number
  /** What carries a trial out; asked for when its turn comes. */
  readonly trial: (trial: Trial) => TrialWork
  /** Measures that came after the run was planned. Default none. */
  readonly later?: readonly string[]
  /** Told once the folder is this process's. */
  readonly onOpen?: (session: Pick<Session<Trial>, 'progress' | 'noteLimit'>) => void
}

/** How the work stands once nothing of it is under way any more. */
export interface WorkEnd {
  readonly type: 'done' | 'interrupted' | 'budget' | 'unreadable'
  readonly why: string
  readonly record: RunRecord
  /** Of the trials that ended, in the order of the work. */
  readonly outcomes: readonly Outcome[]
  readonly spent: Spent
}

/**
 * Carries out what of the trials is not done yet. The folder is this process's meanwhile.
 *
 * @throws AssayError what the record refuses; whatever a trial throws that is no interruption, once the others are in
 */
export async function carryOut<Trial extends PlannedTrial>(
  folder: string,
  work: Work<Trial>,
  options: Omit<RunOptions, 'version'>,
  effects: WorkEffects,
): Promise<WorkEnd> {
  const session = await Session.start(folder, work, options, effects)
  try {
    await session.carryAll()
    return session.end()
  } finally {
    await session.close()
  }
}

/** A run while this process carries it out: what is done, what is spent, and why it stops. */
class Session<Trial extends PlannedTrial> {
  readonly progress: Progress
  readonly #open: OpenRun
  readonly #work: Work<Trial>
  readonly #options: Omit<RunOptions, 'version'>
  readonly #effects: WorkEffects
  readonly #ledger: Ledger
  readonly #done: Map<string, Outcome>
  readonly #invalid: InvalidCount
  readonly #snapshots: SnapshotWatch
  readonly #closing = new Closing()
  #stop: Pick<WorkEnd, 'type' | 'why'> | undefined
  #broke = false
  #closed = false

  static async start<Trial extends PlannedTrial>(
    folder: string,
    work: Work<Trial>,
    options: Omit<RunOptions, 'version'>,
    effects: WorkEffects,
  ): Promise<Session<Trial>> {
    const { now, redact } = effects
    const open = new OpenRun(folder, { durability: options.durability, now, redact })
    try {
      const session = new Session(open, work, options, effects)
      work.onOpen?.(session)
      return session
    } catch (cause) {
      await open.close()
      throw cause
    }
  }

  private constructor(open: OpenRun, work: Work<Trial>, options: Omit<RunOptions, 'version'>, effects: WorkEffects) {
    this.#open = open
    this.#work = work
    this.#options = options
    const now = after(open, effects.now)
    this.#effects = { ...effects, now }
    const write = open.addEvent.bind(open)
    write({ type: 'start', at: now(), pid: process.pid })
    this.#ledger = new Ledger(work.budget, open.log, open.paths, { write, now })
    this.#done = this.#takeBack(options.retryInvalid === true)
    this.#snapshots = new SnapshotWatch(open.outcomes, open.log, write, now)
    this.progress = newProgress(work.trials, this.#done)
    this.#invalid = new InvalidCount(work.trials, work.invalidLimit, this.#done.values())
    this.#unreadable(this.#invalid.overLimit())
  }

  /** Writes down that a provider's rate limit moved, while the folder is open. */
  noteLimit(provider: string, change: JsonObject): void {
    if (!this.#closed) this.#open.addEvent({ type: 'limiter', at: this.#effects.now(), provider, change })
  }

  /** @throws whatever a trial threw, once those under way have ended and their rows are in */
  async carryAll(): Promise<void> {
    try {
      const left = this.#work.trials.filter(({ id }) => !this.#done.has(id))
      await pool(left, this.#options.concurrency, (trial) => this.#carry(trial))
    } finally {
      await this.#closing.end()
    }
  }

  end(): WorkEnd {
    const { trials } = this.#work
    const whole = trials.every(({ id }) => this.#done.has(id))
    // Trials that were under way when the first one was too many have ended since: all of them are counted.
    const why = this.#stop?.type === 'unreadable' ? this.#invalid.overLimit() : undefined
    const end =
      (why === undefined ? this.#stop : ({ type: 'unreadable', why } as const)) ??
      (whole ? { type: 'done', why: 'all trials are done' } : { type: 'interrupted', why: 'stopped by the user' })
    this.#open.addEvent({ type: 'stop', at: this.#effects.now(), why: end.type })
    const outcomes = trials.flatMap(({ id }) => this.#done.get(id) ?? [])
    return { ...end, record: this.#open.record, outcomes, spent: this.#ledger.spent }
  }

  /** Lets the folder go. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#open.close()
  }

  /** Rows that count; the invalid ones are taken back where they are to be run again. */
  #takeBack(invalidToo: boolean): Map<string, Outcome> {
    const done = new Map<string, Outcome>()
    for (const row of this.#open.outcomes) {
      if (invalidToo && row.status === 'invalid') this.#open.beginAgain(row, this.#effects.now())
      else done.set(row.trial, row)
    }
    return done
  }

  async #carry(trial: Trial): Promise<void> {
    if (this.#stopping()) return
    const work = this.#work.trial(trial)
    try {
      const finished = await carryTrial(trial, work, this.#around(trial))
      // The row comes after its journal is on the disk; meanwhile the next trial runs.
      await this.#closing.add(this.#keep(finished))
      this.#count(finished.outcome)
    } catch (cause) {
      this.#interrupted(cause)
    }
  }

  #stopping(): boolean {
    const { stopping, abort } = this.#effects
    return this.#stop !== undefined || this.#broke || stopping.aborted || abort.aborted
  }

  #around(trial: PlannedTrial): TrialSurroundings {
    const { now, redact, abort } = this.#effects
    return {
      path: this.#open.paths.trial(trial.id),
      journal: { durability: this.#options.durability, now, redact, later: this.#work.later ?? [] },
      ledger: this.#ledger,
      signal: abort,
      stopping: () => this.#stopping(),
      onCall: (call, replayed) => this.#called(trial, call, replayed),
      onDays: (days) => countDays(this.progress, trial, days),
    }
  }

  #called(trial: PlannedTrial, call: BodyOf<'model.call'>, replayed: boolean): void {
    // What an earlier process did is neither this one's pace nor news.
    if (replayed) return
    countCall(this.progress, trial, call)
    this.#snapshots.see(call.model, call.snapshot)
    this.#effects.onProgress?.(this.progress, this.#ledger.spent)
  }

  async #keep({ closed, outcome }: FinishedTrial): Promise<void> {
    await closed
    this.#open.addOutcome(outcome)
    this.#done.set(outcome.trial, outcome)
  }

  #count(outcome: Outcome): void {
    countTrial(this.progress, outcome)
    this.#effects.onProgress?.(this.progress, this.#ledger.spent)
    this.#unreadable(this.#invalid.add(outcome))
  }

  #unreadable(why: string | undefined): void {
    if (why !== undefined) this.#stop ??= { type: 'unreadable', why }
  }

  /** A trial that was interrupted goes on on resume; anything else stops the run as broken. */
  #interrupted(cause: unknown): void {
    if (!(cause instanceof Interruption)) {
      this.#broke = true
      throw cause
    }
    if (cause.reason === 'budget') this.#stop ??= { type: 'budget', why: cause.message }
  }
}

/**
 * A clock that reads no earlier than what the run already holds, though the machine's was set back since: rows count from
 * the moment on which their trial was begun again.
 */
function after({ log, outcomes }: OpenRun, now: () => number): () => number {
  const ends = outcomes.map(({ times }) => times.startedAt + times.wallMs)
  const last = [...log.map(({ at }) => at), ...ends].reduce((latest, at) => Math.max(latest, at), 0)
  const behind = Math.max(0, last - now())
  return () => now() + behind
}
