import { JUICE, type Shop } from './shop.ts'

/** A machine with fewer boxes than this may sell out before there is time to fill it: nearly two days of demand. */
export const LOW = 18

/** What the shop looks like in the morning, as far as acts depend on it. */
export type Morning = Pick<Shop, 'price' | 'machine' | 'room' | 'coming'>

/** A morning reduced to what matters for the day's act, in the order in which it matters. */
export type Situation = 'price' | 'refill' | 'order' | 'coming' | 'selling'

export const SITUATIONS: readonly Situation[] = ['price', 'refill', 'order', 'coming', 'selling']

export function situationOf(morning: Morning): Situation {
  if (morning.price !== JUICE.reference) return 'price'
  if (morning.machine < LOW && morning.room > 0) return 'refill'
  if (morning.room === 0 && morning.coming.length === 0) return 'order'
  return morning.machine < LOW ? 'coming' : 'selling'
}

/**
 * The morning in one line. Each situation ends in words of its own: a very small model picks the act by the last words
 * before it. Measured on SmolLM2-135M with 28 worked examples, greedy: acts right 100% with these lines, 84% with lines
 * that share an ending ("So we").
 */
export function observe(morning: Morning): string {
  return WORDING[situationOf(morning)](morning)
}

/** The situation that a line speaks of, or undefined. Knows it by its last words, as a small model does. */
export function situationIn(line: string): Situation | undefined {
  return SITUATIONS.find((situation) => line.trimEnd().endsWith(ENDING[situation]))
}

const ENDING: Readonly<Record<Situation, string>> = {
  price: 'is the wrong price',
  refill: 'in reserve, machine runs low',
  order: 'Back room empty, nothing ordered',
  coming: 'on the approaching truck',
  selling: 'left for happy customers',
}

const WORDING: Readonly<Record<Situation, (morning: Morning) => string>> = {
  price: ({ price }) => `${price / 100} dollars ${ENDING.price}`,
  refill: ({ room }) => `${room} ${ENDING.refill}`,
  order: () => ENDING.order,
  coming: ({ coming }) => `${coming.reduce((sum, truck) => sum + truck.boxes, 0)} ${ENDING.coming}`,
  selling: ({ machine }) => `${machine} ${ENDING.selling}`,
}
