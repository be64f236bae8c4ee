import type { Model, Sampling } from '../model/index.ts'
import type { BodyOf, ContentStore, Cost, Journal, Message, RetryRecord, Usage } from '../record/index.ts'
import type { Thread } from './context.ts'
import type { Limits } from './limits.ts'
import type { Meters } from './meters.ts'
import type { FactTracker } from './recall/facts.ts'
import type { Scaffold } from './scaffold.ts'
import type { Tool } from './tool.ts'

/** Dollars and tokens set aside before a metered call. */
export interface Reservation {
  /**
   * The call is over: what it really used takes the place of what was set aside.
   *
   * @param tries those that failed before the answer that counts, some of which may have been billed
   */
  readonly settle: (usage: Usage, cost: Cost, tries: readonly RetryRecord[]) => void
  /** Nobody will hear how the call ended: it stays charged at what was set aside. */
  readonly abandon: () => void
}

/** What a trial is given from outside. */
export interface Effects {
  readonly journal: Journal
  readonly model: Model
  /** Keeps what files hold, for worlds that acting again would not rebuild. */
  readonly contents?: ContentStore
  /** Cuts off the call in flight. */
  readonly signal: AbortSignal
  /**
   * Sets the worst case aside. Waits while calls in flight may still give back what they do not use.
   *
   * @throws Interruption `budget` when the run's caps leave no room for the call, `aborted`
   */
  readonly reserve: (event: number, tokens: number, dollars: number | undefined) => Promise<Reservation>
  /** True once the run was asked to stop: the call in flight is finished, no other is begun. */
  readonly stopping: () => boolean
  /** Told of every model call; `replayed` are those read back from the journal. */
  readonly onCall?: (call: BodyOf<'model.call'>, replayed: boolean) => void
  /** Told of what was said in a fork of the conversation: no call of the trial's own. */
  readonly onFork?: (call: BodyOf<'model.call'>) => void
  /** Answers in forks, where `model` is under a selection that a study makes. Default: `model`. */
  readonly unselected?: Model
  /** Told of the world's time after every act that changed the world. */
  readonly onDays?: (days: number) => void
}

/** What stays the same for all threads of a trial. */
export interface Conduct {
  readonly seed: string
  /** Hashed with the seed for the next question. Default: its place in the journal, as if nothing had been probed. */
  readonly place?: () => number
  readonly sampling: Sampling
  /** Replies are not cut to what is left of a limit. */
  readonly wholeReplies?: true
  readonly limits: Limits
  readonly meters: Meters
  readonly days: () => number
  readonly ended: () => string | undefined
  /** Journals what changed in the world after an act; brings files to where an act left them that was read back. */
  readonly observe: (act: BodyOf<'tool.call'>) => void
}

export interface ThreadSpec {
  /** Absent for the main thread. */
  readonly id?: string
  readonly scaffold: Pick<
    Scaffold,
    'template' | 'context' | 'compaction' | 'toolChoice' | 'window' | 'nudge' | 'follow' | 'recall' | 'actsPerTurn'
  >
  readonly opening: readonly Message[]
  readonly tools: ReadonlyMap<string, Tool>
  /** Told of every message that enters or leaves what this thread's model is shown. */
  readonly facts?: FactTracker
  /** Given the thread as it begins, for whoever asks something in a fork of it once it is over. */
  readonly opened?: (thread: Thread) => void
}

/** The trial's clocks, without the time that the experimenter's own questions took. */
export function clockOf({ days, meters }: Conduct, { journal }: Effects): { wallMs: number; days: number } {
  return { wallMs: journal.wallMs - meters.probes.wallMs, days: days() }
}
