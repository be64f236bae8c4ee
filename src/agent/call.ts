import { AssayError, reasonOf } from '../assay-error.ts'
import { ceiling, costOf, isMetered, type Answer, type FailureKind, type Model, type Request } from '../model/index.ts'
import type { BodyOf, InputRef, RetryRecord, Usage } from '../record/index.ts'
import type { Effects, Reservation } from './conduct.ts'
import { Interruption } from './interruption.ts'
import type { Reached } from './limits.ts'
import { NOTHING, type Most } from './meters.ts'

/** A question outside the conversation: neither it nor its answer enters the context. */
export type Aside = NonNullable<BodyOf<'model.call'>['aside']>

/** What is asked of a model, and where it is recorded. */
export interface Question<Limit extends string = string> {
  /** Absent: the main thread. */
  readonly thread?: string
  readonly aside?: Aside
  /** What it is expected to use at most: held against limits. */
  readonly likely: Most
  /** What it cannot use more than: reserved before it leaves. Default: `likely`. */
  readonly most?: Most
  /**
   * Records what must be in the journal before the question leaves. Where a recorded line says that it may have left, the
   * line comes after `reserve(n)`, n being the lines that come before the answer.
   *
   * @returns the limit that leaves no room for the question any more
   */
  readonly announce?: (reserve: (before: number) => Promise<void>) => Promise<Reached<Limit> | undefined>
  /** Made once it leaves, and not on a replay. */
  readonly request: () => Request
  readonly input: () => InputRef
}

/** What a question is held against, and where what it used is added. */
export interface Account<Limit extends string = string> {
  /** The first limit that the question would cross. */
  readonly reached: (likely: Most) => Reached<Limit> | undefined
  /** @param most what may have been used where the answer does not say */
  readonly spend: (call: BodyOf<'model.call'>, most: Most) => void
}

export type Called<Limit extends string = string> =
  | { readonly type: 'called'; readonly call: BodyOf<'model.call'> }
  | { readonly type: 'limit'; readonly reached: Reached<Limit> }

/** What a question needs from outside. */
export type CallEffects = Pick<Effects, 'journal' | 'model' | 'signal' | 'stopping' | 'reserve' | 'onCall'>

/**
 * Asks a model through the journal: the one way in which Assay asks. A limit that the question would cross stops it. What a
 * metered call may use is reserved before it leaves and settled once its answer is in the journal: if the process dies in
 * between, it stays charged. On a replay the answer is read back.
 *
 * @throws Interruption when the run was asked to stop, or has no budget left for the question
 */
export async function call<Limit extends string>(
  question: Question<Limit>,
  account: Account<Limit>,
  effects: CallEffects,
): Promise<Called<Limit>> {
  const { journal, model } = effects
  const { likely, most = likely } = question
  const reached = account.reached(likely)
  if (reached !== undefined) return { type: 'limit', reached }

  let held: Reservation | undefined
  let ready = false
  const reserve = async (before = 0): Promise<void> => {
    if (ready) return
    ready = true
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    if (isMetered(model.pricing))
      held = await effects.reserve(journal.seq + before, most.inputTokens + most.outputTokens, most.dollars)
  }
  try {
    const cut = await question.announce?.(reserve)
    if (cut !== undefined) return { type: 'limit', reached: cut }
    const replayed = journal.replaying
    if (!replayed) await reserve()
    const body = await journal.step('model.call', async () =>
      bodyOf(question, await answerOf(question, effects), model),
    )
    const settled = held
    held = undefined
    settled?.settle(body.usage, body.cost, body.retries ?? [])
    account.spend(body, isMetered(model.pricing) ? likely : NOTHING)
    effects.onCall?.(body, replayed)
    return { type: 'called', call: body }
  } finally {
    held?.abandon()
  }
}

/** What a call with so many tokens in may use at most. */
export function mostOf(inputTokens: number, outputTokens: number, model: Model): Most {
  return { inputTokens, outputTokens, dollars: ceiling(inputTokens, outputTokens, model.pricing) }
}

