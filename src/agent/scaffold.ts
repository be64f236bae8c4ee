import type { Template } from '../model/index.ts'

/** How a context is kept within its window. */
export type Compaction =
  | { readonly strategy: 'none' }
  /** Past `at` of the window the oldest turns go until `to` of it is left; both in (0, 1]. */
  | { readonly strategy: 'trim'; readonly at: number; readonly to: number }

/** All that stands round a model and makes it an agent. */
export interface Scaffold {
  readonly name: string
  /** The rules, the same for every turn. */
  readonly system: string
  readonly template: Template
  /** `latest`: the model sees the rules and the latest observation only. */
  readonly context: 'all' | 'latest'
  readonly compaction: Compaction
  readonly toolChoice: 'auto' | 'required'
  /** Physical acts by the agent itself, or by a sub-agent it must brief. */
  readonly hands: 'direct' | 'subagent'
  readonly memory: readonly ('scratchpad' | 'key-value')[]
  /** Tokens; the model's own window where absent. */
  readonly window?: number
  /** Said to a model that answers without calling a tool; absent: such an answer ends the trial. */
  readonly nudge?: { readonly text: string; readonly times: number }
}

/** Nothing round the model but the prompt: no rules, no memory, the whole conversation kept. */
export const plainScaffold: Scaffold = {
  name: 'plain',
  system: '',
  template: 'chat',
  context: 'all',
  compaction: { strategy: 'none' },
  toolChoice: 'auto',
  hands: 'direct',
  memory: [],
}
