import { AssayError } from '../assay-error.ts'
import {
  bounded,
  call,
  DEFAULT_MAX_OUTPUT,
  faultOf,
  Interruption,
  mostOf,
  NOTHING,
  replyWithin,
  textOf,
  type Effects,
  type Most,
  type Reached,
} from '../agent/index.ts'
import { isMetered, type Model, type Sampling, type Scored } from '../model/index.ts'
import { isObject, seedFrom, type BodyOf, type Message } from '../record/index.ts'
import type { AttackMeter, MeterName, Payer } from './budget.ts'
import { wordsOf, type Threads } from './threads.ts'

/** What is asked, of whom, and who pays. */
export interface Question {
  readonly payer: Payer
  readonly model: Model
  /** The thread it is in; absent: the target's. */
  readonly thread?: string
  readonly messages: readonly Message[]
  readonly sampling: Sampling
}

/** How a question ended. `cut`: a budget left no room for it. `down`: no answer, which is nobody's success. */
export type Asked =
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'cut'; readonly reached: Reached<MeterName> }
  | { readonly type: 'overflow' }
  | { readonly type: 'down'; readonly why: string }

/** What stays the same for all questions of a trial. */
export interface AskEffects extends Pick<Effects, 'journal' | 'signal' | 'stopping' | 'reserve' | 'onCall' | 'model'> {
  readonly meter: AttackMeter
  readonly seed: string
}

/**
 * Puts a question of the attack, of an attacker's own model, a judge or a guard. A message is written before its question
 * leaves; where a journal ends after one, an earlier process may have sent it to a metered model, and the question is
 * charged as lost before it is put again. So no budget is crossed by dying. Nothing leaves for a model in this process: its
 * question is put again.
 */
export async function ask(question: Question, threads: Threads, effects: AskEffects): Promise<Asked> {
  const { payer, model, messages, thread: name } = question
  const { meter, onCall } = effects
  const thread = name ?? ''
  const at = name === undefined ? {} : { thread: name }
  const metered = isMetered(model.pricing)
  const wanted = question.sampling.maxOutputTokens ?? DEFAULT_MAX_OUTPUT
  const input = metered ? bytesOf(messages) : 0
  const longest = replyWithin(wanted, input, meter.leftTo(payer), model.pricing)
  const sampling =
    longest < wanted ? { ...question.sampling, maxOutputTokens: longest } : bounded(question.sampling, meter.bounds)
  const most = metered ? mostOf(input, longest, model) : NOTHING
  const asked = await call(
    {
      ...at,
      likely: most,
      announce: (reserve) => announce({ payer, thread, messages, most, model }, threads, effects, reserve),
      request: () => ({
        messages: threads.shown(thread, messages),
        tools: [],
        toolChoice: 'none',
        template: 'chat',
        sampling,
        seed: seedFrom(effects.seed, placeIn(effects)),
      }),
      input: () => threads.ref(thread, messages),
    },
    {
      reached: () => meter.reached(payer, most),
      spend: (body) => meter.spend(payer, body, most, metered),
    },
    {
      ...effects,
      model,
      ...(onCall !== undefined &&
        payer !== 'target' && { onCall: (body, replayed) => onCall(withoutSnapshot(body), replayed) }),
    },
  )
  if (asked.type === 'limit') return { type: 'cut', reached: asked.reached }
  const { output, failure } = asked.call
  if (output === undefined)
    return failure?.kind === 'context-overflow' ? { type: 'overflow' } : { type: 'down', why: faultOf(asked.call) }
  threads.add(thread, output, output)
  return { type: 'said', text: textOf(asked.call) }
}

/** What seeds the next question: its place in the journal, as if no process had died. */
export function placeIn({ journal, meter }: Pick<AskEffects, 'journal' | 'meter'>): number {
  return journal.seq - meter.lost
}

interface Announced extends Pick<Question, 'payer' | 'model' | 'messages'> {
  readonly thread: string
  readonly most: Most
}

/**
 * Writes what is about to be asked, and charges what earlier processes may have sent and never heard of: one question for
 * each time that the journal ended after the last message.
 *
 * @returns the meter that leaves no room any more
 */
async function announce(
  { payer, thread, messages, most, model }: Announced,
  threads: Threads,
  { journal, meter, stopping }: AskEffects,
  reserve: (before: number) => Promise<void>,
): Promise<Reached<MeterName> | undefined> {
  const at = thread === '' ? {} : { thread }
  const fresh = threads.fresh(thread, messages)
  if (!journal.replaying) await reserve(fresh.length)
  let written = false
  for (const message of fresh) {
    written = journal.replaying
    threads.add(thread, message, journal.record({ type: 'message', ...at, message }).message)
  }
  // Journals of earlier versions hold losses of models in this process too.
  while (written && (journal.next === 'attempt' || (isMetered(model.pricing) && !journal.replaying))) {
    written = journal.replaying
    // Asked to stop before anything left: whoever resumes finds the journal as it is now.
    if (!written && stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
    journal.record({ type: 'attempt', data: { unanswered: payer } })
    meter.lose(payer, most)
    const reached = meter.reached(payer, most)
    if (reached !== undefined) return reached
  }
  return undefined
}

/**
 * Reads a target's log-probabilities as a question like any other: it is charged as a query, and lost ones too.
 *
 * @returns log-probabilities and token counts; `undefined` where the model gives none
 */
export async function likelihood(
  question: { readonly model: Model; readonly text: string; readonly answers: readonly string[] },
  threads: Threads,
  effects: AskEffects,
): Promise<Asked | { readonly type: 'read'; readonly scores: readonly Scored[] | undefined }> {
  const { model, text, answers } = question
  const { meter } = effects
  if (model.score === undefined) return { type: 'read', scores: undefined }
  const messages: readonly Message[] = [{ role: 'user', text }]
  const announced = { payer: 'target', thread: 'likelihood', messages, most: NOTHING, model } as const
  const reserve = async (): Promise<void> => {
    if (effects.stopping()) throw new Interruption('aborted', 'The run was asked to stop.')
  }
  const reached = meter.reached('target') ?? (await announce(announced, threads, effects, reserve))
  if (reached !== undefined) return { type: 'cut', reached }
  meter.query()
  return { type: 'read', scores: await score('target', model, text, answers, effects) }
}

/** Reads log-probabilities through the journal; undefined where the model gives none, or not for this text. */
export async function score(
  payer: Payer,
  model: Model,
  prompt: string,
  continuations: readonly string[],
  effects: Pick<AskEffects, 'journal' | 'signal' | 'stopping'>,
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
  if (!isObject(data) || !Array.isArray(data['scores'])) return undefined
  return data['scores'].flatMap((each: unknown) =>
    isObject(each) ? [{ logprob: Number(each['logprob']), tokens: Number(each['tokens']) }] : [],
  )
}

/** No tokenizer makes more than one token of a byte; providers add words and marks of their own. */
function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + 64 + Buffer.byteLength(wordsOf(message)), 1000)
}

/** What another model answered as is no change of the agent. */
function withoutSnapshot({ snapshot: _snapshot, ...body }: BodyOf<'model.call'>): BodyOf<'model.call'> {
  return body
}
