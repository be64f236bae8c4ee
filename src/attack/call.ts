import { AssayError, reasonOf } from '../assay-error.ts'
import { DEFAULT_MAX_OUTPUT, Interruption, lostTries, type Effects, type Reservation } from '../agent/index.ts'
import {
  ceiling,
  costOf,
  isMetered,
  type Answer,
  type Model,
  type Request,
  type Sampling,
  type Scored,
} from '../model/index.ts'
import { seedFrom, type BodyOf, type Cost, type InputRef, type Message, type Usage } from '../record/index.ts'
import type { Bite, Payer, Purse, Worst } from './budget.ts'
import { wordsOf, type Threads } from './threads.ts'

/** What is asked, of whom, and who pays. */
export interface Question {
  readonly payer: Payer
  readonly model: Model
  /** The thread it stands in; absent: the target's. */
  readonly thread?: string
  readonly messages: readonly Message[]
  readonly sampling: Sampling
}

/** How a question ended. `cut`: a budget left no room for it. `down`: no answer, which is nobody's success. */
export type Called =
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'cut'; readonly bite: Bite }
  | { readonly type: 'overflow' }
  | { readonly type: 'down'; readonly why: string }

/** What stays the same for all calls of a trial. */
export interface CallEffects extends Pick<Effects, 'journal' | 'signal' | 'stopping' | 'reserve' | 'onCall' | 'model'> {
  readonly purse: Purse
  readonly seed: string
  /** Told of what each call used, for the trial's row. */
  readonly metered: (payer: Payer, usage: Usage, cost: Cost, workingMs: number) => void
}

/**
 * Puts a question through the journal. A message is written before its question leaves; where a journal ends behind one,
 * an earlier process may have sent it, and the question is charged as lost before it is put again. So no budget is
 * crossed by dying.
 */
export async function call(question: Question, threads: Threads, effects: CallEffects): Promise<Called> {
  const { payer, model, messages, thread: name } = question
  const { journal, purse } = effects
  const thread = name ?? ''
  const at = name === undefined ? {} : { thread: name }
  const sampling = bounded(question.sampling, purse)
  const worst = isMetered(model.pricing) ? worstOf(messages, sampling, model) : NOTHING
  const bite = purse.over(payer, worst)
  if (bite !== undefined) return { type: 'cut', bite }

  let reservation: Reservation | undefined
  const reserve = async (event: number): Promise<void> => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    if (isMetered(model.pricing)) reservation = await effects.reserve(event, worst.tokens, worst.dollars)
  }
  try {
    const cut = await announce({ payer, thread, at, messages, worst, reserve }, threads, effects)
    if (cut !== undefined) return { type: 'cut', bite: cut }
    if (payer === 'target') purse.query()
    const replayed = journal.replaying
    const body = await journal.step('model.call', async () => {
      const request: Request = {
        messages: threads.shown(thread, messages),
        tools: [],
        toolChoice: 'none',
        template: 'chat',
        sampling,
        seed: seedFrom(effects.seed, journal.seq),
      }
      return bodyOf(await answerOf(model, request, effects.signal), model, threads.ref(thread, messages), at)
    })
    reservation?.settle(body.usage, body.cost, lostTries(body.retries ?? []))
    reservation = undefined
    purse.charge(payer, isMetered(model.pricing) ? body.usage : counted(body.usage), body.cost, worst)
    effects.metered(payer, body.usage, body.cost, body.timing.working)
    effects.onCall?.(payer === 'target' ? body : withoutSnapshot(body), replayed)
    return calledFrom(body, thread, threads)
  } finally {
    reservation?.abandon()
  }
}

const NOTHING: Worst = { tokens: 0, dollars: 0 }

/** What a free model does not count was not spent. */
function counted({ input = 0, output = 0, ...rest }: Usage): Usage {
  return { ...rest, input, output }
}

