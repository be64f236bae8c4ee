import type { BodyOf, Message, ToolCall } from '../record/index.ts'
import { ask } from './ask.ts'
import { faultOf, textOf } from './call.ts'
import { Compactor } from './compaction/compactor.ts'
import { rulesOf } from './compaction/list.ts'
import { clockOf, type Conduct, type Effects, type ThreadSpec } from './conduct.ts'
import { Context, shownTo, type Shown, type Thread } from './context.ts'
import { execute, refusedAct } from './execute.ts'
import { toolLimitReached, type Reached } from './limits.ts'

/** Why a thread stopped. `fault` is the harness's or the provider's; the trial then says nothing about the agent. */
export type Stop =
  | { readonly type: 'submitted'; readonly text: string }
  /** Where the provider's filter or the longest reply ended it, the text is what came before. */
  | { readonly type: 'said'; readonly text: string; readonly ended?: 'filter' | 'length' }
  | { readonly type: 'world'; readonly why: string }
  /** Before its first reply it says nothing of the agent. */
  | { readonly type: 'limit'; readonly reached: Reached; readonly neverAsked?: true }
  | { readonly type: 'fault'; readonly why: string }

/** Runs one thread until it stops. Never throws for what the model did. */
export async function runThread(given: ThreadSpec, conduct: Conduct, effects: Effects): Promise<Stop> {
  const notes = rulesOf(given.scaffold.compaction.strategy).notes?.()
  const own = (notes?.tools ?? []).map((tool) => [tool.schema.name, tool] as const)
  const spec: ThreadSpec = own.length === 0 ? given : { ...given, tools: new Map([...given.tools, ...own]) }
  const at = spec.id === undefined ? {} : { thread: spec.id }
  const schemas = [...spec.tools.values()].map((tool) => tool.schema)
  const prefix = spec.opening.map((message) => effects.journal.record({ type: 'message', ...at, message }).message)
  const context = new Context(prefix, schemas.length === 0 ? '' : JSON.stringify(schemas))
  for (const [number, message] of prefix.entries()) spec.facts?.enter(number, message)
  conduct.meters.messages += prefix.length
  const thread: Thread = { spec, schemas, context, conduct, effects }
  spec.opened?.(thread)
  return untilStop(thread, new Compactor(thread, notes))
}

async function untilStop({ spec, schemas, context, conduct, effects }: Thread, compactor: Compactor): Promise<Stop> {
  const { journal } = effects
  const at = spec.id === undefined ? {} : { thread: spec.id }
  let answered = false
  const over = (reached: Reached): Stop => ({
    ...limited(reached, spec, effects),
    ...(!answered && { neverAsked: true }),
  })
  const stopped = (stop: Stop): Stop => (stop.type === 'limit' ? over(stop.reached) : stop)
  let silences = 0
  let turns = 0
  let retried = false

  for (;;) {
    const ended = conduct.ended()
    if (ended !== undefined) return { type: 'world', why: ended }
    const halt = await compactor.before()
    if (halt !== undefined) return stopped(halt)
    const shown = shownTo(spec, context)
    const asked = await ask(spec, schemas, shown, conduct, effects, {
      announce: () => watchFacts(spec, shown, effects),
    })
    if (asked.type === 'limit') return over(asked.reached)
    const { call } = asked
    if (call.output === undefined) {
      if (call.failure?.kind === 'context-overflow') {
        const used = shown.size.tokens
        const forced = retried ? false : await compactor.forced()
        if (typeof forced !== 'boolean') return stopped(forced)
        retried = true
        if (forced) continue
        return over({ limit: 'context', used, cap: compactor.window ?? used })
      }
      return { type: 'fault', why: faultOf(call) }
    }
    retried = false
    answered = true
    enter(call.output, spec, context, conduct)
    context.counted(call.usage)

    const calls = call.output.parts.filter((part): part is ToolCall => part.type === 'tool-call')
    if (calls.length === 0) {
      const next = spec.scaffold.follow?.[turns]
      if (next === undefined && (spec.scaffold.nudge === undefined || silences >= spec.scaffold.nudge.times))
        return { type: 'said', text: textOf(call), ...END_OF[call.finish ?? ''] }
      const full = toolLimitReached(conduct.limits, conduct.meters, true, clockOf(conduct, effects))
      if (full !== undefined) return over(full)
      if (next === undefined) silences++
      else turns++
      const said = next ?? spec.scaffold.nudge?.text ?? ''
      const { message } = journal.record({ type: 'message', ...at, message: { role: 'user', text: said } })
      enter(message, spec, context, conduct)
      continue
    }
    silences = 0
    const stop = await useTools(calls, spec, context, conduct, effects)
    if (stop !== undefined) return stop
  }
}

/** Ends of a last reply that are not the agent's own. */
const END_OF: Readonly<Record<string, { readonly ended: 'filter' | 'length' }>> = {
  'content-filter': { ended: 'filter' },
  length: { ended: 'length' },
}

function enter(message: Message, spec: ThreadSpec, context: Context, conduct: Conduct): void {
  const number = context.add(message)
  spec.facts?.enter(number, message)
  conduct.meters.messages++
}

/** The journal tells of the planted facts only where a turn shows others than the turn before. */
function watchFacts({ facts, scaffold }: ThreadSpec, shown: Shown, { journal }: Effects): void {
  if (facts === undefined) return
  if (scaffold.context === 'latest') facts.showRanges(shown.ref.ranges)
  const change = facts.turn()
  if (change !== undefined) journal.record({ type: 'note', topic: 'facts', data: { ...change } })
}

async function useTools(
  calls: readonly ToolCall[],
  spec: ThreadSpec,
  context: Context,
  conduct: Conduct,
  effects: Effects,
): Promise<Stop | undefined> {
  const at = spec.id === undefined ? {} : { thread: spec.id }
  const { actsPerTurn = Infinity } = spec.scaffold
  let acts = 0
  let stop: Stop | undefined
  for (const [index, call] of calls.entries()) {
    // One reply may hold any number of calls: each is a step that the world's end and the limits stand before.
    const over = conduct.ended()
    if (over !== undefined) return { type: 'world', why: over }
    const reached = toolLimitReached(conduct.limits, conduct.meters, index === 0, clockOf(conduct, effects))
    if (reached !== undefined) return limited(reached, spec, effects)
    const tool = spec.tools.get(call.name)
    if (tool?.inWorld === true) acts++
    const full = tool?.inWorld === true && acts > actsPerTurn
    const external = tool?.effect === 'external' && !full
    const run = async (): Promise<BodyOf<'tool.call'>> => {
      const started = external ? performance.now() : 0
      const pending = full ? refusedAct(call, actsPerTurn) : execute(call, spec.tools)
      const done = pending instanceof Promise ? await pending : pending
      return { type: 'tool.call', ...at, ...done, ms: external ? performance.now() - started : 0 }
    }
    const body = external ? await effects.journal.step('tool.call', run) : effects.journal.record(await run())
    conduct.meters.workingMs += body.ms
    conduct.observe(body)
    enter(body.result, spec, context, conduct)
    if (body.status === 'failed') return { type: 'fault', why: `${call.name}: ${body.result.text}` }
    if (body.submits === true) stop ??= { type: 'submitted', text: body.result.text }
  }
  return stop
}

function limited(reached: Reached, spec: ThreadSpec, effects: Effects): Extract<Stop, { type: 'limit' }> {
  effects.journal.record({ type: 'limit', ...(spec.id !== undefined && { thread: spec.id }), ...reached })
  return { type: 'limit', reached }
}
