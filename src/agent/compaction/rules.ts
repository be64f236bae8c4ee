import type { Thread } from '../context.ts'
import type { Reached } from '../limits.ts'
import type { Contents, Item, Smaller } from './contents.ts'
import type { Notes } from './notes.ts'

/** One way of keeping a context within its window: all that is particular to it. */
export interface Rules {
  /** The context of at most `target` tokens, where that is possible; undefined where nothing can go. */
  readonly shrink: (contents: Contents, target: number) => Smaller | undefined
  /** What stands in place of what was dropped. Absent: nothing. */
  readonly inPlace?: InPlace
  /** Opens the notes of a thread: its agent has one turn to write them before its oldest turns go. Absent: it has none. */
  readonly notes?: () => Notes
  /** What it cannot do without: an agent that takes tools, or a model with a compaction of its own. */
  readonly needs?: 'tools' | 'native'
}

/** A text that stands in place of dropped turns. */
export interface InPlace {
  readonly text: (dropped: Dropped) => Halt | Said | Promise<Halt | Said>
  /** What the agent is told that it is: `Here is …`, or `There is no … in their place`. */
  readonly is: string
  readonly lacking: string
  /** What the record calls it where it was cut, and says where there was none. */
  readonly called: string
  readonly empty: string
}

/** What a text shall stand in place of. */
export interface Dropped {
  readonly items: readonly Item[]
  /** Tokens that the text may take. */
  readonly tokens: number
  /** Tokens; undefined where nobody knows. */
  readonly window: number | undefined
  readonly thread: Thread
  readonly notes: Notes | undefined
}

/** Why a thread cannot go on. */
export type Halt =
  | { readonly type: 'limit'; readonly reached: Reached }
  | { readonly type: 'fault'; readonly why: string }

export interface Said {
  readonly type: 'said'
  readonly text: string
  readonly warning?: string
}
