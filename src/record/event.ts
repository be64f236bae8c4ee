import { z } from 'zod'
import { fileChange, type FileChange } from './file-change.ts'
import { json, jsonObject, type Json } from './json.ts'
import { message, type AssistantMessage, type Message, type ToolMessage } from './message.ts'
import type { TrialKey } from './trial-id.ts'
import { usage, type Usage } from './usage.ts'

/** The journal's format. A reader refuses a higher number; a lower one it must still read. */
export const FORMAT = 1

/**
 * The messages a model was shown, by number within their thread: half-open ranges, in the order in which they are shown.
 * `base` is the `seq` of the compaction whose kept messages come first.
 */
export interface InputRef {
  readonly base?: number
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

/** One failed try, as the journal keeps it. */
export interface RetryRecord {
  readonly kind: string
  readonly status?: number
  /** Something of an answer had come: it may have been billed. */
  readonly spoke?: true
  /** What the provider had counted of it, and what that cost. */
  readonly usage?: Usage
  readonly cost?: Cost
  readonly waitedMs: number
}

/** Dollars, or why they are not known. */
export type Cost =
  | { readonly type: 'known'; readonly dollars: number }
  | { readonly type: 'unknown'; readonly why: string }

/** Milliseconds from putting the question; `working` leaves out queues, waits and failed tries. */
export interface CallTiming {
  readonly sent: number
  readonly firstToken?: number
  readonly lastToken: number
  readonly working: number
  /** Of `working`: this process was at work, and may have seen tokens late. */
  readonly busy?: number
}

/**
 * A question outside the conversation: it is put after the messages of `input` as a user's, and neither it nor its
 * answer enters the thread. `summary` and `native` make room; `probe` is the experimenter's and not the agent's.
 */
export interface Aside {
  readonly purpose: 'summary' | 'native' | 'probe' | 'fork'
  readonly text: string
}

/** A message that is shown shorter than it is from here on: only so many of its characters. */
export interface Cut {
  readonly message: number
  readonly characters: number
  readonly kept: number
}

/**
 * What an event says. A message enters its thread by exactly one event: `message` (system, user), `model.call`
 * (what the assistant said) or `tool.call` (the result), and is never written again.
 */
export type EventBody =
  | ({ readonly type: 'trial.start'; readonly format: number; readonly trial: string } & TrialKey)
  | { readonly type: 'message'; readonly thread?: string; readonly message: Message }
  | {
      readonly type: 'model.call'
      readonly thread?: string
      readonly model: string
      readonly aside?: Aside
      readonly input: InputRef
      readonly output?: AssistantMessage
      readonly finish?: string
      readonly failure?: { readonly kind: string; readonly message: string; readonly status?: number }
      readonly usage: Usage
      readonly cost: Cost
      readonly timing: CallTiming
      readonly retries?: readonly RetryRecord[]
      readonly snapshot?: string
      readonly ids?: Readonly<Record<string, string>>
      readonly logprobs?: Json
    }
  | {
      readonly type: 'tool.call'
      readonly thread?: string
      readonly result: ToolMessage
      /** `refused`: the call could not be run as written. `failed`: the tool itself broke, which is the harness's fault. */
      readonly status: 'ok' | 'refused' | 'failed'
      /** The agent handed its answer in with this call. */
      readonly submits?: true
      /** What the call did to files, in the same line as its result, so that no crash can part them. */
      readonly changes?: readonly FileChange[]
      readonly ms: number
    }
  | {
      readonly type: 'compaction'
      readonly thread?: string
      readonly strategy: string
      /** The provider had said that the context is too long. */
      readonly forced?: true
      /** Tokens. */
      readonly window?: number
      readonly tokensBefore: number
      readonly tokensAfter: number
      /** What the model is shown from here on, in this order. */
      readonly kept: InputRef['ranges']
      readonly dropped: InputRef['ranges']
      /** Tool results with a number below `before` are shown as a short mark from here on; `results` of them are new. */
      readonly cleared?: { readonly before: number; readonly results: number }
      readonly cut?: readonly Cut[]
      /** Number of the message that stands in place of what was dropped. */
      readonly entered?: number
      /** What was wrong with what stands in place of it. */
      readonly warning?: string
    }
  | { readonly type: 'world'; readonly view: Readonly<Record<string, Json>> }
  | { readonly type: 'attempt'; readonly data: Readonly<Record<string, Json>> }
  | {
      readonly type: 'grade'
      readonly grader: string
      readonly values: Readonly<Record<string, Json>>
      readonly explanation?: string
    }
  | {
      readonly type: 'limit'
      readonly thread?: string
      readonly limit: string
      readonly used: number
      readonly cap: number
    }
  | { readonly type: 'note'; readonly topic: string; readonly data: Json }
  | { readonly type: 'error'; readonly where: string; readonly message: string }
  | { readonly type: 'trial.end'; readonly status: TrialStatus; readonly stop: string }

/** `invalid` says nothing about the agent: it is neither a failure nor dropped silently. */
export type TrialStatus = 'completed' | 'limit' | 'invalid'

/**
 * An event as it is in a file. `at` is milliseconds since 1970; `seq` counts from 0 without gaps; `resumed` marks
 * the first event that a later process wrote, so that the time between does not count.
 */
export type Event = {
  readonly seq: number
  readonly v: number
  readonly at: number
  readonly resumed?: true
} & EventBody

export type EventType = EventBody['type']
export type BodyOf<T extends EventType> = Extract<EventBody, { type: T }>

const values = jsonObject
const ranges = z.array(z.tuple([z.number(), z.number()]))
const head = {
  seq: z.number().int().nonnegative(),
  v: z.literal(FORMAT),
  at: z.number(),
  resumed: z.literal(true).exactOptional(),
}

/** How a trial can end. */
export const trialStatus: z.ZodType<TrialStatus> = z.enum(['completed', 'limit', 'invalid'])

export const cost: z.ZodType<Cost> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('known'), dollars: z.number() }),
  z.object({ type: z.literal('unknown'), why: z.string() }),
])

