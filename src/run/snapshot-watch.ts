import type { Outcome, RunEvent } from '../record/index.ts'

/** Notes when a model answers as another snapshot than before, in this process or an earlier one. */
export class SnapshotWatch {
  readonly #seen = new Map<string, string>()
  readonly #write: (event: RunEvent) => void
  readonly #now: () => number

  constructor(
    outcomes: readonly Outcome[],
    log: readonly RunEvent[],
    write: (event: RunEvent) => void,
    now: () => number,
  ) {
    this.#write = write
    this.#now = now
    for (const { agent, snapshots } of outcomes) for (const snapshot of snapshots) this.#seen.set(agent, snapshot)
    for (const event of log) if (event.type === 'snapshot-changed') this.#seen.set(event.model, event.to)
  }

  see(model: string, snapshot: string | undefined): void {
    if (snapshot === undefined) return
    const before = this.#seen.get(model)
    if (before !== undefined && before !== snapshot)
      this.#write({ type: 'snapshot-changed', at: this.#now(), model, from: before, to: snapshot })
    this.#seen.set(model, snapshot)
  }
}
