import type { Template } from '../model/index.ts'
import type { SubAgent } from '../world/index.ts'
import type { Strategy } from './compaction/list.ts'

/**
 * How a context is kept within its window. Once it takes more than `at` of the window it is made smaller, until at most
 * `to` of the window is taken where that is possible; both are shares with 0 < `to` < `at` ≤ 1. The system and the task
 * are never dropped, a call and its results stay together, and the latest turn stays. What each strategy does is written
 * where it is defined, and in docs/compaction.md.
 */
export type Compaction =
  | { readonly strategy: 'none' }
  | { readonly strategy: Exclude<Strategy, 'none'>; readonly at: number; readonly to: number }

/** Everything around a model that makes it an agent. */
export interface Scaffold {
  readonly name: string
  /** The rules, the same for every turn. */
  readonly system: string
  readonly template: Template
  /** `latest`: the model sees the rules and the latest observation only. */
  readonly context: 'all' | 'latest'
  readonly compaction: Compaction
  readonly toolChoice: 'auto' | 'required'
  /** `subagent`: what the world can delegate is done by a sub-agent, which the agent must brief. */
  readonly delegation: 'none' | 'subagent'
  /** Who the sub-agent is; absent: whom the world names. */
  readonly subAgent?: SubAgent
  readonly memory: readonly ('scratchpad' | 'key-value')[]
  /** Tokens; the model's own window where absent. */
  readonly window?: number
  /** Said to a model that answers without calling a tool; absent: such an answer ends the trial. */
  readonly nudge?: { readonly text: string; readonly times: number }
  /** After each compaction so many of the task's facts are asked for, outside the conversation; absent: none. */
  readonly recall?: number
}

/** Nothing around the model but the prompt: no rules, no memory, the whole conversation kept. */
export const plainScaffold: Scaffold = {
  name: 'plain',
  system: '',
  template: 'chat',
  context: 'all',
  compaction: { strategy: 'none' },
  toolChoice: 'auto',
  delegation: 'none',
  memory: [],
}
