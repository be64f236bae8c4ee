import { column, variedIn } from '../findings/index.ts'
import type { Outcome } from '../record/index.ts'
import type { PlannedTrial } from '../study/index.ts'

/** Counts invalid trials by cell and says when a cell has too many. */
export class InvalidCount {
  readonly #limit: number
  readonly #varied: readonly string[]
  readonly #planned: ReadonlyMap<string, number>
  readonly #invalid = new Map<string, { count: number; stop: string }>()

  /** @param limit share of a cell's trials that may be invalid, in [0, 1) */
  constructor(trials: readonly PlannedTrial[], limit: number, done: Iterable<Outcome>) {
    this.#limit = limit
    this.#varied = variedIn(trials)
    const planned = new Map<string, number>()
    for (const trial of trials) planned.set(this.#cellOf(trial), (planned.get(this.#cellOf(trial)) ?? 0) + 1)
    this.#planned = planned
    for (const row of done) this.add(row)
  }

  add(row: Outcome): string | undefined {
    if (row.status !== 'invalid') return undefined
    const key = this.#cellOf(row)
    this.#invalid.set(key, { count: (this.#invalid.get(key)?.count ?? 0) + 1, stop: row.stop })
    return this.overLimit()
  }

  overLimit(): string | undefined {
    for (const [key, { count, stop }] of this.#invalid) {
      const planned = this.#planned.get(key) ?? 0
      if (count > this.#limit * planned)
        return `${count} of ${planned} trials of ${key} are invalid (the limit is ${100 * this.#limit}%). Last error: ${stop}`
    }
    return undefined
  }

  /** The agent, with levels of factors that vary: what a person chose. */
  #cellOf(trial: Pick<Outcome, 'agent' | 'cell'>): string {
    return ['agent', ...this.#varied].map((name) => column(trial, name)).join(', ')
  }
}
