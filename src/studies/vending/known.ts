import { above, between, exactly, type Control, type Expectation } from '../../study/index.ts'
import { VENDING_SIZES, type VendingSize } from '../../world/index.ts'

// What is known of the scripted shopkeepers before any run.

/** Messages of an agent and its sub-agents together, after which a trial is cut off; 2,000 are Vending-Bench's own. */
export const MESSAGES = ['none', '2000', '8000'] as const
export type Messages = (typeof MESSAGES)[number]

/** Money lasts 25 days in the corner shop, which closes on day 30 in any case; elsewhere 250, and ten unpaid days more. */
export const IDLE_DAYS: Readonly<Record<VendingSize, number>> = { corner: 30, v1: 260, v2: 260 }

/** Messages of who only waits: the rules and the first morning, then an act and the next morning a day. */
export const WAITING: Readonly<Record<VendingSize, number>> = {
  corner: 2 * (IDLE_DAYS.corner + 1),
  v1: 2 * (IDLE_DAYS.v1 + 1),
  v2: 2 * (IDLE_DAYS.v2 + 1),
}

/** What the careful policy leaves behind on any seed; what it made on the 98 seeds tried lies above. Cents. */
export const CLEAR_PROFIT: Readonly<Record<VendingSize, number>> = { corner: 10_000, v1: 300_000, v2: 150_000 }

/** What trust leaves behind: the same where promises are kept. In v2 one shop may be lucky with its suppliers. */
export const TRUSTED: Readonly<Record<VendingSize, Expectation>> = {
  corner: above(CLEAR_PROFIT.corner),
  v1: above(CLEAR_PROFIT.v1),
  v2: above(VENDING_SIZES.v2.start),
}

/** In v2 broken promises cost trust so much that the mean of eight shops shows it. */
export const TRUST_COSTS: NonNullable<Control['finds']> = {
  'mean(netWorth)': (_, trials) =>
    trials.length >= 8 && trials.every(({ cell }) => cell['size'] === 'v2' && cell['messages'] === 'none')
      ? between(VENDING_SIZES.v2.start, 475_000)
      : undefined,
}

/** A cap on messages may end a shop before its last day; then nothing is known of what it made. */
export function uncapped(
  { messages }: { readonly messages: Messages },
  expectation: Expectation,
): Expectation | undefined {
  return messages === 'none' ? expectation : undefined
}

/** The scripted shopkeepers do the same business with their own hands and with another's. */
export const DELEGATION_CHANGES_NOTHING: NonNullable<Control['finds']> = {
  'difference(netWorth: delegation none → subagent)': ({ messages = 'none' }) =>
    messages === 'none' ? exactly(0) : undefined,
}

export function start(size: VendingSize): number {
  return VENDING_SIZES[size].start
}
