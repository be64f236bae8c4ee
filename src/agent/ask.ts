import { AssayError, reasonOf } from '../assay-error.ts'
import { isMetered, type Answer, type Failure, type FailureKind, type Model } from '../model/index.ts'
import type { Reply, Request, ToolSchema } from '../model/index.ts'
import { seedFrom, type BodyOf, type Cost, type RetryRecord, type Usage } from '../record/index.ts'
import type { Conduct, Effects, Reservation, ThreadSpec } from './conduct.ts'
import type { Shown } from './context.ts'
import { Interruption } from './interruption.ts'
import type { NextCall } from './limits.ts'
import { sizeOf } from './size.ts'

/** Tokens set aside for a reply whose length nobody bounded. */
export const DEFAULT_MAX_OUTPUT = 16_384

/** A question outside the conversation: neither it nor its answer enters the context. */
export type Aside = NonNullable<BodyOf<'model.call'>['aside']>

/**
 * Puts the question, unless the journal holds its answer. A metered call is reserved before it is sent and settled
 * once its answer is in the journal: whatever dies in between leaves it charged.
 *
 * @param aside put behind what is shown, as a user's words; the model may then call no tool
 */
export async function ask(
  spec: ThreadSpec,
  tools: readonly ToolSchema[],
  shown: Shown,
  conduct: Conduct,
  effects: Effects,
  aside?: Aside,
): Promise<BodyOf<'model.call'>> {
  let reservation: Reservation | undefined
  const put = async (): Promise<BodyOf<'model.call'>> => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    const request: Request = {
      messages: aside === undefined ? shown.messages : [...shown.messages, { role: 'user', text: aside.text }],
      tools,
      toolChoice: aside !== undefined || tools.length === 0 ? 'none' : spec.scaffold.toolChoice,
      template: spec.scaffold.template,
      sampling: conduct.sampling,
      seed: seedOf(conduct, effects, aside),
    }
    if (isMetered(effects.model.pricing)) {
      const beside = aside === undefined ? 0 : sizeOf({ role: 'user', text: aside.text }).most
      const { inputTokens, outputTokens, dollars } = nextCall(shown.size.most + beside, conduct, effects)
      reservation = await effects.reserve(effects.journal.seq, inputTokens + outputTokens, dollars)
    }
    const answer = await answerOf(effects.model, request, effects.signal, aside?.purpose === 'native')
    if (answer.type === 'failure' && answer.kind === 'aborted')
      throw new Interruption('aborted', 'The call was cut off.')
    const { usage, cost } = answer.type === 'reply' ? replyCost(answer, effects) : failedCost(answer, effects)
    return {
      type: 'model.call',
      ...(spec.id !== undefined && { thread: spec.id }),
      model: effects.model.name,
      ...(aside !== undefined && { aside }),
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

/** Probes move no seed but their own, so that the agent does the same whether or not it is probed. */
function seedOf({ seed, meters }: Conduct, { journal }: Effects, aside: Aside | undefined): number {
  if (aside?.purpose === 'probe') return seedFrom(seed, 'probe', journal.seq)
  return seedFrom(seed, journal.seq - meters.probes.events)
}

/** A model whose own code throws is no agent's failure and no reason to lose the other trials. */
async function answerOf(model: Model, request: Request, signal: AbortSignal, native: boolean): Promise<Answer> {
  try {
    if (!native) return await model.ask(request, { signal })
    if (model.compact !== undefined) return await model.compact(request, { signal })
    const message = `${model.name} has no compaction of its own`
    return { type: 'failure', kind: 'bad-request', message, retries: [], timing: { sent: 0, lastToken: 0 } }
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
  if (!isMetered(effects.model.pricing)) return { usage: {}, cost: effects.cost({}) }
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
