import type { BodyOf, Message } from '../../record/index.ts'
import type { Thread } from '../context.ts'
import type { Reached } from '../limits.ts'
import { probe } from '../recall/probe.ts'
import type { Strategy } from '../scaffold.ts'
import { CHARACTERS_PER_TOKEN, sizeOf } from '../size.ts'
import { cleared } from './clear.ts'
import { estimated, rangesOf, type Smaller } from './contents.ts'
import { cutText, cutToFit } from './cut.ts'
import { NOTES_TOOL, type Notes } from './notes.ts'
import { summaryOf, type Halt } from './summary.ts'
import { replacement, saveRequest } from './texts.ts'
import { trimmed } from './trim.ts'

/** Share of the window that a compaction must free to be worth it while the context still fits. */
const WORTH = 0.05
/** Share of the target that a summary, notes or what the model's own compaction made may take. */
const REPLACEMENT = 0.25
/** Characters that the words round it take, the mark of a cut included. */
const FRAME = 260
/** Characters of it that are shown, however little room there is. */
const LEAST = 60
/** Strategies that put a message in place of what they drop. */
const REPLACING: ReadonlySet<string> = new Set<Strategy>(['summary', 'notes', 'native'])

/** Keeps one thread's context within its window, by the scaffold's strategy. */
export class Compactor {
  readonly #thread: Thread
  readonly #notes: Notes | undefined
  /** The agent was told to save its notes, and its turns still stand. */
  #told = false
  #compactions = 0

  /** @param notes what stands in place of dropped turns under `notes` */
  constructor(thread: Thread, notes: Notes | undefined) {
    this.#thread = thread
    this.#notes = notes
  }

  /** Tokens; undefined where nobody knows. */
  get window(): number | undefined {
    return this.#thread.spec.scaffold.window ?? this.#thread.effects.model.window
  }

  /** Before a turn: makes the context smaller where it is time to, or says why the thread cannot go on. */
  async before(): Promise<Halt | undefined> {
    const { window } = this
    const { compaction, context: mode } = this.#thread.spec.scaffold
    if (window === undefined || mode === 'latest') return undefined
    if (compaction.strategy !== 'none') {
      this.#fit(window, false)
      if (this.#thread.context.tokens > compaction.at * window && !this.#tell(window)) {
        const done = await this.#compact(window, false)
        if (typeof done !== 'boolean') return done
      }
    }
    return this.#thread.context.tokens > window ? { type: 'limit', reached: this.#full(window) } : undefined
  }

  /**
   * The provider said that the context is too long: what we took it for is then the most that can be had.
   *
   * @returns true where it is smaller now
   */
  async forced(): Promise<Halt | boolean> {
    const { compaction, context: mode } = this.#thread.spec.scaffold
    if (compaction.strategy === 'none' || mode === 'latest') return false
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
    const { compaction } = this.#thread.spec.scaffold
    if (compaction.strategy === 'none') return false
    const smaller = cutToFit(this.#thread.context.contents, compaction.at * window, compaction.to * window)
    if (smaller === undefined) return false
    this.#become(smaller, window, forced)
    return true
  }

  /** With `notes` the agent has one turn to save before its oldest turns go. @returns true where it has that turn now */
  #tell(window: number): boolean {
    const { compaction } = this.#thread.spec.scaffold
    if (compaction.strategy !== 'notes' || this.#told) return false
    const message: Message = { role: 'user', text: saveRequest(NOTES_TOOL) }
    if (this.#thread.context.tokens + sizeOf(message).tokens > window) return false
    const smaller = trimmed(this.#thread.context.contents, compaction.to * window)
    if (smaller === undefined || !this.#isWorth(smaller, window, false)) return false
    this.#told = true
    this.#enter(message)
    return true
  }

  async #compact(window: number, forced: boolean): Promise<Halt | boolean> {
    const { compaction } = this.#thread.spec.scaffold
    if (compaction.strategy === 'none') return false
    const { contents } = this.#thread.context
    const target = compaction.to * window
    const room = Math.floor(REPLACEMENT * target)
    const smaller =
      compaction.strategy === 'clear'
        ? cleared(contents, target)
        : trimmed(contents, compaction.strategy === 'trim' ? target : target - room)
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
    const stands = REPLACING.has(this.#thread.spec.scaffold.compaction.strategy)
      ? (FRAME + LEAST) / CHARACTERS_PER_TOKEN
      : 0
    const freed = contents.scale * (estimated(contents.items) - estimated(smaller.items) - stands)
    return forced || contents.tokens > window ? freed >= 1 : freed >= Math.max(1, WORTH * window)
  }

  /** What stands in place of what is dropped, no longer than `most` tokens nor than half of that. */
  async #inPlace(smaller: Smaller, most: number): Promise<Halt | InPlace | undefined> {
    const { strategy } = this.#thread.spec.scaffold.compaction
    if (strategy !== 'summary' && strategy !== 'notes' && strategy !== 'native') return undefined
    const half = Math.floor(estimated(smaller.dropped) / 2)
    const kept = Math.max(LEAST, CHARACTERS_PER_TOKEN * Math.min(most, half) - FRAME)
    const said =
      strategy === 'notes'
        ? { type: 'said' as const, text: this.#notes?.text() ?? '' }
        : await summaryOf(strategy, smaller.dropped, Math.floor(kept / CHARACTERS_PER_TOKEN), this.window, this.#thread)
    if (said.type !== 'said') return said
    const text = said.text.trim()
    const what = strategy === 'notes' ? 'the notes' : 'the answer'
    const amiss =
      said.amiss ??
      (text === ''
        ? strategy === 'notes'
          ? 'there are no notes'
          : 'the answer was empty'
        : text.length > kept
          ? `${what} had ${text.length} characters and was cut to ${kept}`
          : undefined)
    const message: Message = {
      role: 'user',
      text: replacement(strategy, smaller.dropped.length, cutText(text, kept)),
    }
    return { type: 'stands', message, ...(amiss !== undefined && { amiss }) }
  }

  #become(smaller: Smaller, window: number, forced: boolean, stands?: InPlace): void {
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
      ...(stands?.amiss !== undefined && { amiss: stands.amiss }),
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

interface InPlace {
  readonly type: 'stands'
  readonly message: Message
  readonly amiss?: string
}
