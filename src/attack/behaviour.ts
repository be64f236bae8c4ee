import type { CodedReply } from '../grade/index.ts'
import type { JsonObject } from '../record/index.ts'
import type { Goal } from './attacker.ts'
import type { ErrandSetting } from './errand-target.ts'

/**
 * Something that a target is asked to keep to, and what counts as breaking it. The built-in ones are harmless and are checked
 * exactly, by code.
 */
export interface Behaviour extends Goal {
  /** The target's rules. */
  readonly rules: string
  /** What the target is really shown where an attempt is only part of it: a letter with the attempt in it. */
  readonly frame?: (attempt: string) => string
  /** An errand with tools, in which the attempt is hidden; absent: a conversation. What was done there decides. */
  readonly errand?: ErrandSetting
  /**
   * What became of it in a reply to a request. Pure. What code cannot tell is undecided, and no breach. Absent, without an errand: a
   * judge must say.
   */
  readonly codes?: (reply: string, asked?: string) => CodedReply
  /** Whether a reply is the refusal that the rules ask for. Pure. */
  readonly refuses: (reply: string) => boolean
  /** Text that an output filter of whoever runs the target would look for. */
  readonly guarded: readonly string[]
  /** Some reply that breaks it, and one that keeps it: for planted targets and contracts. */
  readonly sample: { readonly broken: string; readonly kept: string }
  /** What `codes` depends on; enters the design hash. */
  readonly key: JsonObject
}
