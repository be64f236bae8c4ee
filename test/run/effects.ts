import type { Model, Price } from '../../src/model/index.ts'
import type { RunEffects, RunOptions } from '../../src/run/index.ts'

export const price: Price = { input: 3, output: 15, asOf: '2026-01-01', source: 'test' }

export const options: RunOptions = { concurrency: 6, durability: 'each-second', version: '0.0.0-test' }

export function effectsWith(open: (name: string) => Model, change: Partial<RunEffects> = {}): RunEffects {
  return {
    open: async (name) => open(name),
    now: Date.now,
    redact: (line) => line,
    stopping: new AbortController().signal,
    abort: new AbortController().signal,
    ...change,
  }
}
