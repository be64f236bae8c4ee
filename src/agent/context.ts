import type { InputRef, Message, ToolMessage, Usage } from '../record/index.ts'
import type { ToolSchema } from '../model/index.ts'
import { rangesOf, type Contents, type Item, type Smaller } from './compaction/contents.ts'
import type { Conduct, Effects, ThreadSpec } from './conduct.ts'
import { sizeOf, sizeOfTools, sum, type Size } from './size.ts'

/** What a model is shown: the messages, which ones they are, and how long they are in tokens. */
export interface Shown {
  readonly messages: readonly Message[]
  readonly ref: InputRef
  readonly size: Size
}

/** One thread at work, for whoever acts in its name between turns. */
export interface Thread {
  readonly spec: ThreadSpec
  readonly schemas: readonly ToolSchema[]
  readonly context: Context
  readonly conduct: Conduct
  readonly effects: Effects
}

/**
 * What one thread's model sees next, and which journaled messages that is. Messages are numbered within their thread
 * as they enter it; a turn adds at the end and costs the same however many turns lie behind it.
 */
export class Context {
  /** The first messages (system, task): never dropped. */
  readonly #prefix: number
  #items: Item[] = []
  #messages: Message[] = []
  #count = 0
  readonly #tools: Size
  #size: Size
  /** Estimated tokens of everything, whatever a provider counted. */
  #estimate: number
  /** A provider's count of a prompt, which bounds what is left of it; messages from `before` on came later. */
  #counted: { readonly most: number; readonly before: number }
  /** The latest compaction's event, and the first number that came after it. */
  #base: { readonly seq: number; readonly from: number } | undefined

  /** @param tools text of the tools' schemas, which every prompt holds too */
  constructor(prefix: readonly Message[], tools = '') {
    this.#prefix = prefix.length
    this.#tools = sizeOfTools(tools)
    this.#size = this.#tools
    this.#estimate = this.#tools.tokens
    this.#counted = { most: this.#tools.most, before: 0 }
    for (const message of prefix) this.add(message)
  }

  /** The live array: read it, do not keep it. */
  get messages(): readonly Message[] {
    return this.#messages
  }

  /** Estimated tokens of the whole context. */
  get tokens(): number {
    return this.#size.tokens
  }

  /** Messages that ever entered: the number that the next one will have. */
  get count(): number {
    return this.#count
  }

  /** What a strategy works on. The items are live: read them, do not keep them. */
  get contents(): Contents {
    const scale = this.#estimate === 0 ? 1 : this.#size.tokens / this.#estimate
    return { prefix: this.#prefix, items: this.#items, tokens: this.#size.tokens, scale }
  }

  /** @returns the message's number */
  add(message: Message): number {
    const size = sizeOf(message)
    const number = this.#count++
    this.#items.push({ message, number, size })
    this.#messages.push(message)
    this.#size = sum(this.#size, size)
    this.#estimate += size.tokens
    return number
  }

  /** Once a provider has counted a prompt, its count replaces our estimate. */
  counted(usage: Usage): void {
    if (usage.input === undefined || usage.output === undefined) return
    const tokens = usage.input + usage.output
    this.#size = { tokens, most: tokens }
    this.#counted = { most: tokens, before: this.#count }
  }

  /** The whole context. */
  whole(): Shown {
    return { messages: this.#messages, ref: this.ref(), size: this.#size }
  }

  /** The whole context as a reference. */
  ref(): InputRef {
    if (this.#base === undefined) return { ranges: this.#count === 0 ? [] : [[0, this.#count]] }
    const { seq, from } = this.#base
    return { base: seq, ranges: from === this.#count ? [] : [[from, this.#count]] }
  }

  /**
   * Only the rules and what came last: the latest results, shown as user messages since the calls they answer are not
   * shown. For agents without memory, whose every decision is taken from the latest observation alone.
   */
  latest(): Shown {
    if (this.#count === this.#prefix) return this.whole()
    let first = this.#messages.length - 1
    while (this.#messages[first]?.role === 'tool' && this.#messages[first - 1]?.role === 'tool') first--
    const rules = this.#messages.slice(0, this.#prefix).filter((message) => message.role === 'system')
    const latest = this.#messages.slice(first)
    const messages = [...rules, ...latest.map((message) => (message.role === 'tool' ? asUser(message) : message))]
    const range = [this.#count - latest.length, this.#count] as const
    return {
      messages,
      ref: { ranges: rules.length === 0 ? [range] : [[0, rules.length], range] },
      size: messages.reduce((size, message) => sum(size, sizeOf(message)), this.#tools),
    }
  }

  /**
   * Shows what a strategy left from here on, with what stands in place of the rest behind the prefix.
   *
   * @param seq the number of the event that will tell of it
   * @param entered a message that enters the thread with this
   * @returns what is shown now, as numbers of messages in that order
   */
  become(smaller: Smaller, seq: number, entered?: Message): InputRef['ranges'] {
    const added = entered === undefined ? [] : [{ message: entered, number: this.#count++, size: sizeOf(entered) }]
    const { scale } = this.contents
    const items = [...smaller.items.slice(0, this.#prefix), ...added, ...smaller.items.slice(this.#prefix)]
    this.#items = items
    this.#messages = items.map(({ message }) => message)
    this.#estimate = items.reduce((tokens, { size }) => tokens + size.tokens, this.#tools.tokens)
    const { most, before } = this.#counted
    this.#size = {
      tokens: Math.ceil(scale * this.#estimate),
      most: items.reduce((bytes, { number, size }) => bytes + (number < before ? 0 : size.most), most),
    }
    this.#base = { seq, from: this.#count }
    return rangesOf(items)
  }
}

/** What a thread's model is shown next. */
export function shownTo({ scaffold }: ThreadSpec, context: Context): Shown {
  return scaffold.context === 'latest' ? context.latest() : context.whole()
}

function asUser({ text }: ToolMessage): Message {
  return { role: 'user', text }
}