/** What an answer says in words, without reasoning and calls. */
export function textOf({ output }: BodyOf<'model.call'>): string {
  return (output?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** Why a call brought no answer. */
export function faultOf({ failure }: BodyOf<'model.call'>): string {
  return `${failure?.kind ?? 'no reply'}: ${failure?.message ?? ''}`
}

/** A model whose own code throws is no agent's failure and no reason to lose the other trials. */
async function answerOf({ request, aside }: Question, { model, signal }: CallEffects): Promise<Answer> {
  let answer: Answer
  try {
    if (aside?.purpose !== 'native') answer = await model.ask(request(), { signal })
    else if (model.compact !== undefined) answer = await model.compact(request(), { signal })
    else return failed('bad-request', `${model.name} has no compaction of its own`)
  } catch (cause) {
    if (cause instanceof AssayError || cause instanceof Interruption) throw cause
    if (signal.aborted) throw new Interruption('aborted', 'The call was cut off.')
    return failed('bad-reply', `${model.name} broke: ${reasonOf(cause)}`)
  }
  if (answer.type === 'failure' && answer.kind === 'aborted') throw new Interruption('aborted', 'The call was cut off.')
  return answer
}

function failed(kind: FailureKind, message: string): Answer {
  return { type: 'failure', kind, message, retries: [], timing: { sent: 0, lastToken: 0 } }
}

function bodyOf({ thread, aside, input }: Question, answer: Answer, model: Model): BodyOf<'model.call'> {
  const { sent, firstToken, lastToken, busy } = answer.timing
  return {
    type: 'model.call',
    ...(thread !== undefined && { thread }),
    model: model.name,
    ...(aside !== undefined && { aside }),
    input: input(),
    ...spoken(answer),
    ...billOf(answer, model),
    timing: {
      sent,
      ...(firstToken !== undefined && { firstToken }),
      lastToken,
      working: Math.max(0, lastToken - sent),
      ...(busy !== undefined && { busy }),
    },
    ...(answer.retries.length > 0 && {
      retries: answer.retries.map((retry) => ({
        ...retry,
        ...(retry.usage !== undefined && { cost: costOf(retry.usage, model.pricing) }),
      })),
    }),
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

/** A try that was refused uses nothing; one that broke off, or had begun to answer, may have been billed. */
function mayBeBilled({ kind, spoke }: Pick<RetryRecord, 'kind' | 'spoke'>): boolean {
  return spoke === true || BILLED.has(kind)
}

/** What failed tries used, as far as the provider counted it, and how many broke off midway uncounted and may have been billed. */
export function usedByTries(tries: readonly RetryRecord[]): {
  readonly tokens: number
  readonly dollars: number
  readonly uncounted: number
} {
  const counted = tries.filter(({ usage }) => isCounted(usage))
  return {
    tokens: sum(counted.map(({ usage }) => (usage?.input ?? 0) + (usage?.output ?? 0))),
    dollars: sum(counted.map(({ cost }) => (cost?.type === 'known' ? cost.dollars : 0))),
    uncounted: tries.filter((one) => !isCounted(one.usage) && mayBeBilled(one)).length,
  }
}

function isCounted(usage: Usage | undefined): boolean {
  return usage?.input !== undefined && usage.output !== undefined
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

/** What a provider counted, without what cannot be: no reply is made of no tokens in, and none that says something of none out. */
function believed({ usage: { input, output, ...usage }, parts }: Extract<Answer, { type: 'reply' }>): Usage {
  const spoke = parts.some((part) => part.type !== 'text' || part.text !== '')
  return {
    ...usage,
    ...(input !== undefined && input > 0 && { input }),
    ...(output !== undefined && (output > 0 || !spoke) && { output }),
  }
}

function billOf(answer: Answer, model: Model): Pick<BodyOf<'model.call'>, 'usage' | 'cost'> {
  if (answer.type === 'reply') {
    const usage = isMetered(model.pricing) ? believed(answer) : answer.usage
    return { usage, cost: costOf(usage, model.pricing) }
  }
  if (answer.usage !== undefined && isCounted(answer.usage)) {
    return { usage: answer.usage, cost: costOf(answer.usage, model.pricing) }
  }
  if (!mayBeBilled(answer)) return { usage: { input: 0, output: 0 }, cost: { type: 'known', dollars: 0 } }
  if (!isMetered(model.pricing)) return { usage: {}, cost: costOf({}, model.pricing) }
  return { usage: {}, cost: { type: 'unknown', why: `a call ended as ${answer.kind}` } }
}
