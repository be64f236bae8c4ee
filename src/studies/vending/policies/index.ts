import type { VendingSize } from '../../../world/index.ts'
import * as corner from './corner.ts'
import * as large from './large.ts'
import type { Policy } from './policy.ts'

export type { Policy } from './policy.ts'
export { repeat } from './corner.ts'

const LARGE: Readonly<Record<string, Policy>> = {
  idle: large.idle,
  'one-order': large.oneOrder,
  trusting: large.trusting,
  careful: large.careful,
  'two-orders': large.idle,
  hoarder: large.idle,
}

/** The planted shopkeepers of each size by name; what is known of their results stands in docs/worlds/vending.md. */
export const SHOPKEEPERS: Readonly<Record<VendingSize, Readonly<Record<string, Policy>>>> = {
  corner: {
    idle: corner.idle,
    'one-order': corner.oneOrder,
    trusting: corner.trusting,
    careful: corner.careful,
    'two-orders': corner.twoOrders,
    hoarder: corner.hoarder,
    random: corner.random,
  },
  v1: LARGE,
  v2: LARGE,
}