const thread = z.string().exactOptional()
const optionalNumber = z.number().exactOptional()

const assistant: z.ZodType<AssistantMessage> = message.refine((m) => m.role === 'assistant')
const toolResult: z.ZodType<ToolMessage> = message.refine((m) => m.role === 'tool')

export const event: z.ZodType<Event> = z.discriminatedUnion('type', [
  z.object({
    ...head,
    type: z.literal('trial.start'),
    format: z.number(),
    trial: z.string(),
    study: z.string(),
    cell: z.record(z.string(), z.string()),
    task: z.string(),
    repeat: z.number(),
    seed: z.string(),
  }),
  z.object({ ...head, type: z.literal('message'), thread, message }),
  z.object({
    ...head,
    type: z.literal('model.call'),
    thread,
    model: z.string(),
    aside: z.object({ purpose: z.enum(['summary', 'native', 'probe', 'fork']), text: z.string() }).exactOptional(),
    input: z.object({ base: optionalNumber, ranges }),
    output: assistant.exactOptional(),
    finish: z.string().exactOptional(),
    failure: z.object({ kind: z.string(), message: z.string(), status: optionalNumber }).exactOptional(),
    usage,
    cost,
    timing: z.object({
      sent: z.number(),
      firstToken: optionalNumber,
      lastToken: z.number(),
      working: z.number(),
      busy: optionalNumber,
    }),
    retries: z
      .array(
        z.object({
          kind: z.string(),
          status: optionalNumber,
          spoke: z.literal(true).exactOptional(),
          usage: usage.exactOptional(),
          cost: cost.exactOptional(),
          waitedMs: z.number(),
        }),
      )
      .exactOptional(),
    snapshot: z.string().exactOptional(),
    ids: z.record(z.string(), z.string()).exactOptional(),
    logprobs: json.exactOptional(),
  }),
  z.object({
    ...head,
    type: z.literal('tool.call'),
    thread,
    result: toolResult,
    status: z.enum(['ok', 'refused', 'failed']),
    submits: z.literal(true).exactOptional(),
    changes: z.array(fileChange).exactOptional(),
    ms: z.number(),
  }),
  z.object({
    ...head,
    type: z.literal('compaction'),
    thread,
    strategy: z.string(),
    forced: z.literal(true).exactOptional(),
    window: optionalNumber,
    tokensBefore: z.number(),
    tokensAfter: z.number(),
    kept: ranges,
    dropped: ranges,
    cleared: z.object({ before: z.number(), results: z.number() }).exactOptional(),
    cut: z.array(z.object({ message: z.number(), characters: z.number(), kept: z.number() })).exactOptional(),
    entered: optionalNumber,
    warning: z.string().exactOptional(),
  }),
  z.object({ ...head, type: z.literal('world'), view: values }),
  z.object({ ...head, type: z.literal('attempt'), data: values }),
  z.object({ ...head, type: z.literal('grade'), grader: z.string(), values, explanation: z.string().exactOptional() }),
  z.object({ ...head, type: z.literal('limit'), thread, limit: z.string(), used: z.number(), cap: z.number() }),
  z.object({ ...head, type: z.literal('note'), topic: z.string(), data: json }),
  z.object({ ...head, type: z.literal('error'), where: z.string(), message: z.string() }),
  z.object({ ...head, type: z.literal('trial.end'), status: trialStatus, stop: z.string() }),
])
