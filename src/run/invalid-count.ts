import type { Outcome } from '../record/index.ts'
import { INVALID_LIMIT, type Plan } from '../study/index.ts'

/** Counts invalid trials by cell and says when a cell has too many. */
export class InvalidCount {
  readonly #planned: ReadonlyMap<string, number>
  readonly #invalid = new Map<string, { count: number; stop: string }>()

  constructor(plan: Plan, done: Iterable<Outcome>) {
    const planned = new Map<string, number>()
    for (const trial of plan.trials) planned.set(cellKey(trial), (planned.get(cellKey(trial)) ?? 0) + 1)
    this.#planned = planned
    for (const row of done) this.add(row)
  }

  add(row: Outcome): string | undefined {
    if (row.status !== 'invalid') return undefined
    const key = cellKey(row)
    this.#invalid.set(key, { count: (this.#invalid.get(key)?.count ?? 0) + 1, stop: row.stop })
    return this.overLimit()
  }

  overLimit(): string | undefined {
    for (const [key, { count, stop }] of this.#invalid) {
      const planned = this.#planned.get(key) ?? 0
      if (count > INVALID_LIMIT * planned)
        return `${count} of ${planned} trials of ${key} are invalid (limit ${100 * INVALID_LIMIT}%); the last: ${stop}`
    }
    return undefined
  }
}

function cellKey(trial: { readonly agent: string; readonly cell: Readonly<Record<string, string>> }): string {
  return [trial.agent, ...Object.values(trial.cell)].join(', ')
}
