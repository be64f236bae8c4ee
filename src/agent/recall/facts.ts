import { AssayError } from '../../assay-error.ts'
import type { InputRef, Message } from '../../record/index.ts'
import type { Fact } from '../../world/index.ts'
import type { Item } from '../compaction/contents.ts'
import type { RecallRow } from './row.ts'

/** When a fact stood in what the main thread's model was shown. Turns are that thread's calls, counted from 1. */
export interface FactTrace {
  readonly id: string
  /** The first turn that showed it; absent where none did. */
  readonly first?: number
  /** The latest turn that showed it. */
  readonly last?: number
  /** How many turns showed it. */
  readonly turns: number
}

/** What changed in a turn, by the facts' ids. */
export interface FactChange {
  readonly turn: number
  readonly in: readonly string[]
  readonly out: readonly string[]
}

interface State {
  /** Shown messages that hold its text. */
  holders: number
  first: number | undefined
  /** Start of the run of turns that goes on; undefined while it is out. */
  since: number | undefined
  last: number | undefined
  turns: number
}

/**
 * Knows which facts are in context. A fact's text is looked for once in each message, when that enters; what leaves or is
 * shortened is looked up by its number, so a turn costs the same however many lie behind it.
 */
export class FactTracker {
  readonly #facts: readonly Fact[]
  readonly #states: readonly State[]
  /** Messages that hold facts, by number, with the facts' places. */
  readonly #holding = new Map<number, { readonly message: Message; readonly facts: readonly number[] }>()
  readonly #touched = new Set<number>()
  #turn = 0
  /** What the experimenter asked, in order. */
  readonly rows: RecallRow[] = []

  /** @throws AssayError `agent/empty-fact` a text or answer that every message would hold */
  constructor(facts: readonly Fact[]) {
    const empty = facts.find(({ text, answer }) => text === '' || answer === '')
    if (empty !== undefined)
      throw new AssayError('agent/empty-fact', `The fact "${empty.id}" needs a text and an answer that are not empty.`)
    this.#facts = facts
    this.#states = facts.map(() => ({ holders: 0, first: undefined, since: undefined, last: undefined, turns: 0 }))
  }

  /** A message is shown from now on. */
  enter(number: number, message: Message): void {
    const texts = textsOf(message)
    const found: number[] = []
    for (const [index, { text }] of this.#facts.entries())
      if (texts.some((each) => each.includes(text))) found.push(index)
    if (found.length > 0) this.#hold(number, message, found)
  }

  /** These are shown from now on, and nothing else. */
  showOnly(items: readonly Item[]): void {
    if (this.#holding.size === 0) return
    const shown = new Map(items.map(({ number, message }) => [number, message]))
    for (const [number, { message }] of this.#holding) {
      const now = shown.get(number)
      if (now === message) continue
      this.#release(number)
      if (now !== undefined) this.enter(number, now)
    }
  }

  /** Messages with these numbers are shown from now on, and nothing else. */
  showRanges(ranges: InputRef['ranges']): void {
    for (const number of this.#holding.keys())
      if (!ranges.some(([from, to]) => from <= number && number < to)) this.#release(number)
  }

  /** The next call is made with what is shown now. @returns what changed, if anything did */
  turn(): FactChange | undefined {
    this.#turn++
    const entered: string[] = []
    const left: string[] = []
    for (const index of this.#touched) {
      const [fact, state] = [this.#facts[index], this.#states[index]]
      if (fact === undefined || state === undefined) continue
      if (state.holders > 0 && state.since === undefined) {
        state.first ??= this.#turn
        state.since = this.#turn
        entered.push(fact.id)
      } else if (state.holders === 0 && state.since !== undefined) {
        state.last = this.#turn - 1
        state.turns += this.#turn - state.since
        state.since = undefined
        left.push(fact.id)
      }
    }
    this.#touched.clear()
    return entered.length + left.length === 0 ? undefined : { turn: this.#turn, in: entered, out: left }
  }

  /** The facts that some turn has shown, as they stand before the next turn. */
  known(): readonly KnownFact[] {
    return this.#facts.flatMap((fact, index) => {
      const state = this.#states[index]
      if (state?.first === undefined) return []
      const inContext = state.holders > 0
      const last = state.since === undefined ? (state.last ?? state.first) : this.#turn
      const next = this.#turn + 1
      return [
        { fact, inContext, turn: next, sinceShown: next - state.first, sinceContext: inContext ? 0 : next - last },
      ]
    })
  }

  traces(): readonly FactTrace[] {
    return this.#facts.map(({ id }, index) => {
      const { first, since, last, turns } = this.#states[index] ?? { turns: 0 }
      const until = since === undefined ? last : this.#turn
      return {
        id,
        ...(first !== undefined && { first }),
        ...(until !== undefined && { last: until }),
        turns: since === undefined ? turns : turns + this.#turn - since + 1,
      }
    })
  }

  #hold(number: number, message: Message, facts: readonly number[]): void {
    this.#holding.set(number, { message, facts })
    this.#count(facts, 1)
  }

  #release(number: number): void {
    this.#count(this.#holding.get(number)?.facts ?? [], -1)
    this.#holding.delete(number)
  }

  #count(facts: readonly number[], by: number): void {
    for (const index of facts) {
      const state = this.#states[index]
      if (state !== undefined) state.holders += by
      this.#touched.add(index)
    }
  }
}

/** A fact that was shown, and for how long it has been known and gone. */
export type KnownFact = Pick<RecallRow, 'turn' | 'inContext' | 'sinceShown' | 'sinceContext'> & { readonly fact: Fact }

function textsOf(message: Message): readonly string[] {
  if (message.role !== 'assistant') return [message.text]
  return message.parts.map((part) => (part.type === 'tool-call' ? part.arguments : part.text))
}
