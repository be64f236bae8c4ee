import { AssayError, reasonOf } from '../assay-error.ts'
import type { Answer, Failure, FailureKind, Model, Reply, Request, ToolSchema } from '../model/index.ts'
import { seedFrom, type BodyOf, type Cost, type RetryRecord, type Usage } from '../record/index.ts'
import type { Conduct, Effects, Reservation, ThreadSpec } from './conduct.ts'
import type { Shown } from './context.ts'
import { Interruption } from './interruption.ts'
import type { NextCall } from './limits.ts'

/** Tokens set aside for a reply whose length nobody bounded. */
export const DEFAULT_MAX_OUTPUT = 16_384

/**
 * Puts the question, unless the journal holds its answer. A metered call is reserved before it is sent and settled
 * once its answer is in the journal: whatever dies in between leaves it charged.
 */
export async function ask(
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

/** What a call with so many tokens in may use at most. */
export function nextCall(inputTokens: number, conduct: Conduct, effects: Effects): NextCall {
  const outputTokens = conduct.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  return { inputTokens, outputTokens, dollars: effects.ceiling(inputTokens, outputTokens) }
}