interface Announced {
  readonly payer: Payer
  readonly thread: string
  readonly at: { readonly thread?: string }
  readonly messages: readonly Message[]
  readonly worst: Worst
  /** Sets the call's worst case aside under the number that its answer will have. */
  readonly reserve: (event: number) => Promise<void>
}

/**
 * Writes what is about to be asked, and charges what earlier processes may have sent and never heard of: one call for
 * each time that the journal ended behind the last message.
 *
 * @returns the meter that leaves no room any more
 */
async function announce(
  { payer, thread, at, messages, worst, reserve }: Announced,
  threads: Threads,
  effects: Pick<CallEffects, 'journal' | 'purse' | 'stopping'>,
): Promise<Bite | undefined> {
  const { journal, purse } = effects
  const fresh = threads.fresh(thread, messages)
  const live = !journal.replaying
  if (live) await reserve(journal.seq + fresh.length)
  let written = false
  for (const message of fresh) {
    written = journal.replaying
    threads.add(thread, message, journal.record({ type: 'message', ...at, message }).message)
  }
  while (written && (journal.next === 'attempt' || !journal.replaying)) {
    written = journal.replaying
    // Asked to stop before anything left: whoever resumes finds the journal as it is now.
    if (!written && effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    journal.record({ type: 'attempt', data: { lost: payer } })
    purse.lost(payer, worst)
    const bite = purse.over(payer, worst)
    if (bite !== undefined) return bite
  }
  if (!live && !journal.replaying) await reserve(journal.seq)
  return undefined
}

function calledFrom(body: BodyOf<'model.call'>, thread: string, threads: Threads): Called {
  if (body.output === undefined) {
    const kind = body.failure?.kind ?? 'no reply'
    return kind === 'context-overflow'
      ? { type: 'overflow' }
      : { type: 'down', why: `${kind}: ${body.failure?.message ?? ''}` }
  }
  threads.add(thread, body.output, body.output)
  return { type: 'said', text: wordsOf(body.output) }
}

/**
 * Reads a target's log-probabilities as a question like any other: it is charged as a query, and lost ones too.
 *
 * @returns log-probabilities and token counts; `undefined` where the model gives none
 */
export async function likelihood(
  question: { readonly model: Model; readonly text: string; readonly answers: readonly string[] },
  threads: Threads,
  effects: CallEffects,
): Promise<Called | { readonly type: 'read'; readonly scores: readonly Scored[] | undefined }> {
  const { model, text, answers } = question
  const { purse } = effects
  if (model.score === undefined) return { type: 'read', scores: undefined }
  const bite = purse.over('target', NOTHING)
  if (bite !== undefined) return { type: 'cut', bite }
  const reserve = async (): Promise<void> => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
  }
  const messages: readonly Message[] = [{ role: 'user', text }]
  const thread = 'likelihood'
  const cut = await announce(
    { payer: 'target', thread, at: { thread }, messages, worst: NOTHING, reserve },
    threads,
    effects,
  )
  if (cut !== undefined) return { type: 'cut', bite: cut }
  purse.query()
  return { type: 'read', scores: await score('target', model, text, answers, effects) }
}

/** Reads log-probabilities through the journal; undefined where the model gives none, or not for this text. */
export async function score(
  payer: Payer,
  model: Model,
  prompt: string,
  continuations: readonly string[],
  effects: Pick<CallEffects, 'journal' | 'signal' | 'stopping'>,
): Promise<readonly Scored[] | undefined> {
  if (model.score === undefined) return undefined
  const ask = model.score.bind(model)
  const note = await effects.journal.step('note', async () => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    try {
      const scores = await ask(prompt, continuations, effects.signal)
      return { type: 'note', topic: 'score', data: { payer, scores: scores.map((each) => ({ ...each })) } }
    } catch (cause) {
      if (effects.signal.aborted) throw new Interruption('aborted', 'The call was cut off.')
      if (!(cause instanceof AssayError)) throw cause
      return { type: 'note', topic: 'score', data: { payer, failed: cause.message } }
    }
  })
  return scoresIn(note.data)
}

