import { z } from 'zod'
import type { Inside, Injection, Scheduled } from '../../model/index.ts'
import {
  directionFrom,
  layerAt,
  learnedOf,
  once,
  probeScores,
  reading,
  type Concept,
  type Depth,
  type DirectionKind,
  type LinearProbe,
  type Look,
} from '../../inside/index.ts'
import { seedFrom } from '../../record/index.ts'
import { SAMPLING } from '../inside-sampling.ts'
import { AFTER, CHOICES, PROMPTS, STEERED } from './texts.ts'

/** What one trial does: one vector at one place with one strength. */
export interface Setting {
  readonly concept: Concept
  readonly depth: Depth
  readonly strength: number
  readonly kind: DirectionKind
}

/** What one arm wrote, and what that cost. `after` was written once the vector was gone. */
export type Arm = {
  readonly texts: readonly string[]
  readonly after: readonly string[]
  /** Chance that each text holds the concept. */
  readonly probed: readonly number[]
  /** Nats of each text with nothing added, and its tokens. */
  readonly logprobs: readonly number[]
  readonly tokens: readonly number[]
  /** Choices that were right. */
  readonly right: number
}

/** What an arm beside the concept's wrote, and how likely that is with nothing added: the price of any vector of that length. */
export type Bare = Pick<Arm, 'texts' | 'logprobs' | 'tokens'>

/** What one trial saw. */
export type Arms = {
  readonly layer: number
  readonly plain: Arm
  readonly steered: Arm
  readonly random: Bare
  readonly shuffled: Bare
  readonly residue: number
}

const texts = z.array(z.string())
const readings = z.array(reading)
const arm = z.object({ texts, after: texts, probed: readings, logprobs: readings, tokens: readings, right: reading })
const wrote = z.object({ texts, logprobs: readings, tokens: readings })
export const arms: z.ZodType<Arms> = z.object({
  layer: reading,
  plain: arm,
  steered: arm,
  random: wrote,
  shuffled: wrote,
  residue: reading,
})

/**
 * Writes from every beginning with the vector added, and from the same beginnings and seeds without it, with a random
 * vector and with one learned from shuffled labels, each of the same length: so every trial holds its own controls. Then
 * reads what it cost, with nothing added.
 */
export function steeringLook(setting: Setting): Look<Arms> {
  return async (inside, seed, { temperature = SAMPLING.temperature }) => {
    const drawn = { seed, temperature }
    const layer = layerAt(setting.depth, inside.facts.layers)
    const { contrast, probe } = await learnedOf(inside, setting.concept, layer)
    const injection = (kind: DirectionKind): readonly Injection[] => [
      { vector: directionFrom(kind, contrast, seed), from: layer, to: layer, strength: setting.strength },
    ]
    const plain = await plainOf(inside, drawn)
    if (setting.strength === 0) {
      const calm = { ...plain.arm, probed: await probed(inside, probe, layer, plain.arm.texts) }
      const { texts, logprobs, tokens } = plain.arm
      const bare = { texts, logprobs, tokens }
      return { layer, plain: calm, steered: calm, random: bare, shuffled: bare, residue: 0 }
    }
    const steered = await armOf(inside, drawn, injection(setting.kind))
    const arms = {
      layer,
      plain: { ...plain.arm, probed: await probed(inside, probe, layer, plain.arm.texts) },
      steered: { ...steered, probed: await probed(inside, probe, layer, steered.texts) },
      random: await bareOf(inside, drawn, injection('random')),
      shuffled: await bareOf(inside, drawn, injection('shuffled')),
    }
    // With every vector gone, the model must be what it was, to the last digit.
    return { ...arms, residue: furthest(plain.logits, await inside.next(PROMPTS[0] ?? '')) }
  }
}

interface Plain {
  readonly arm: Omit<Arm, 'probed'>
  readonly logits: Float32Array
}

const plains = new WeakMap<Inside, Map<string, Promise<Plain>>>()

/** The same beginnings with nothing added: the same for every vector, so it is written once a seed. */
function plainOf(inside: Inside, drawn: Drawn): Promise<Plain> {
  return once(plains, inside, `${drawn.temperature} ${drawn.seed}`, async () => ({
    arm: await armOf(inside, drawn, []),
    logits: await inside.next(PROMPTS[0] ?? ''),
  }))
}

/** How an arm's texts are drawn. */
interface Drawn {
  readonly seed: string
  readonly temperature: number
}

async function armOf(inside: Inside, drawn: Drawn, injections: readonly Injection[]): Promise<Omit<Arm, 'probed'>> {
  const found = await writeAll(inside, drawn, STEERED + AFTER, [
    { at: 0, injections },
    { at: STEERED, injections: [] },
  ])
  const texts = found.map(({ text, turns }) => text.slice(0, turns[1] ?? text.length))
  const choices = await inside.score(
    CHOICES.flatMap(({ prompt, right, wrong }) => [
      { prompt, continuation: right },
      { prompt, continuation: wrong },
    ]),
    injections,
  )
  return {
    texts,
    after: found.map(({ text, turns }) => text.slice(turns[1] ?? text.length)),
    ...(await costOf(inside, texts)),
    right: CHOICES.filter((_, i) => (choices[2 * i]?.logprob ?? 0) > (choices[2 * i + 1]?.logprob ?? 0)).length,
  }
}

async function bareOf(inside: Inside, drawn: Drawn, injections: readonly Injection[]): Promise<Bare> {
  const texts = (await writeAll(inside, drawn, STEERED, [{ at: 0, injections }])).map(({ text }) => text)
  return { texts, ...(await costOf(inside, texts)) }
}

/** How likely what was written is with nothing added. */
async function costOf(inside: Inside, texts: readonly string[]): Promise<Pick<Arm, 'logprobs' | 'tokens'>> {
  const scores = await inside.score(texts.map((text, i) => ({ prompt: PROMPTS[i] ?? '', continuation: text || ' ' })))
  return { logprobs: scores.map(({ logprob }) => logprob), tokens: scores.map(({ tokens }) => tokens) }
}

function writeAll(
  inside: Inside,
  { seed, temperature }: Drawn,
  maxTokens: number,
  schedule: readonly Scheduled[],
): ReturnType<Inside['write']> {
  return inside.write(PROMPTS, {
    maxTokens,
    temperature,
    minP: SAMPLING.minP,
    // The same in every arm: two arms differ by their vector alone.
    seeds: PROMPTS.map((_, i) => seedFrom('steering', seed, i)),
    schedule,
  })
}

/** Chance that each text holds the concept, by a probe that reads it with nothing added. */
async function probed(
  inside: Inside,
  probe: LinearProbe,
  layer: number,
  texts: readonly string[],
): Promise<readonly number[]> {
  const [states = []] = await inside.read(
    texts.map((text) => (text.trim() === '' ? '.' : text)),
    [layer],
  )
  return probeScores(probe, states).map((odds) => 1 / (1 + Math.exp(-odds)))
}

function furthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0)
}
