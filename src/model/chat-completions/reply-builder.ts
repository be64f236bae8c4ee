import type { Part, ToolCall, Usage } from '../../record/index.ts'
import type { Delta, FailureKind, Finish, TokenLogprob } from '../model.ts'
import { finishOf } from './finish.ts'
import type { Move } from './moves.ts'
import { ReasoningDetails } from './reasoning-details.ts'
import { ToolCalls } from './tool-calls.ts'

/** The answer as far as the dialect knows it; timing, retries and headers are the caller's to add. */
export interface Built {
  readonly parts: readonly Part[]
  readonly finish: Finish | { readonly failure: FailureKind }
  readonly usage: Usage
  readonly snapshot?: string
  readonly ids: { readonly [name: string]: string }
  readonly logprobs?: readonly TokenLogprob[]
}

type Draft = { type: 'text' | 'reasoning'; text: string } | { readonly type: 'call'; readonly at: number }

/** Grows an answer from moves, in the order they came. */
export class ReplyBuilder {
  /** Things said so far: texts, thoughts, pieces of calls. */
  heard = 0
  /** Characters kept so far. */
  size = 0
  /** The reason the provider gave for stopping, once it did. */
  reason: string | undefined
  /** Something recognisable came. */
  recognised = false
  error: unknown
  readonly #onDelta: ((delta: Delta) => void) | undefined
  readonly #drafts: Draft[] = []
  readonly #calls = new ToolCalls()
  readonly #details = new ReasoningDetails()
  readonly #ids = new Map<string, string>()
  readonly #logprobs: TokenLogprob[] = []
  #usage: Usage | undefined
  #last: { type: 'text' | 'reasoning'; text: string } | undefined

  constructor(onDelta?: (delta: Delta) => void) {
    this.#onDelta = onDelta
  }

  /** What the provider counted, once it did. */
  get usage(): Usage | undefined {
    return this.#usage
  }

  /** The hot path: one piece of text or thought. */
  say(type: 'text' | 'reasoning', text: string): void {
    this.heard++
    this.size += text.length
    if (this.#last?.type === type) this.#last.text += text
    else {
      this.#last = { type, text }
      this.#drafts.push(this.#last)
    }
    if (this.#onDelta !== undefined) this.#onDelta({ type, text })
  }

  apply(moves: readonly Move[]): void {
    this.recognised = true
    for (const move of moves) this.#apply(move)
  }

  #apply(move: Move): void {
    switch (move.type) {
      case 'text':
      case 'reasoning':
        this.say(move.type, move.text)
        return
      case 'details':
        this.#details.add(move.entries)
        return
      case 'tool-call': {
        this.heard++
        this.size += move.fragment.arguments.length
        const { at, opened, delta } = this.#calls.add(move.fragment)
        if (opened) {
          this.#drafts.push({ type: 'call', at })
          this.#last = undefined
        }
        this.#onDelta?.(delta)
        return
      }
      case 'logprobs':
        this.#logprobs.push(...move.tokens)
        return
      case 'finish':
        this.reason = move.reason
        return
      case 'usage':
        this.#usage = { ...this.#usage, ...move.usage }
        return
      case 'id':
        this.#ids.set(move.name, move.value)
        return
      case 'error':
        this.error ??= move.error
    }
  }

  /** @param idPrefix starts the ids of calls that came without one, or with one that another call has */
  build(idPrefix: string): Built {
    const calls = this.#named(idPrefix)
    const ids = new Map(this.#ids)
    const snapshot = ids.get('model')
    ids.delete('model')
    return {
      parts: this.#parts(calls),
      finish: finishOf(this.reason, calls.length > 0),
      usage: this.#usage ?? {},
      ...(snapshot === undefined ? {} : { snapshot }),
      ids: Object.fromEntries(ids),
      ...(this.#logprobs.length === 0 ? {} : { logprobs: this.#logprobs }),
    }
  }

  #named(idPrefix: string): readonly ToolCall[] {
    const taken = new Set<string>()
    return this.#calls.calls.map((call, at) => {
      const id = call.id === '' || taken.has(call.id) ? `${idPrefix}_${at}` : call.id
      taken.add(id)
      return { type: 'tool-call', id, name: call.name, arguments: call.written.text }
    })
  }

  #parts(calls: readonly ToolCall[]): readonly Part[] {
    const details = this.#details.text()
    const parts: Part[] = []
    let signed = details === undefined
    for (const draft of this.#drafts) {
      if (draft.type === 'call') {
        const signature = this.#calls.calls[draft.at]?.signature
        if (signature !== undefined) parts.push({ type: 'reasoning', text: '', signature })
        const call = calls[draft.at]
        if (call !== undefined) parts.push(call)
      } else if (draft.type === 'reasoning' && !signed && details !== undefined) {
        signed = true
        parts.push({ type: 'reasoning', text: draft.text, signature: details })
      } else parts.push({ type: draft.type, text: draft.text })
    }
    return signed || details === undefined ? parts : [{ type: 'reasoning', text: '', signature: details }, ...parts]
  }
}
