import type { Message } from '../record/index.ts'

/** `tokens` is an estimate; `most` bounds it from above, for setting money aside. */
export interface Size {
  readonly tokens: number
  readonly most: number
}

/** Bytes of text to a token, a round figure for English and JSON; used only until the provider has counted. */
export const CHARACTERS_PER_TOKEN = 4
/** What a message costs beside its text. */
const TOKENS_PER_MESSAGE = 4
/** What the marks round a message cost at most; a call's id counts as part of them. */
const MOST_PER_MESSAGE = 64
/** Tokens that providers add to a prompt of their own accord, for tools above all; the most we know of is about 700. */
const PROVIDERS_OWN_WORDS = 1000

export function sum(a: Size, b: Size): Size {
  return { tokens: a.tokens + b.tokens, most: a.most + b.most }
}

/** The most tokens that a prompt of these messages can be, without tools. */
export function mostTokens(messages: readonly Message[]): number {
  return messages.reduce((size, message) => sum(size, sizeOf(message)), sizeOfTools('')).most
}

export function estimateTokens(message: Message): number {
  return sizeOf(message).tokens
}

/** What the tools' schemas take, which every prompt holds too. */
export function sizeOfTools(text: string): Size {
  return {
    tokens: Math.ceil(text.length / CHARACTERS_PER_TOKEN),
    most: Buffer.byteLength(text) + PROVIDERS_OWN_WORDS,
  }
}

/** No tokenizer makes more than one token of a byte. */
export function sizeOf(message: Message): Size {
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
