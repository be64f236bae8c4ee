import type { BodyOf, Message } from '../../record/index.ts'
import type { Thread } from '../context.ts'
import type { Reached } from '../limits.ts'
import { probe } from '../recall/probe.ts'
import { CHARACTERS_PER_TOKEN, sizeOf } from '../size.ts'
import { estimated, rangesOf, type Smaller } from './contents.ts'
import { cutText, cutToFit } from './cut.ts'
import { rulesOf } from './list.ts'
import type { Notes } from './notes.ts'
import type { Halt, Rules } from './rules.ts'
import { replacement } from './texts.ts'

/** Share of the window that a compaction must free to be worth it while the context still fits. */
const WORTH = 0.05
/** Share of the target that a summary, notes or what the model's own compaction made may take. */
const REPLACEMENT = 0.25
/** Characters that the words round it take, the mark of a cut included. */
const FRAME = 260
/** Characters of it that are shown, however little room there is. */
const LEAST = 60

/** Keeps one thread's context within its window, by the scaffold's strategy. */
export class Compactor {
  readonly #thread: Thread
  readonly #rules: Rules
  /** Shares of the window; undefined where the context is never made smaller. */
  readonly #at: { readonly at: number; readonly to: number } | undefined
  readonly #notes: Notes | undefined
  /** The agent was told to save its notes, and its turns still stand. */
  #told = false
  #compactions = 0

  /** @param notes what stands in place of dropped turns under `notes` */
  constructor(thread: Thread, notes: Notes | undefined) {
    const { compaction, context } = thread.spec.scaffold
    this.#thread = thread
    this.#rules = rulesOf(compaction.strategy)
    this.#at = compaction.strategy === 'none' || context === 'latest' ? undefined : compaction
    this.#notes = notes
  }

  /** Tokens; undefined where nobody knows. */
  get window(): number | undefined {
    return this.#thread.spec.scaffold.window ?? this.#thread.effects.model.window
  }

