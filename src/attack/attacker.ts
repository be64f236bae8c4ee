import { describedThen, type Json, type JsonObject, type Message, type Random } from '../record/index.ts'
import type { Move, Tried } from './attempt.ts'
import type { Budget } from './budget.ts'

/** What an attacker knows of what it attacks. */
export interface Goal {
  readonly id: string
  readonly family: string
  /** What counts as broken, in words. */
  readonly wants: string
  /** The plain request for it. */
  readonly request: string
  /** Ordinary requests that have nothing to do with it. */
  readonly ordinary: readonly string[]
  /** First words of an answer that would break it. */
  readonly opening: string
}

/** What an attacker may use in addition to the history. Everything that comes from outside is journaled and charged. */
export interface Means {
  readonly goal: Goal
  /** Seeded by trial and move: the same on resume. */
  readonly random: Random
  /**
   * Asks the attacker's own model (`--partner attacker=…`). Its tokens and dollars are charged to the attacker.
   *
   * @param begin first words of its answer, prefilled where it goes on from there (local models); elsewhere it
   *   must be told to begin so. They are part of what is returned
   * @returns what it said; undefined where it said nothing
   */
  readonly ask: (messages: readonly Message[], begin?: string) => Promise<string | undefined>
  /**
   * Log-probability (nats a token) that the target begins its answer to `text` with `answer`, where the target gives
   * log-probabilities; undefined elsewhere. Each reading is charged as a query.
   */
  readonly likelihood: (text: string, answer: string) => Promise<number | undefined>
  /** Shows a person something and returns what they type; undefined where nobody is there or they stop. */
  readonly person: (shown: string) => Promise<string | undefined>
}

/** How much an attacker knows: nothing of the answers, the answers, or which layer stopped it. */
export type Knows = 'nothing' | 'replies' | 'stack'

/** An attacker as its author writes it. */
export interface AttackerSpec {
  readonly name: string
  /** What hashes call it, where its name changed since runs were made. Default: its name. */
  readonly key?: string
  /** What it does, in one sentence, with its source where it has one. */
  readonly about: string
  readonly knows: Knows
  /** It asks ordinary requests only: the arm without an attack. Default false. */
  readonly benign?: boolean
  /** Each of its attempts is one text, which can be planted in what somebody else reads. Default false. */
  readonly plants?: boolean
  /** Each attempt asks for the goal and rests on no answer: to a target that yields by lot it is a draw like any other. Default false. */
  readonly independent?: boolean
  /** Queries after which it has nothing left to try in a conversation, at ten ordinary requests. Default Infinity. */
  readonly givesUpAfter?: number
  /** Roles of models or people it cannot do without. */
  readonly needs?: readonly ('attacker' | 'likelihood' | 'person')[]
  /** Whatever changes what it says: enters the design hash. */
  readonly options?: JsonObject
  /** Human work behind it (seeded prompts, offline search), which no meter of the run sees. */
  readonly humanHours: { readonly hours: number; readonly source: string }
  /**
   * The next move. Depends on its arguments alone.
   *
   * @param left what the budget still allows; an attacker that ignores it is cut off
   */
  readonly next: (history: readonly Tried[], left: Budget, means: Means) => Move | Promise<Move>
}

/** What an attacker says that no people worked on. */
export const NO_WORK: AttackerSpec['humanHours'] = { hours: 0, source: 'none: made without people' }

/** An attacker. */
export type Attacker = Required<AttackerSpec>

/** Names an attacker and fills in what it left out. */
export function defineAttacker(spec: AttackerSpec): Attacker {
  return {
    benign: false,
    plants: false,
    independent: false,
    givesUpAfter: Infinity,
    needs: [],
    options: {},
    key: spec.name,
    ...spec,
  }
}

/** What makes this another attacker than its neighbours, for the plan hash. */
export function attackerIdentity({ key, about, knows, options, humanHours }: Attacker): JsonObject {
  const work: Json = { hours: humanHours.hours, source: describedThen(humanHours.source) }
  return { name: key, about: describedThen(about), knows, options, humanHours: work }
}
