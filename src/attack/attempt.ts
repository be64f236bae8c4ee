import type { Json } from '../record/index.ts'
import type { Stage } from './layer.ts'

/** One try of an attacker: what it says to the target, and where. */
export interface Attempt {
  readonly text: string
  /** Goes on with the conversation of the attempt of this number (from 1); absent: a new conversation. */
  readonly after?: number
  /** First words of the target's answer, where its interface lets anybody put them there. */
  readonly prefill?: string
  /**
   * The attacker's own notes. They are journaled with the attempt and handed back in the history: an attacker keeps no
   * other state, so a trial that is resumed goes on as if nothing had happened.
   */
  readonly notes?: Json
}

/** What an attacker does next. */
export type Move =
  | ({ readonly type: 'attempt' } & Attempt)
  /** Its own turn came to nothing (its model refused, or wrote nonsense): no query leaves, the attacker has failed. */
  | { readonly type: 'invalid'; readonly why: string; readonly notes?: Json }
  /** It gives up by itself: it has failed at every larger budget too. */
  | { readonly type: 'stop'; readonly why: string }

/** A move that was made, with what the attacker may know of how it went. */
export interface Tried {
  /** From 1; attempts and invalid ones share the count. */
  readonly number: number
  readonly move: Exclude<Move, { type: 'stop' }>
  /** What the target answered; absent where nothing was asked or no answer came. */
  readonly reply?: string
  /** The reply is the target's own fixed refusal. */
  readonly refused?: boolean
  /** How far it got by the judge's rubric in [0, 1], for attackers that may see it. */
  readonly score?: number
  /** The first layer that stopped it; only for attackers that know the stack. */
  readonly stoppedBy?: string
  /** Where that layer stands. */
  readonly stoppedAt?: Stage
}
