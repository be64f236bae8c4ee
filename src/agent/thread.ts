import { AssayError, reasonOf } from '../assay-error.ts'
import type { Answer, Failure, FailureKind, Model, Reply, Request, Sampling, ToolSchema } from '../model/index.ts'
import {
  seedFrom,
  type BodyOf,
  type Cost,
  type Journal,
  type Message,
  type RetryRecord,
  type ToolCall,
  type Usage,
} from '../record/index.ts'
import { Context, type Shown } from './context.ts'
import { execute } from './execute.ts'
import { Interruption } from './interruption.ts'
import { biting, bitingTool, meter, type Bite, type Limits, type Meters, type NextCall } from './limits.ts'
import type { Scaffold } from './scaffold.ts'
import type { Tool } from './tool.ts'

/** Why a thread stopped. `fault` is the harness's or the provider's; the trial then says nothing about the agent. */
export type Stop =
  | { readonly type: 'submitted'; readonly text: string }
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'world'; readonly why: string }
  | { readonly type: 'limit'; readonly bite: Bite }
  | { readonly type: 'fault'; readonly why: string }

/** Dollars and tokens set aside before a metered call. */
export interface Reservation {
  /**
   * The call is over: what it really used takes the place of what was set aside.
   *
   * @param lost tries that broke off before the answer that counts, and may have been billed
   */
  readonly settle: (usage: Usage, cost: Cost, lost: number) => void
  /** Nobody will hear how the call ended: it stays charged at what was set aside. */
  readonly abandon: () => void
}

/** What a trial is given from outside. */
export interface Effects {
  readonly journal: Journal
  readonly model: Model
  /** Cuts off the call in flight. */
  readonly signal: AbortSignal
  readonly cost: (usage: Usage) => Cost
  /** The most that a call can cost, or undefined where nobody knows. */
  readonly ceiling: (inputTokens: number, outputTokens: number) => number | undefined
  /**
   * Sets the worst case aside. Waits while calls in flight may still give back what they do not use.
   *
   * @throws Interruption `budget` when the run's caps leave no room for the call, `aborted`
   */
  readonly reserve: (event: number, tokens: number, dollars: number | undefined) => Promise<Reservation>
  /** True once the run was asked to stop: the call in flight is finished, no other is begun. */
  readonly stopping: () => boolean
  /** Told of every model call, those read back from the journal too. */
  readonly onCall?: (call: BodyOf<'model.call'>) => void
  /** Told of the world's time after every act that changed the world. */
  readonly onDays?: (days: number) => void
}

/** What stays the same for all threads of a trial. */
export interface Conduct {
  readonly seed: string
  readonly sampling: Sampling
  readonly limits: Limits
  readonly meters: Meters
  readonly days: () => number
  readonly ended: () => string | undefined
  /** Journals what changed in the world after an act. */
  readonly observe: () => void
}

export interface ThreadSpec {
  /** Absent for the main thread. */
  readonly id?: string
  readonly scaffold: Pick<Scaffold, 'template' | 'context' | 'compaction' | 'toolChoice' | 'window' | 'nudge'>
  readonly opening: readonly Message[]
  readonly tools: ReadonlyMap<string, Tool>
}

/** Tokens set aside for a reply whose length nobody bounded. */
export const DEFAULT_MAX_OUTPUT = 16_384

/** What a call can use that nobody counts and nobody pays. */
const NOTHING: NextCall = { inputTokens: 0, outputTokens: 0, dollars: 0 }

