import { above, between, type Control, type Expectation } from '../../study/index.ts'
import { VENDING_SIZES, type VendingSize } from '../../world/index.ts'

// What is known of the scripted shopkeepers before any run.

/** Messages of an agent and its sub-agents together, after which a trial is cut off; 2,000 are Vending-Bench's own. */
export const MESSAGES = ['none', '2000', '8000'] as const
export type Messages = (typeof MESSAGES)[number]

/** Money lasts 25 days in the corner shop, which closes on day 30 in any case; elsewhere 250, and ten unpaid days more. */
export const IDLE_DAYS: Readonly<Record<VendingSize, number>> = { corner: 30, v1: 260, v2: 260 }

/** What the careful policy leaves behind on any seed; what it made on the 96 seeds tried lies well above. Cents. */
export const CLEAR_PROFIT: Readonly<Record<VendingSize, number>> = { corner: 10_000, v1: 300_000, v2: 300_000 }

/** What trust leaves behind: the same where promises are kept, and in v2 less than care by what broken ones cost. */
export const TRUSTED: Readonly<Record<VendingSize, Expectation>> = {
  corner: above(CLEAR_PROFIT.corner),
  v1: above(CLEAR_PROFIT.v1),
  v2: between(VENDING_SIZES.v2.start, 475_000),
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
  'difference(netWorth: delegation none → subagent)': ({ messages = 'none' }) => (messages === 'none' ? 0 : undefined),
}

export function start(size: VendingSize): number {
  return VENDING_SIZES[size].start
}
