import type { InputRef, Message, ToolMessage, Usage } from '../record/index.ts'

type Range = readonly [from: number, to: number]

/**
 * What one thread's model sees next, and which journaled messages that is. Messages are numbered within their thread
 * as they enter it; a turn adds at the end and costs the same however many turns lie behind it.
 */
export class Context {
  /** The first messages (system, task): never dropped. */
  readonly #prefix: number
  #messages: Message[] = []
  /** Number of the message at `#messages[#prefix]`; those between the prefix and it were dropped. */
  #firstKept: number
  #count = 0
  #base: number | undefined
  #tokens = 0

  constructor(prefix: readonly Message[]) {
    this.#prefix = prefix.length
    this.#firstKept = prefix.length
    for (const message of prefix) this.add(message)
  }

  /** The live array: read it, do not keep it. */
  get messages(): readonly Message[] {
    return this.#messages
  }

  /** Estimated tokens of the whole context. */
  get tokens(): number {
    return this.#tokens
  }

  /** Messages that ever entered. */
  get count(): number {
    return this.#count
  }

  add(message: Message): void {
    this.#messages.push(message)
    this.#count++
    this.#tokens += estimateTokens(message)
  }

  /** Once a provider has counted a prompt, its count replaces our estimate. */
  counted(usage: Usage): void {
    if (usage.input !== undefined && usage.output !== undefined) this.#tokens = usage.input + usage.output
  }

  /** The whole context as a reference. */
  ref(): InputRef {
    const ranges: Range[] =
      this.#firstKept === this.#prefix
        ? [[0, this.#count]]
        : [
            [0, this.#prefix],
            [this.#firstKept, this.#count],
          ]
    return { ...(this.#base !== undefined && { base: this.#base }), ranges }
  }

  /**
   * Only the rules and what came last: the latest results, shown as user messages since the calls they answer are not
   * shown. For agents without memory, whose every decision is taken from the latest observation alone.
   */
  latest(): { readonly messages: readonly Message[]; readonly ref: InputRef } {
    if (this.#count === this.#prefix) return { messages: this.#messages, ref: this.ref() }
    let first = this.#messages.length - 1
    while (this.#messages[first]?.role === 'tool' && this.#messages[first - 1]?.role === 'tool') first--
    const rules = this.#messages.slice(0, this.#prefix).filter((message) => message.role === 'system')
    const shown = this.#messages.slice(first)
    return {
      messages: [...rules, ...shown.map((message) => (message.role === 'tool' ? asUser(message) : message))],
      ref: {
        ranges: [
          [0, rules.length],
          [this.#count - shown.length, this.#count],
        ],
      },
    }
  }

  /**
   * Drops the oldest turns behind the prefix until the estimate is at most `target` tokens. A turn goes as a whole, so
   * a tool call and its results stay together; the latest turn always stays.
   */
  trim(target: number): { readonly dropped: Range; readonly tokensBefore: number } | undefined {
    const before = this.#tokens
    let cut = this.#prefix
    let tokens = before
    for (;;) {
      const next = nextTurn(this.#messages, cut)
      if (next === undefined || tokens <= target) break
      for (const message of this.#messages.slice(cut, next)) tokens -= estimateTokens(message)
      cut = next
    }
    if (cut === this.#prefix) return undefined
    const dropped: Range = [this.#firstKept, this.#firstKept + cut - this.#prefix]
    this.#messages = [...this.#messages.slice(0, this.#prefix), ...this.#messages.slice(cut)]
    this.#firstKept = dropped[1]
    this.#tokens = Math.max(0, tokens)
    return { dropped, tokensBefore: before }
  }
}

function asUser({ text }: ToolMessage): Message {
  return { role: 'user', text }
}

/** Where the turn behind `from` starts: the next assistant or user message; undefined when `from` is the last turn. */
function nextTurn(messages: readonly Message[], from: number): number | undefined {
  for (let index = from + 1; index < messages.length; index++) {
    const role = messages[index]?.role
    if (role === 'assistant' || role === 'user') return index
  }
  return undefined
}

/** Bytes of text to a token, a round figure for English and JSON; used only until the provider has counted. */
const CHARACTERS_PER_TOKEN = 4
/** What a message costs beside its text. */
const TOKENS_PER_MESSAGE = 4

export function estimateTokens(message: Message): number {
  return TOKENS_PER_MESSAGE + Math.ceil(characters(message) / CHARACTERS_PER_TOKEN)
}

function characters(message: Message): number {
  if (message.role !== 'assistant') return message.text.length
  let sum = 0
  for (const part of message.parts)
    sum += part.type === 'tool-call' ? part.name.length + part.arguments.length : part.text.length
  return sum
}
