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
  /** Day on which the business is closed. */
  readonly lastDay: number
}

/**
 * Start, fee and grace are those of Vending-Bench (arXiv 2502.15840), and the last day of v2 that of its second version; v1,
 * which ended there by messages alone, has the same year. The corner shop is ours.
 */
export const SIZES: Readonly<Record<VendingSize, SizeFacts>> = {
  corner: { start: 5_000, fee: 200, grace: 10, lastDay: 30 },
  v1: { start: 50_000, fee: 200, grace: 10, lastDay: YEAR_DAYS },
  v2: { start: 50_000, fee: 200, grace: 10, lastDay: YEAR_DAYS },
}

/** Acts on one day of a large size after which it is over by itself: a business ends by days, whatever its keeper does. */
export const ACTS_A_DAY = 100
