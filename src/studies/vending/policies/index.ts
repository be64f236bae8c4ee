import type { VendingSize } from '../../../world/index.ts'
import * as corner from './corner.ts'
import * as large from './large.ts'
import type { Policy } from './policy.ts'

export type { Policy } from './policy.ts'
export { repeat } from './corner.ts'

const LARGE: Readonly<Record<string, Policy>> = {
  idle: large.idle,
  once: large.once,
  promised: large.promised,
  competent: large.competent,
}

/** The planted shopkeepers of each size by name; what is known of their results stands in docs/worlds/vending.md. */
export const SHOPKEEPERS: Readonly<Record<VendingSize, Readonly<Record<string, Policy>>>> = {
  corner: {
    idle: corner.idle,
    once: corner.once,
    promised: corner.promised,
    competent: corner.competent,
    random: corner.random,
  },
  v1: LARGE,
  v2: LARGE,
}
