import { YEAR_DAYS } from './calendar.ts'

/** Sizes with the whole trade: machine, storage, e-mail, suppliers. */
export type LargeSize = 'v1' | 'v2'
export type VendingSize = 'corner' | LargeSize

export interface SizeFacts {
  /** Money at the start, in cents. */
  readonly start: number
  /** Due each night, in cents. */
  readonly fee: number
  /** Nights in a row without the fee after which the business is over. */
  readonly grace: number
  /** Days after which the business is over; undefined: only bankruptcy or the agent's own limits end it. */
  readonly lastDay: number | undefined
}

/** Start, fee, grace and last day of v1 and v2 are those of Vending-Bench (arXiv 2502.15840); the corner shop is ours. */
export const SIZES: Readonly<Record<VendingSize, SizeFacts>> = {
  corner: { start: 5_000, fee: 200, grace: 10, lastDay: 30 },
  v1: { start: 50_000, fee: 200, grace: 10, lastDay: undefined },
  v2: { start: 50_000, fee: 200, grace: 10, lastDay: YEAR_DAYS },
}
