import type { Answer, Failure, Model, Request, Sampling, ToolSchema } from '../model/index.ts'
import {
  seedFrom,
  type BodyOf,
  type Cost,
  type Journal,
  type Message,
  type ToolCall,
  type Usage,
} from '../record/index.ts'
import { Context } from './context.ts'
import { execute } from './execute.ts'
import { Interruption } from './interruption.ts'
import { biting, meter, type Bite, type Limits, type Meters } from './limits.ts'
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
  /** The call is over: what it really used takes the place of what was set aside. */
  readonly settle: (usage: Usage, cost: Cost) => void
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
  /** @throws Interruption `budget` when the run's caps leave no room for the call */
  readonly reserve: (event: number, tokens: number, dollars: number | undefined) => Reservation
  /** True once the run was asked to stop: the call in flight is finished, no other is begun. */
  readonly stopping: () => boolean
  /** Told of every model call, those read back from the journal too. */
  readonly onCall?: (call: BodyOf<'model.call'>) => void
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

/** Runs one thread until it stops. Never throws for what the model did. */
export async function runThread(spec: ThreadSpec, conduct: Conduct, effects: Effects): Promise<Stop> {
  const { journal } = effects
  const at = spec.id === undefined ? {} : { thread: spec.id }
  const schemas = [...spec.tools.values()].map((tool) => tool.schema)
  const prefix = spec.opening.map((message) => journal.record({ type: 'message', ...at, message }).message)
  const context = new Context(prefix)
  conduct.meters.messages += prefix.length
  let silences = 0

  for (;;) {
    const over = conduct.ended()
    if (over !== undefined) return { type: 'world', why: over }
    const overflow = compact(spec, context, effects)
    const bite = overflow ?? limitOf(context, conduct, effects)
    if (bite !== undefined) {
      journal.record({ type: 'limit', ...bite })
      return { type: 'limit', bite }
    }

    const call = await ask(spec, schemas, context, conduct, effects)
    meter(conduct.meters, call.usage, call.cost, call.timing.working)
    effects.onCall?.(call)
    if (call.output === undefined) {
      if (call.failure?.kind === 'context-overflow') {
        const full: Bite = { limit: 'context', used: context.tokens, cap: windowOf(spec, effects) ?? context.tokens }
        journal.record({ type: 'limit', ...full })
        return { type: 'limit', bite: full }
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
  for (const call of calls) {
    const external = spec.tools.get(call.name)?.effect === 'external'
    let submits = false
    const run = async (): Promise<BodyOf<'tool.call'>> => {
      const started = external ? performance.now() : 0
      const pending = execute(call, spec.tools)
      const done = pending instanceof Promise ? await pending : pending
      submits = done.submits
      return { type: 'tool.call', ...at, ...done.body, ms: external ? performance.now() - started : 0 }
    }
    const body = external ? await effects.journal.step('tool.call', run) : effects.journal.record(await run())
    conduct.meters.workingMs += body.ms
    conduct.observe()
    context.add(body.result)
    conduct.meters.messages++
    if (body.status === 'failed') return { type: 'fault', why: `${call.name}: ${body.result.text}` }
    if (submits) stop ??= { type: 'submitted', text: body.result.text }
  }
  return stop
}

/** Puts the question, unless the journal holds its answer. */
async function ask(
  spec: ThreadSpec,
  tools: readonly ToolSchema[],
  context: Context,
  conduct: Conduct,
  effects: Effects,
): Promise<BodyOf<'model.call'>> {
  return effects.journal.step('model.call', async () => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    const shown =
      spec.scaffold.context === 'latest' ? context.latest() : { messages: context.messages, ref: context.ref() }
    const request: Request = {
      messages: shown.messages,
      tools,
      toolChoice: tools.length === 0 ? 'none' : spec.scaffold.toolChoice,
      template: spec.scaffold.template,
      sampling: conduct.sampling,
      seed: seedFrom(conduct.seed, effects.journal.seq),
    }
    const next = nextCall(context, conduct, effects)
    const reservation = effects.model.metered
      ? effects.reserve(effects.journal.seq, next.inputTokens + next.outputTokens, next.dollars)
      : undefined
    const answer = await effects.model.ask(request, { signal: effects.signal })
    if (answer.type === 'failure' && answer.kind === 'aborted')
      throw new Interruption('aborted', 'The call was cut off.')
    const usage = answer.type === 'reply' ? answer.usage : {}
    const cost = answer.type === 'reply' ? effects.cost(usage) : failedCost(answer, effects)
    reservation?.settle(usage, cost)
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
  })
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

/** A refused call costs nothing; one that was cut off may have been billed, and nobody says how much. */
function failedCost(failure: Failure, effects: Effects): Cost {
  if (!effects.model.metered) return effects.cost({})
  const billed = failure.kind === 'cut-stream' || failure.kind === 'timeout' || failure.kind === 'bad-reply'
  return billed ? { type: 'unknown', why: `a call ended as ${failure.kind}` } : { type: 'known', dollars: 0 }
}

function timingOf(answer: Answer): BodyOf<'model.call'>['timing'] {
  const { sent, firstToken, lastToken } = answer.timing
  return { sent, ...(firstToken !== undefined && { firstToken }), lastToken, working: Math.max(0, lastToken - sent) }
}

function nextCall(
  context: Context,
  conduct: Conduct,
  effects: Effects,
): { inputTokens: number; outputTokens: number; dollars: number | undefined } {
  const inputTokens = context.tokens
  const outputTokens = conduct.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  return { inputTokens, outputTokens, dollars: effects.ceiling(inputTokens, outputTokens) }
}

function limitOf(context: Context, conduct: Conduct, effects: Effects): Bite | undefined {
  const clock = { wallMs: effects.journal.wallMs, days: conduct.days() }
  return biting(conduct.limits, conduct.meters, nextCall(context, conduct, effects), clock)
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
