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
  readonly #tools: Size
  #size: Size
  /** True once a provider has counted a prompt that held all but the latest messages. */
  #isCounted = false

  /** @param tools text of the tools' schemas, which every prompt holds too */
  constructor(prefix: readonly Message[], tools = '') {
    this.#prefix = prefix.length
    this.#firstKept = prefix.length
    this.#tools = {
      tokens: Math.ceil(tools.length / CHARACTERS_PER_TOKEN),
      most: Buffer.byteLength(tools) + PROVIDERS_OWN_WORDS,
    }
    this.#size = this.#tools
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

  /** Messages that ever entered. */
  get count(): number {
    return this.#count
  }

  add(message: Message): void {
    this.#messages.push(message)
    this.#count++
    this.#size = sum(this.#size, sizeOf(message))
  }

  /** Once a provider has counted a prompt, its count replaces our estimate. */
  counted(usage: Usage): void {
    if (usage.input === undefined || usage.output === undefined) return
    const tokens = usage.input + usage.output
    this.#size = { tokens, most: tokens }
    this.#isCounted = true
  }

  /** The whole context. */
  whole(): Shown {
    return { messages: this.#messages, ref: this.ref(), size: this.#size }
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
    return { ranges }
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
    const range: Range = [this.#count - latest.length, this.#count]
    return {
      messages,
      ref: { ranges: rules.length === 0 ? [range] : [[0, rules.length], range] },
      size: messages.reduce((size, message) => sum(size, sizeOf(message)), this.#tools),
    }
  }

  /**
   * Drops the oldest turns behind the prefix until the estimate is at most `target` tokens. A turn goes as a whole, so
   * a tool call and its results stay together; the latest turn always stays.
   */
  trim(target: number): { readonly dropped: Range; readonly tokensBefore: number } | undefined {
    const before = this.#size.tokens
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
    // A count still bounds what is left of what it counted; bytes that nobody counted are added up again.
    const most = this.#isCounted
      ? this.#size.most
      : this.#messages.reduce((bytes, message) => bytes + sizeOf(message).most, this.#tools.most)
    this.#size = { tokens: Math.max(0, tokens), most }
    return { dropped, tokensBefore: before }
  }
}

/** What a model is shown: the messages, which ones they are, and how long they are in tokens. */
export interface Shown {
  readonly messages: readonly Message[]
  readonly ref: InputRef
  readonly size: Size
}

/** `tokens` is an estimate; `most` bounds it from above, for setting money aside. */
export interface Size {
  readonly tokens: number
  readonly most: number
}

function sum(a: Size, b: Size): Size {
  return { tokens: a.tokens + b.tokens, most: a.most + b.most }
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
/** What the marks round a message cost at most; a call's id counts as part of them. */
const MOST_PER_MESSAGE = 64
/** Tokens that providers add to a prompt of their own accord, for tools above all; the most we know of is about 700. */
const PROVIDERS_OWN_WORDS = 1000

export function estimateTokens(message: Message): number {
  return sizeOf(message).tokens
}

/** No tokenizer makes more than one token of a byte. */
function sizeOf(message: Message): Size {
  let characters = 0
  let bytes = 0
  const add = (text: string): void => {
    characters += text.length
    bytes += Buffer.byteLength(text)
  }
  let marks = MOST_PER_MESSAGE
  if (message.role === 'assistant') {
    for (const part of message.parts) {
      marks += MOST_PER_MESSAGE
      if (part.type === 'tool-call') {
        add(part.name)
        add(part.arguments)
      } else add(part.text)
    }
  } else add(message.text)
  return { tokens: TOKENS_PER_MESSAGE + Math.ceil(characters / CHARACTERS_PER_TOKEN), most: marks + bytes }
}
