import { pick, randomFrom, sortedByLot, type Random } from '../../../record/index.ts'
import { LOW, observe, situationIn, SITUATIONS, situationOf, type Morning, type Situation } from './situation.ts'

/** An act as an agent calls it. */
export interface CornerAct {
  readonly tool: 'order' | 'refill' | 'price' | 'check' | 'wait'
  readonly input: { readonly amount?: number }
}

/** What a good shopkeeper does in each situation. The planted competent shopkeeper and the worked examples share it. */
const GOOD_ACT: Readonly<Record<Situation, CornerAct>> = {
  price: { tool: 'price', input: { amount: 2 } },
  refill: { tool: 'refill', input: {} },
  order: { tool: 'order', input: { amount: 3 } },
  coming: { tool: 'wait', input: {} },
  selling: { tool: 'wait', input: {} },
}

/** The good act for an observation, read from its words alone; undefined for words that no corner shop says. */
export function goodCornerAct(observation: string): CornerAct | undefined {
  const situation = situationIn(observation)
  return situation === undefined ? undefined : GOOD_ACT[situation]
}

/** A morning in words and the act that fits it. */
export interface WorkedExample {
  readonly observation: string
  readonly act: CornerAct
}

/**
 * Worked examples: mornings of the corner shop with the act that fits. Each run of five holds every situation once, in
 * shuffled order. The mornings are drawn at random and no one played them, so no example comes from a scored business.
 *
 * @param count how many, a whole number of at least 0
 * @param seed the same seed gives the same examples; a longer list begins with the shorter
 */
export function workedExamples(count: number, seed: string): readonly WorkedExample[] {
  const random = randomFrom(seed, 'worked-examples')
  const examples: WorkedExample[] = []
  while (examples.length < count) {
    for (const situation of sortedByLot(SITUATIONS, random)) {
      const morning = MORNING[situation](random)
      examples.push({ observation: observe(morning), act: GOOD_ACT[situationOf(morning)] })
    }
  }
  return examples.slice(0, count)
}

const MORNING: Readonly<Record<Situation, (random: Random) => Morning>> = {
  price: (random) => ({ ...quiet, price: 100 * (pick([1, 4, 8], random) ?? 4) }),
  refill: (random) => ({ ...quiet, machine: between(random, 0, LOW - 1), room: between(random, 3, 30) }),
  order: (random) => ({ ...quiet, machine: between(random, 0, 30) }),
  coming: (random) => ({
    ...quiet,
    machine: between(random, 0, LOW - 1),
    coming: [{ day: 1, boxes: 10 * between(random, 1, 3) }],
  }),
  selling: (random) => ({ ...quiet, machine: between(random, LOW, 30), room: between(random, 1, 30) }),
}

const quiet: Morning = { price: 200, machine: 0, room: 0, coming: [] }

function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}