  /** Before a turn: makes the context smaller where it is time to, or says why the thread cannot go on. */
  async before(): Promise<Halt | undefined> {
    const { window } = this
    if (window === undefined || this.#thread.spec.scaffold.context === 'latest') return undefined
    this.#fit(window, false)
    if (this.#thread.context.tokens > (this.#at?.at ?? 1) * window && !this.#tell(window)) {
      const done = await this.#compact(window, false)
      if (typeof done !== 'boolean') return done
    }
    return this.#thread.context.tokens > window ? { type: 'limit', reached: this.#full(window) } : undefined
  }

  /**
   * The provider said that the context is too long: what we took it for is then the most that can be had.
   *
   * @returns true where it is smaller now
   */
  async forced(): Promise<Halt | boolean> {
    const { tokens } = this.#thread.context
    const window = Math.min(this.window ?? tokens, tokens)
    const fitted = this.#fit(window, true)
    const done = await this.#compact(window, true)
    return typeof done === 'boolean' ? done || fitted : done
  }

  #full(cap: number): Reached {
    return { limit: 'context', used: this.#thread.context.tokens, cap }
  }

  /** Cuts results that could not be shown even if everything else were dropped. */
  #fit(window: number, forced: boolean): boolean {
    if (this.#at === undefined) return false
    const { at, to } = this.#at
    const smaller = cutToFit(this.#thread.context.contents, at * window, to * window)
    if (smaller === undefined) return false
    this.#become(smaller, window, forced)
    return true
  }

  /** An agent with notes has one turn to save before its oldest turns go. @returns true where it has that turn now */
  #tell(window: number): boolean {
    if (this.#at === undefined || this.#notes === undefined || this.#told) return false
    const message: Message = { role: 'user', text: this.#notes.request }
    if (this.#thread.context.tokens + sizeOf(message).tokens > window) return false
    const smaller = this.#rules.shrink(this.#thread.context.contents, this.#at.to * window)
    if (smaller === undefined || !this.#isWorth(smaller, window, false)) return false
    this.#told = true
    this.#enter(message)
    return true
  }

  async #compact(window: number, forced: boolean): Promise<Halt | boolean> {
    if (this.#at === undefined) return false
    const { contents } = this.#thread.context
    const target = this.#at.to * window
    const room = Math.floor(REPLACEMENT * target)
    const smaller = this.#rules.shrink(contents, this.#rules.inPlace === undefined ? target : target - room)
    if (smaller === undefined || !this.#isWorth(smaller, window, forced)) return false
    const stands = await this.#inPlace(smaller, Math.floor(room / contents.scale))
    if (stands?.type === 'limit' || stands?.type === 'fault') return stands
    this.#become(smaller, window, forced, stands)
    this.#told = false
    this.#compactions++
    await probe(this.#thread, this.#compactions)
    return true
  }

  /** A context that still fits is left alone for little: else each turn would bring a compaction. None frees less than a token. */
  #isWorth(smaller: Smaller, window: number, forced: boolean): boolean {
    const { contents } = this.#thread.context
    const stands = this.#rules.inPlace === undefined ? 0 : (FRAME + LEAST) / CHARACTERS_PER_TOKEN
    const freed = contents.scale * (estimated(contents.items) - estimated(smaller.items) - stands)
    return forced || contents.tokens > window ? freed >= 1 : freed >= Math.max(1, WORTH * window)
  }

  /** What stands in place of what is dropped, no longer than `most` tokens nor than half of that. */
  async #inPlace(smaller: Smaller, most: number): Promise<Halt | Stands | undefined> {
    const { inPlace } = this.#rules
    if (inPlace === undefined) return undefined
    const half = Math.floor(estimated(smaller.dropped) / 2)
    const kept = Math.max(LEAST, CHARACTERS_PER_TOKEN * Math.min(most, half) - FRAME)
    const said = await inPlace.text({
      items: smaller.dropped,
      tokens: Math.floor(kept / CHARACTERS_PER_TOKEN),
      window: this.window,
      thread: this.#thread,
      notes: this.#notes,
    })
    if (said.type !== 'said') return said
    const text = said.text.trim()
    const warning =
      said.warning ??
      (text === ''
        ? inPlace.empty
        : text.length > kept
          ? `${inPlace.called} had ${text.length} characters and was cut to ${kept}`
          : undefined)
    const message: Message = {
      role: 'user',
      text: replacement(inPlace, smaller.dropped.length, cutText(text, kept)),
    }
    return { type: 'stands', message, ...(warning !== undefined && { warning }) }
  }

  #become(smaller: Smaller, window: number, forced: boolean, stands?: Stands): void {
    const { journal } = this.#thread.effects
    const { id, scaffold, facts } = this.#thread.spec
    const tokensBefore = this.#thread.context.tokens
    const entered = stands === undefined ? undefined : this.#record(stands.message)
    const number = this.#thread.context.count
    const kept = this.#thread.context.become(smaller, journal.seq, entered)
    const event: BodyOf<'compaction'> = {
      type: 'compaction',
      ...(id !== undefined && { thread: id }),
      strategy: scaffold.compaction.strategy,
      ...(forced && { forced }),
      window,
      tokensBefore,
      tokensAfter: this.#thread.context.tokens,
      kept,
      dropped: rangesOf(smaller.dropped),
      ...(smaller.cleared !== undefined && { cleared: smaller.cleared }),
      ...(smaller.cut !== undefined && { cut: smaller.cut }),
      ...(entered !== undefined && { entered: number }),
      ...(stands?.warning !== undefined && { warning: stands.warning }),
    }
    journal.record(event)
    facts?.showOnly(this.#thread.context.contents.items)
    if (entered !== undefined) facts?.enter(number, entered)
  }

  /** A message of ours that enters the thread at its end. */
  #enter(message: Message): void {
    const recorded = this.#record(message)
    const number = this.#thread.context.add(recorded)
    this.#thread.spec.facts?.enter(number, recorded)
  }

  #record(message: Message): Message {
    const { id } = this.#thread.spec
    this.#thread.conduct.meters.messages++
    return this.#thread.effects.journal.record({ type: 'message', ...(id !== undefined && { thread: id }), message })
      .message
  }
}

interface Stands {
  readonly type: 'stands'
  readonly message: Message
  readonly warning?: string
}