/** Runs one thread until it stops. Never throws for what the model did. */
export async function runThread(spec: ThreadSpec, conduct: Conduct, effects: Effects): Promise<Stop> {
  const { journal } = effects
  const at = spec.id === undefined ? {} : { thread: spec.id }
  const schemas = [...spec.tools.values()].map((tool) => tool.schema)
  const prefix = spec.opening.map((message) => journal.record({ type: 'message', ...at, message }).message)
  const context = new Context(prefix, schemas.length === 0 ? '' : JSON.stringify(schemas))
  conduct.meters.messages += prefix.length
  let silences = 0

  for (;;) {
    const over = conduct.ended()
    if (over !== undefined) return { type: 'world', why: over }
    const overflow = compact(spec, context, effects)
    const shown = spec.scaffold.context === 'latest' ? context.latest() : context.whole()
    const next = nextCall(shown.size.tokens, conduct, effects)
    const bite = overflow ?? biting(conduct.limits, conduct.meters, next, clockOf(conduct, effects))
    if (bite !== undefined) return limited(bite, spec, effects)

    const call = await ask(spec, schemas, shown, conduct, effects)
    meter(conduct.meters, call.usage, call.cost, call.timing.working, effects.model.metered ? next : NOTHING)
    effects.onCall?.(call)
    if (call.output === undefined) {
      if (call.failure?.kind === 'context-overflow') {
        const used = shown.size.tokens
        return limited({ limit: 'context', used, cap: windowOf(spec, effects) ?? used }, spec, effects)
      }
      return { type: 'fault', why: `${call.failure?.kind ?? 'no reply'}: ${call.failure?.message ?? ''}` }
    }
    context.add(call.output)
    context.counted(call.usage)
    conduct.meters.messages++

    const calls = call.output.parts.filter((part): part is ToolCall => part.type === 'tool-call')
    if (calls.length === 0) {
      if (spec.scaffold.nudge === undefined || silences >= spec.scaffold.nudge.times)
        return { type: 'said', text: textOf(call) }
      const full = bitingTool(conduct.limits, conduct.meters, true, clockOf(conduct, effects))
      if (full !== undefined) return limited(full, spec, effects)
      silences++
      context.add(
        journal.record({ type: 'message', ...at, message: { role: 'user', text: spec.scaffold.nudge.text } }).message,
      )
      conduct.meters.messages++
      continue
    }
    silences = 0
    const stop = await useTools(calls, spec, context, conduct, effects)
    if (stop !== undefined) return stop
  }
}

async function useTools(
  calls: readonly ToolCall[],
  spec: ThreadSpec,
  context: Context,
  conduct: Conduct,
  effects: Effects,
): Promise<Stop | undefined> {
  const at = spec.id === undefined ? {} : { thread: spec.id }
  let stop: Stop | undefined
  for (const [index, call] of calls.entries()) {
    // One reply may hold any number of calls: each is a step that the world's end and the limits stand before.
    const over = conduct.ended()
    if (over !== undefined) return { type: 'world', why: over }
    const bite = bitingTool(conduct.limits, conduct.meters, index === 0, clockOf(conduct, effects))
    if (bite !== undefined) return limited(bite, spec, effects)
    const external = spec.tools.get(call.name)?.effect === 'external'
    const run = async (): Promise<BodyOf<'tool.call'>> => {
      const started = external ? performance.now() : 0
      const pending = execute(call, spec.tools)
      const done = pending instanceof Promise ? await pending : pending
      return { type: 'tool.call', ...at, ...done.body, ms: external ? performance.now() - started : 0 }
    }
    const body = external ? await effects.journal.step('tool.call', run) : effects.journal.record(await run())
    conduct.meters.workingMs += body.ms
    conduct.observe()
    context.add(body.result)
    conduct.meters.messages++
    if (body.status === 'failed') return { type: 'fault', why: `${call.name}: ${body.result.text}` }
    if (body.submits === true) stop ??= { type: 'submitted', text: body.result.text }
  }
  return stop
}

/**
 * Puts the question, unless the journal holds its answer. A metered call is reserved before it is sent and settled
 * once its answer is in the journal: whatever dies in between leaves it charged.
 */
async function ask(
  spec: ThreadSpec,
  tools: readonly ToolSchema[],
  shown: Shown,
  conduct: Conduct,
  effects: Effects,
): Promise<BodyOf<'model.call'>> {
  let reservation: Reservation | undefined
  const put = async (): Promise<BodyOf<'model.call'>> => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    const request: Request = {
      messages: shown.messages,
      tools,
      toolChoice: tools.length === 0 ? 'none' : spec.scaffold.toolChoice,
      template: spec.scaffold.template,
      sampling: conduct.sampling,
      seed: seedFrom(conduct.seed, effects.journal.seq),
    }
    if (effects.model.metered) {
      const { inputTokens, outputTokens, dollars } = nextCall(shown.size.most, conduct, effects)
      reservation = await effects.reserve(effects.journal.seq, inputTokens + outputTokens, dollars)
    }
    const answer = await answerOf(effects.model, request, effects.signal)
    if (answer.type === 'failure' && answer.kind === 'aborted')
      throw new Interruption('aborted', 'The call was cut off.')
    const { usage, cost } = answer.type === 'reply' ? replyCost(answer, effects) : failedCost(answer, effects)
    return {
      type: 'model.call',
      ...(spec.id !== undefined && { thread: spec.id }),
      model: effects.model.name,
      input: shown.ref,
      ...spoken(answer),
      usage,
      cost,
      timing: timingOf(answer),
      ...(answer.retries.length > 0 && { retries: answer.retries }),
    }
  }
  try {
    const call = await effects.journal.step('model.call', put)
    reservation?.settle(call.usage, call.cost, lostTries(call.retries ?? []))
    return call
  } catch (cause) {
    reservation?.abandon()
    throw cause
  }
}

