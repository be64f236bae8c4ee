import type { AgentTask, Reached } from '../agent/index.ts'
import { randomFrom, type Json, type Message } from '../record/index.ts'
import type { Attempt, Tried } from './attempt.ts'
import type { Attack, AttackEffects } from './attack.ts'
import { ask, score, type AskEffects } from './ask.ts'
import type { MeterName } from './budget.ts'
import { forkOfTarget } from './fork.ts'
import type { LayerMeans, Stage } from './layer.ts'
import { inspect, layersAt, type Inspected } from './stack.ts'
import type { Threads } from './threads.ts'

/** How a target met an attempt. */
export type Met =
  | { readonly type: 'cut'; readonly reached: Reached<MeterName> }
  | { readonly type: 'down'; readonly why: string }
  | Answered

export interface Answered {
  readonly type: 'met'
  /** What the target said, before any layer looked at it; absent where it was not asked or the prompt did not fit. */
  readonly reply?: string
  readonly refused: boolean
  /** Layers that blocked, in order. */
  readonly blocked: readonly { readonly layer: string; readonly stage: Stage }[]
  /** Layers that could not look. */
  readonly unread: readonly string[]
  /** Told by what was done, where that and not the reply decides. */
  readonly yielded?: boolean
  /** The user's own errand was done, where there is one. */
  readonly useful?: boolean
  /** What the target was shown as the user's words; absent where it was not asked. */
  readonly shown?: string
  /** For the journal. */
  readonly data: Readonly<Record<string, Json>>
}

/** Whatever is attacked. */
export interface Target {
  /** Once, before the first attempt. */
  readonly open: () => Promise<void>
  readonly meet: (attempt: Attempt, history: readonly Tried[]) => Promise<Met>
  /** Asks something in a fork of the latest conversation; nothing where there is none. */
  readonly fork: (question: string) => Promise<void>
}

/** What an attack stands in. */
export interface Surroundings {
  readonly task: AgentTask
  readonly effects: AttackEffects
  readonly calls: AskEffects
  readonly threads: Threads
}

/** A model under rules that one talks to. Attacker and target share nothing but these messages. */
export function conversation(attack: Attack, around: Surroundings): Target {
  const { behaviour, stack, prefill, shadow = false } = attack
  const { calls, threads, task } = around
  const meansFor = meansOf(attack, around)
  const talks = new Map<number, readonly Message[]>()
  const cuts = layersAt(stack.layers, 'prompt').length + layersAt(stack.layers, 'output').length
  let rules: Message = { role: 'system', text: behaviour.rules }
  let latest: readonly Message[] = []

  return {
    async open() {
      const { text } = await inspect(stack, { stage: 'rules', text: behaviour.rules }, meansFor(0), shadow)
      rules = { role: 'system', text }
    },
    async fork(question) {
      if (latest.length > 0) await forkOfTarget(latest, question, around)
    },
    async meet(attempt, history) {
      const number = history.length + 1
      const layerMeans = meansFor(number)
      const before = attempt.after === undefined ? [rules] : (talks.get(attempt.after) ?? [rules])
      const framed = behaviour.frame?.(attempt.text) ?? attempt.text
      const asked = await inspect(stack, { stage: 'prompt', text: framed }, layerMeans, shadow)
      if (asked.blocked.length > 0 && !shadow) {
        // The system was asked, though the model was not.
        const reached = calls.meter.reached('target')
        if (reached !== undefined) return { type: 'cut', reached }
        calls.meter.query()
        return { type: 'met', refused: false, ...verdictsOf([asked]), data: dataOf([asked]) }
      }
      const opening = attempt.prefill ?? prefill
      const messages: readonly Message[] = [
        ...before,
        { role: 'user', text: asked.text },
        ...(opening === undefined ? [] : [spoken(opening)]),
      ]
      const said = await ask({ payer: 'target', model: calls.model, messages, sampling: task.sampling }, threads, calls)
      if (said.type === 'cut' || said.type === 'down') return said
      if (said.type === 'overflow')
        return {
          type: 'met',
          refused: false,
          ...verdictsOf([asked]),
          shown: asked.text,
          data: { ...dataOf([asked]), overflow: true },
        }
      latest = [...messages, spoken(said.text)]
      talks.set(number, latest)
      const { text: reply } = said
      const refused = behaviour.refuses(reply)
      const inspected =
        cuts === 0
          ? [asked]
          : [asked, await inspect(stack, { stage: 'output', text: reply, prompt: attempt.text }, layerMeans, shadow)]
      const turns = talks.get(number) ?? messages
      if (layersAt(stack.layers, 'transcript').length > 0)
        inspected.push(await inspect(stack, { stage: 'transcript', text: reply, turns }, layerMeans, shadow))
      return {
        type: 'met',
        reply,
        refused,
        ...verdictsOf(inspected),
        shown: asked.text,
        data: { ...dataOf(inspected), ...(refused && { refused: true }) },
      }
    },
  }
}

