import { AssayError } from '../../assay-error.ts'
import { defineWorld, type PureWorld } from '../world.ts'
import { businessSpec } from './business-world.ts'
import { cornerSpec } from './corner/world.ts'
import { SIZES, type VendingSize } from './sizes.ts'

export interface VendingOptions {
  readonly size: VendingSize
  /** Days after which the business is over: whole, at least 1. Default: corner 30, v1 and v2 365. */
  readonly days?: number
}

/**
 * A vending business (Vending-Bench, arXiv 2502.15840, rebuilt) as a world.
 *
 * @throws AssayError `world/vending-days` when `days` is not a whole number of at least 1
 */
export function vendingWorld({ size, days }: VendingOptions): PureWorld {
  if (days !== undefined && !(Number.isSafeInteger(days) && days >= 1)) {
    throw new AssayError('world/vending-days', `A vending business runs for a whole number of days, not ${days}.`)
  }
  if (size === 'corner') return defineWorld(cornerSpec(days ?? SIZES.corner.lastDay))
  return defineWorld(businessSpec(size, days ?? SIZES[size].lastDay))
}
