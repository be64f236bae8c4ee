import type { Model } from '../model/index.ts'
import type { Durability, JsonObject, Redact } from '../record/index.ts'
import type { Plan } from '../study/index.ts'
import type { Spent } from './ledger.ts'
import type { Progress } from './progress.ts'

/** What carrying trials out is given from outside. */
export interface WorkEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly redact: Redact
  /** Asked to stop: calls in flight are finished, none is begun. */
  readonly stopping: AbortSignal
  /** Told to stop now: calls in flight are cut off. */
  readonly abort: AbortSignal
  readonly onProgress?: (progress: Progress, spent: Spent) => void
}

/** What a run is given from outside. */
export interface RunEffects extends WorkEffects {
  /** Opens a model by its name; the run closes what it opened. `onLimit` is told when a provider's rate limit moved. */
  readonly open: (name: string, onLimit: OnLimit) => Promise<Model>
  readonly onStart?: (progress: Progress, plan: Plan, folder: string) => void
}

export type OnLimit = (provider: string, change: JsonObject) => void

export interface RunOptions {
  /** Trials at once. */
  readonly concurrency: number
  readonly durability: Durability
  /** Run invalid trials again, such as those that met a provider's outage. Default false. */
  readonly retryInvalid?: boolean
  /** Code version, for provenance. */
  readonly version: string
}
