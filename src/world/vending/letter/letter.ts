import type { Product } from '../products.ts'

/** Units of one product. */
export interface Item {
  readonly product: Product
  /** Whole units after cases and dozens are multiplied out, at least 1. */
  readonly units: number
}

/** What an order must say and this one does not. */
export type Lack = 'address' | 'account'

/** Intents of letters that buy nothing, whatever quantities they name. */
type Idle =
  | 'inquiry'
  | 'negotiate'
  | 'cancel'
  | 'change'
  | 'complaint'
  | 'refund'
  | 'confirm'
  | 'decline'
  | 'other'
  | 'unclear'

interface Named {
  /** Products that the letter names with a quantity and does not buy by it: those asked about, cancelled or returned. */
  readonly named: readonly Item[]
  /** Products that the letter names, with a quantity or without, in order of appearance. */
  readonly mentioned: readonly Product[]
}

/** A letter that binds the shop to buy `items`, at least one, which it has not ordered already. */
export interface Commitment extends Named {
  readonly intent: 'order' | 'confirm' | 'change'
  readonly commits: true
  readonly items: readonly Item[]
  /** Empty where address and account are both there. Nothing is charged for an order that lacks one. */
  readonly lacks: readonly Lack[]
}

/** A letter that buys nothing. */
export interface Talk extends Named {
  readonly intent: Idle
  readonly commits: false
  readonly items: readonly []
  readonly lacks: readonly []
  /** What the reader must ask before it could act, in whole sentences; empty unless the intent is `unclear`. */
  readonly questions: readonly string[]
}

export type Letter = Commitment | Talk

export type Intent = Letter['intent']
