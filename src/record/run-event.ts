import { z } from 'zod'
import { cost, type Cost } from './event.ts'
import { json, type Json } from './json.ts'

/**
 * What belongs to no single trial. `reserve` stands before every metered call and `settle` behind it: a reservation
 * without a settlement was in flight when the process died, and stays charged.
 */
export type RunEvent =
  | { readonly type: 'start'; readonly at: number; readonly pid: number }
  | { readonly type: 'stop'; readonly at: number; readonly why: string }
  | {
      readonly type: 'reserve'
      readonly at: number
      readonly call: number
      readonly trial: string
      readonly event: number
      readonly tokens: number
      readonly dollars: number
    }
  | {
      readonly type: 'settle'
      readonly at: number
      readonly call: number
      readonly tokens: number
      readonly cost: Cost
      /** What tries that broke off midway may have been billed at most, where there were any. */
      readonly lost?: { readonly tokens: number; readonly dollars: number }
    }
  | { readonly type: 'limiter'; readonly at: number; readonly provider: string; readonly change: Json }
  | {
      readonly type: 'snapshot-changed'
      readonly at: number
      readonly model: string
      readonly from: string
      readonly to: string
    }
  /** An invalid trial is run anew: its row counts no more, and its journal lies aside. */
  | { readonly type: 'again'; readonly at: number; readonly trial: string; readonly why: string }

const at = z.number()

export const runEvent: z.ZodType<RunEvent> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), at, pid: z.number() }),
  z.object({ type: z.literal('stop'), at, why: z.string() }),
  z.object({
    type: z.literal('reserve'),
    at,
    call: z.number(),
    trial: z.string(),
    event: z.number(),
    tokens: z.number(),
    dollars: z.number(),
  }),
  z.object({
    type: z.literal('settle'),
    at,
    call: z.number(),
    tokens: z.number(),
    cost,
    lost: z.object({ tokens: z.number(), dollars: z.number() }).exactOptional(),
  }),
  z.object({ type: z.literal('again'), at, trial: z.string(), why: z.string() }),
  z.object({ type: z.literal('limiter'), at, provider: z.string(), change: json }),
  z.object({ type: z.literal('snapshot-changed'), at, model: z.string(), from: z.string(), to: z.string() }),
])