/** A model whose own code throws is no agent's failure and no reason to lose the other trials. */
async function answerOf(model: Model, request: Request, signal: AbortSignal): Promise<Answer> {
  try {
    return await model.ask(request, { signal })
  } catch (cause) {
    if (cause instanceof AssayError || cause instanceof Interruption) throw cause
    if (signal.aborted) throw new Interruption('aborted', 'The call was cut off.')
    const message = `${model.name} broke: ${reasonOf(cause)}`
    return { type: 'failure', kind: 'bad-reply', message, retries: [], timing: { sent: 0, lastToken: 0 } }
  }
}

function spoken(answer: Answer): Partial<BodyOf<'model.call'>> {
  if (answer.type === 'failure') {
    const { kind, message, status } = answer
    return { failure: { kind, message, ...(status !== undefined && { status }) } }
  }
  return {
    output: { role: 'assistant', parts: answer.parts },
    finish: answer.finish,
    ...(answer.snapshot !== undefined && { snapshot: answer.snapshot }),
    ...(Object.keys(answer.ids).length > 0 && { ids: answer.ids }),
    ...(answer.logprobs !== undefined && {
      logprobs: answer.logprobs.map(({ token, logprob, top }) => ({
        token,
        logprob,
        ...(top !== undefined && { top }),
      })),
    }),
  }
}

/** Ends that may have been billed, though nobody says how much. */
const BILLED: ReadonlySet<string> = new Set<FailureKind>(['cut-stream', 'timeout', 'bad-reply'])

/** How many tries broke off midway, and may have been billed. */
export function lostTries(retries: readonly RetryRecord[]): number {
  return retries.filter(({ kind }) => BILLED.has(kind)).length
}

interface Bill {
  readonly usage: Usage
  readonly cost: Cost
}

function replyCost({ usage }: Reply, effects: Effects): Bill {
  return { usage, cost: effects.cost(usage) }
}

/** A refused call uses nothing and costs nothing; one that was cut off may have been billed. */
function failedCost(failure: Failure, effects: Effects): Bill {
  if (!BILLED.has(failure.kind)) return { usage: { input: 0, output: 0 }, cost: { type: 'known', dollars: 0 } }
  if (!effects.model.metered) return { usage: {}, cost: effects.cost({}) }
  return { usage: {}, cost: { type: 'unknown', why: `a call ended as ${failure.kind}` } }
}

function timingOf(answer: Answer): BodyOf<'model.call'>['timing'] {
  const { sent, firstToken, lastToken } = answer.timing
  return { sent, ...(firstToken !== undefined && { firstToken }), lastToken, working: Math.max(0, lastToken - sent) }
}

function nextCall(inputTokens: number, conduct: Conduct, effects: Effects): NextCall {
  const outputTokens = conduct.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  return { inputTokens, outputTokens, dollars: effects.ceiling(inputTokens, outputTokens) }
}

function clockOf(conduct: Conduct, effects: Effects): { wallMs: number; days: number } {
  return { wallMs: effects.journal.wallMs, days: conduct.days() }
}

function limited(bite: Bite, spec: ThreadSpec, effects: Effects): Stop {
  effects.journal.record({ type: 'limit', ...(spec.id !== undefined && { thread: spec.id }), ...bite })
  return { type: 'limit', bite }
}

function windowOf(spec: ThreadSpec, effects: Effects): number | undefined {
  return spec.scaffold.window ?? effects.model.window
}

/** Keeps the context within its window, or says that it no longer fits. */
function compact(spec: ThreadSpec, context: Context, effects: Effects): Bite | undefined {
  const window = windowOf(spec, effects)
  if (window === undefined || spec.scaffold.context === 'latest') return undefined
  const { compaction } = spec.scaffold
  if (compaction.strategy === 'trim' && context.tokens > compaction.at * window) {
    const done = context.trim(compaction.to * window)
    if (done !== undefined) {
      effects.journal.record({
        type: 'compaction',
        ...(spec.id !== undefined && { thread: spec.id }),
        strategy: 'trim',
        tokensBefore: done.tokensBefore,
        tokensAfter: context.tokens,
        kept: context.ref().ranges,
        dropped: [done.dropped],
      })
    }
  }
  return context.tokens > window ? { limit: 'context', used: context.tokens, cap: window } : undefined
}

function textOf(call: BodyOf<'model.call'>): string {
  return (call.output?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}
