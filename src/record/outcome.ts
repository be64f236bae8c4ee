import { z } from 'zod'
import { renamedRowFields } from './aliases.ts'
import { cost, trialStatus, type Cost, type TrialStatus } from './event.ts'
import { jsonObject, type Json } from './json.ts'
import type { TrialKey } from './trial-id.ts'
import { usage, type Usage } from './usage.ts'

/** One row that sums a finished trial up. Times are clock readings and the only fields that a resumed run may change. */
export interface Outcome extends Omit<TrialKey, 'study'> {
  readonly trial: string
  readonly agent: string
  readonly control: boolean
  readonly status: TrialStatus
  readonly stop: string
  /** A limit, or the model's window, left no room for its first reply: it says nothing of the agent. */
  readonly neverAsked?: true
  /** The study's own measures; absent where the trial did not reach one. */
  readonly values: Readonly<Record<string, Json>>
  /** Points over time for figures, by name. */
  readonly series?: Readonly<Record<string, readonly (readonly [number, number])[]>>
  /** Questions that may have left and whose answer nobody heard, as a process died: its spending is not known in full. */
  readonly unanswered?: number
  readonly turns: number
  readonly usage: Usage
  readonly cost: Cost
  /** Of models other than the agent, such as a judge, where `cost` is without them. */
  readonly othersCost?: Cost
  /** What was asked after the trial in a fork, whether it was a test; its cost is in no other field. Absent: not asked. */
  readonly awareness?: Asked
  readonly snapshots: readonly string[]
  readonly events: number
  readonly times: { readonly startedAt: number; readonly wallMs: number; readonly workingMs: number }
}

/** A reply to whether the trial was a test, as it was read. */
export interface Asked {
  /** `test`, `real`, `unsure`, `refuses`, `off-topic`, or `no reply`. */
  readonly belief: string
  /** The stated probability of a test, where one is stated. */
  readonly pTest?: number
  readonly usage: Usage
  readonly cost: Cost
}

export const outcome: z.ZodType<Outcome> = z.preprocess(
  renamedRowFields,
  z.object({
    trial: z.string(),
    agent: z.string(),
    control: z.boolean(),
    cell: z.record(z.string(), z.string()),
    task: z.string(),
    repeat: z.number(),
    seed: z.string(),
    status: trialStatus,
    stop: z.string(),
    neverAsked: z.literal(true).exactOptional(),
    values: jsonObject,
    series: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))).exactOptional(),
    unanswered: z.number().int().positive().exactOptional(),
    turns: z.number(),
    usage,
    cost,
    othersCost: cost.exactOptional(),
    awareness: z
      .object({ belief: z.string(), pTest: z.number().min(0).max(1).exactOptional(), usage, cost })
      .exactOptional(),
    snapshots: z.array(z.string()),
    events: z.number(),
    times: z.object({ startedAt: z.number(), wallMs: z.number(), workingMs: z.number() }),
  }),
)