function scoresIn(data: BodyOf<'note'>['data']): readonly Scored[] | undefined {
  if (typeof data !== 'object' || data === null || !('scores' in data) || !Array.isArray(data['scores']))
    return undefined
  return data['scores'].flatMap((each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? [{ logprob: Number(Reflect.get(each, 'logprob')), tokens: Number(Reflect.get(each, 'tokens')) }]
      : [],
  )
}

/** A cap on tokens or dollars can only be kept where every reply is bounded. */
export function bounded(sampling: Sampling, { budget }: Purse): Sampling {
  const capped = [budget.targetTokens, budget.attackerTokens, budget.dollars].some((cap) => cap !== undefined)
  return capped ? { maxOutputTokens: DEFAULT_MAX_OUTPUT, ...sampling } : sampling
}

/** No tokenizer makes more than one token of a byte; providers add words and marks of their own. */
function worstOf(
  messages: readonly Message[],
  { maxOutputTokens = DEFAULT_MAX_OUTPUT }: Sampling,
  model: Model,
): Worst {
  const bytes = messages.reduce((sum, message) => sum + 64 + Buffer.byteLength(wordsOf(message)), 1000)
  return { tokens: bytes + maxOutputTokens, dollars: ceiling(bytes, maxOutputTokens, model.pricing) ?? 0 }
}

/** A model whose own code throws is no target's failure and no reason to lose the other trials. */
async function answerOf(model: Model, request: Request, signal: AbortSignal): Promise<Answer> {
  let answer: Answer
  try {
    answer = await model.ask(request, { signal })
  } catch (cause) {
    if (cause instanceof AssayError || cause instanceof Interruption) throw cause
    if (signal.aborted) throw new Interruption('aborted', 'The call was cut off.')
    const message = `${model.name} broke: ${reasonOf(cause)}`
    return { type: 'failure', kind: 'bad-reply', message, retries: [], timing: { sent: 0, lastToken: 0 } }
  }
  if (answer.type === 'failure' && answer.kind === 'aborted') throw new Interruption('aborted', 'The call was cut off.')
  return answer
}

/** Ends that may have been billed, though nobody says how much. */
const BILLED: ReadonlySet<string> = new Set(['cut-stream', 'timeout', 'bad-reply'])

function bodyOf(answer: Answer, model: Model, input: InputRef, at: { readonly thread?: string }): BodyOf<'model.call'> {
  const { sent, firstToken, lastToken } = answer.timing
  const head = {
    type: 'model.call',
    ...at,
    model: model.name,
    input,
    timing: {
      sent,
      ...(firstToken !== undefined && { firstToken }),
      lastToken,
      working: Math.max(0, lastToken - sent),
    },
    ...(answer.retries.length > 0 && { retries: answer.retries }),
  } as const
  if (answer.type === 'reply') {
    const { parts, finish, usage, snapshot, ids } = answer
    return {
      ...head,
      output: { role: 'assistant', parts },
      finish,
      usage,
      cost: costOf(usage, model.pricing),
      ...(snapshot !== undefined && { snapshot }),
      ...(Object.keys(ids).length > 0 && { ids }),
    }
  }
  const { kind, message, status } = answer
  const billed = BILLED.has(kind) && isMetered(model.pricing)
  return {
    ...head,
    failure: { kind, message, ...(status !== undefined && { status }) },
    usage: billed ? {} : { input: 0, output: 0 },
    cost: billed ? { type: 'unknown', why: `a call ended as ${kind}` } : { type: 'known', dollars: 0 },
  }
}

/** What another model answered as is no change of the agent. */
function withoutSnapshot({ snapshot: _snapshot, ...body }: BodyOf<'model.call'>): BodyOf<'model.call'> {
  return body
}
