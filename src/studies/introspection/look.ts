import { z } from 'zod'
import type { Inside, Injection } from '../../model/index.ts'
import {
  concepts,
  directionFrom,
  layerAt,
  learnedOf,
  once,
  reading,
  type Concept,
  type Depth,
  type Look,
} from '../../inside/index.ts'
import { randomFrom, seedFrom } from '../../record/index.ts'
import { SAMPLING } from '../inside-sampling.ts'
import { ANSWER, QUESTION, WHICH } from './ask.ts'

export interface Setting {
  readonly concept: Concept
  readonly depth: Depth
  readonly strength: number
}

/** What one trial saw: the answer, the log-probabilities of yes and no, and each name's above what it has by itself. */
export type Noticed = {
  readonly injected: boolean
  readonly answer: string
  readonly yes: number
  readonly no: number
  readonly names: readonly number[]
}
export const noticed: z.ZodType<Noticed> = z.object({
  injected: z.boolean(),
  answer: z.string(),
  yes: reading,
  no: reading,
  names: z.array(reading),
})

/** Whether this trial's lot is an injection: of the seed, concept and place, and of nothing that a grader sees. */
export function isInjected(seed: string, { concept, depth, strength }: Setting): boolean {
  return randomFrom('inject', seed, concept.name, depth, strength)() < 0.5
}

/**
 * Puts a concept in, or nothing, and asks in the same words: for free text, by the log-probability of yes and no, and for
 * the topic by the log-probability of each concept's name above what it has with nothing put in.
 */
export function introspectionLook(setting: Setting): Look<Noticed> {
  return async (inside, seed, { temperature = SAMPLING.temperature }) => {
    const injected = isInjected(seed, setting)
    const injections = injected ? await injectionsOf(inside, setting) : []
    const [written] = await inside.write([QUESTION], {
      maxTokens: ANSWER,
      temperature,
      minP: SAMPLING.minP,
      seeds: [seedFrom('introspection', seed, setting.concept.name)],
      schedule: [{ at: 0, injections }],
    })
    const pairs = [
      { prompt: QUESTION, continuation: ' Yes' },
      { prompt: QUESTION, continuation: ' No' },
      ...(injected ? NAMES : []),
    ]
    const [yes, no, ...names] = await inside.score(pairs, injections)
    const plain = injected ? await plainNames(inside) : []
    return {
      injected,
      answer: written?.text ?? '',
      yes: yes?.logprob ?? 0,
      no: no?.logprob ?? 0,
      names: names.map(({ logprob }, i) => logprob - (plain[i] ?? 0)),
    }
  }
}

const NAMES = concepts.map(({ label }) => ({ prompt: WHICH, continuation: ` ${label}` }))

const plains = new WeakMap<Inside, Map<string, Promise<readonly number[]>>>()

/** How likely each name is with nothing put in: what a model likes to say anyway must not count as noticing. */
function plainNames(inside: Inside): Promise<readonly number[]> {
  return once(plains, inside, 'names', async () => (await inside.score(NAMES)).map(({ logprob }) => logprob))
}

async function injectionsOf(inside: Inside, { concept, depth, strength }: Setting): Promise<readonly Injection[]> {
  const layer = layerAt(depth, inside.facts.layers)
  const { contrast } = await learnedOf(inside, concept, layer)
  return [{ vector: directionFrom('contrast', contrast, ''), from: layer, to: layer, strength }]
}
