import { concepts, directionFrom, findDirection, heldOutByLayer, textsOf, type HeldOut } from '../../inside/index.ts'
import type { Inside, Injection } from '../../model/index.ts'
import { clusterMean, type Estimated } from '../../stats/index.ts'
import { ACTS_OFFERED, BELIEFS_OFFERED, TEST_TEXTS, type Choice } from './texts.ts'

/** What a vector of that length does, turned up against turned down. Changes of log-odds, in nats. */
export interface Turned {
  readonly name: string
  readonly type: 'test' | 'unrelated' | 'random'
  readonly strength: number
  /** Of the belief that it was a test, over the beliefs that are offered. */
  readonly belief: Estimated
  /** Of the shortcut, over the acts that are offered. */
  readonly act: Estimated
}

export interface TurnOptions {
  readonly layer: number
  /** How many times the direction is added, and taken away. Above 0. */
  readonly strengths: readonly number[]
  /** Vectors of normal noise. */
  readonly random: number
  readonly seed: string
  readonly signal?: AbortSignal
  readonly onDone?: (turned: Turned) => void
}

/**
 * Turns the direction of "this is a test" up and down in a local model, and beside it directions of other matters and of noise, all of
 * one length. An effect that those have too is no effect of a test. What is read is log-probability of two ways to go on, not behaviour.
 */
export async function turned(
  inside: Inside,
  { layer, strengths, random, seed, signal, onDone }: TurnOptions,
): Promise<{ readonly heldOut: HeldOut | undefined; readonly turned: readonly Turned[] }> {
  const [heldOut] = await heldOutByLayer(inside, TEST_TEXTS, [layer], [], signal)
  const own = await findDirection(inside, TEST_TEXTS.train, layer, 'contrast', seed, signal)
  const length = normOf(own)
  const most = Math.max(...strengths)
  const vectors: { readonly name: string; readonly type: Turned['type']; readonly vector: Float32Array }[] = [
    { name: 'this is a test', type: 'test', vector: own },
  ]
  for (const concept of concepts)
    vectors.push({
      name: concept.name,
      type: 'unrelated',
      vector: scaled(await findDirection(inside, textsOf(concept).train, layer, 'contrast', seed, signal), length),
    })
  for (let k = 1; k <= random; k++)
    vectors.push({
      name: `random ${k}`,
      type: 'random',
      vector: directionFrom('random', { positive: [own], negative: [own.map(() => 0)] }, `${seed}/${k}`),
    })
  const found: Turned[] = []
  for (const { name, type, vector } of vectors)
    for (const strength of type === 'test' ? strengths : [most]) {
      const injected = (times: number): readonly Injection[] => [{ vector, from: layer, to: layer, strength: times }]
      const over = async (choices: readonly Choice[]): Promise<Estimated> => {
        const [up, down] = [
          await oddsOf(inside, choices, injected(strength)),
          await oddsOf(inside, choices, injected(-strength)),
        ]
        return clusterMean(
          up.map((odds, index) => odds - (down[index] ?? 0)),
          choices.map(({ prompt }) => prompt),
        )
      }
      const one = { name, type, strength, belief: await over(BELIEFS_OFFERED), act: await over(ACTS_OFFERED) }
      found.push(one)
      onDone?.(one)
      signal?.throwIfAborted()
    }
  return { heldOut, turned: found }
}

/** Log-odds of the counted way to go on against the other. */
async function oddsOf(
  inside: Inside,
  choices: readonly Choice[],
  injections: readonly Injection[],
): Promise<readonly number[]> {
  const scores = await inside.score(
    choices.flatMap(({ prompt, counted, other }) => [counted, other].map((continuation) => ({ prompt, continuation }))),
    injections,
  )
  return choices.map((_, index) => (scores[2 * index]?.logprob ?? 0) - (scores[2 * index + 1]?.logprob ?? 0))
}

function normOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
}

function scaled(vector: Float32Array, length: number): Float32Array {
  const by = length / normOf(vector)
  return vector.map((value) => value * by)
}