function spoken(text: string): Message {
  return { role: 'assistant', parts: text === '' ? [] : [{ type: 'text', text }] }
}

/** What the layers made of an attempt. One that stands at two stages and blocked at both blocked once. */
export function verdictsOf(inspected: readonly Inspected[]): Pick<Answered, 'blocked' | 'unread'> {
  const unread = inspected.flatMap(({ passed }) =>
    passed.flatMap((each) => (each.unread === undefined ? [] : [each.layer])),
  )
  return { blocked: blockedIn(inspected), unread: [...new Set(unread)] }
}

function blockedIn(inspected: readonly Inspected[]): Answered['blocked'] {
  const all = inspected.flatMap(({ blocked, stage }) => blocked.map(({ layer }) => ({ layer, stage })))
  return all.filter(({ layer }, index) => all.findIndex((each) => each.layer === layer) === index)
}

/** Every layer's verdict with its evidence, for the journal; nothing where no layer looked. */
export function dataOf(inspected: readonly Inspected[]): Readonly<Record<string, Json>> {
  const layers: Record<string, Json> = {}
  for (const { blocked, passed } of inspected) {
    for (const { layer, score: evidence, unread } of passed)
      layers[layer] ??= {
        blocked: false,
        ...(evidence !== undefined && { score: evidence }),
        ...(unread !== undefined && { unread }),
      }
    for (const { layer, why, score: evidence } of blocked)
      layers[layer] = { blocked: true, why, ...(evidence !== undefined && { score: evidence }) }
  }
  return Object.keys(layers).length === 0 ? {} : { layers }
}

/** What layers may use: the guard where one was named, else the target's own model. */
export function meansOf(
  { behaviour }: Attack,
  { task, effects, threads, calls }: Surroundings,
): (attempt: number) => LayerMeans {
  const guard = effects.partners.get('guard')
  const reader = guard ?? calls.model
  const odds: LayerMeans['odds'] = async (prompt, answers) => {
    const scores = await score('defender', reader, prompt, answers, calls)
    return scores?.map(({ logprob, tokens }) => logprob / Math.max(1, tokens))
  }
  return (attempt) => ({
    guarded: behaviour.guarded,
    secret: task.worldSeed,
    random: (...words) => randomFrom('layer', task.modelSeed, attempt, ...words),
    odds,
    async nats(text) {
      const [found] = (await odds(' ', [text])) ?? []
      return found === undefined ? undefined : -found
    },
    async ask(messages) {
      const said = await ask(
        { payer: 'defender', model: reader, thread: 'guard', messages, sampling: GUARD_SAMPLING },
        threads,
        calls,
      )
      if (said.type === 'down') throw new Error(`the guard does not answer: ${said.why}`)
      return said.type === 'said' ? said.text : undefined
    },
  })
}

const GUARD_SAMPLING = { temperature: 0, maxOutputTokens: 16 } as const
