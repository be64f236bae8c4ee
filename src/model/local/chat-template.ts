import type { ChatHistoryItem, LlamaModel, Token } from 'node-llama-cpp'
import type { ChatPrompt, Turn } from './prompt.ts'

/** How a model wants a chat to be written. */
export interface ChatTemplate {
  readonly name: string
  render(chat: ChatPrompt): Rendered
}

/** A chat whose last turn, the assistant's, is open; and what ends that turn beside the model's own end tokens. */
export interface Rendered {
  readonly tokens: Token[]
  readonly ends: readonly (readonly Token[])[]
  readonly stops: readonly string[]
  /** Tokens at the start that later prompts share; absent where nobody says. */
  readonly anchor?: number
}

type Library = Pick<typeof import('node-llama-cpp'), 'resolveChatWrapper'>

/**
 * The template that the weights bring, or undefined for a base model. It is written by what node-llama-cpp finds for
 * the model: one of its own wrappers (ChatML for SmolLM2), or the weights' Jinja template.
 *
 * A default system message of a template is left out where the wrapper leaves it out: a chat without a system message
 * has none. (SmolLM2 at 4 bits finds the capital of France without its default message, and loses it with it.)
 */
export function chatTemplateOf(model: LlamaModel, library: Library): ChatTemplate | undefined {
  const source: unknown = model.fileInfo.metadata.tokenizer.chat_template
  if (typeof source !== 'string' || source === '') return undefined
  return wrapped(model, library)
}

function wrapped(model: LlamaModel, library: Library): ChatTemplate {
  const wrapper = library.resolveChatWrapper(model)
  return {
    name: `node-llama-cpp/${wrapper.wrapperName}`,
    render({ turns, prefill }) {
      const chatHistory = [
        ...turns.map(historyItem),
        { type: 'model' as const, response: prefill === '' ? [] : [prefill] },
      ]
      const state = wrapper.generateContextState({ chatHistory })
      const tokens = state.contextText.tokenize(model.tokenizer)
      // Wrappers always write a start token; some models were trained without.
      if (!model.tokens.shouldPrependBosToken && tokens[0] === model.tokens.bos) tokens.shift()
      const triggers = state.stopGenerationTriggers
      const isPlain = (text: (typeof triggers)[number]): boolean =>
        text.values.every((value) => typeof value === 'string')
      return {
        tokens,
        ends: triggers.filter((text) => !isPlain(text)).map((text) => text.tokenize(model.tokenizer)),
        stops: triggers.filter(isPlain).map(String),
      }
    },
  }
}

function historyItem(turn: Turn): ChatHistoryItem {
  return turn.role === 'assistant' ? { type: 'model', response: [turn.text] } : { type: turn.role, text: turn.text }
}
