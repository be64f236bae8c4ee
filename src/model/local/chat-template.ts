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

/** The template that the weights bring, or undefined for a base model. */
export function chatTemplateOf(model: LlamaModel, library: Library): ChatTemplate | undefined {
  const source: unknown = model.fileInfo.metadata.tokenizer.chat_template
  if (typeof source !== 'string' || source === '') return undefined
  return chatMl(source, model) ?? wrapped(model, library)
}

const head =
  "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n"
const tail =
  "<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"

/**
 * ChatML with a default system message, token for token as its template writes it: the library's own wrapper would
 * leave the default out and begin with a second start token.
 */
function chatMl(source: string, model: LlamaModel): ChatTemplate | undefined {
  if (!source.startsWith(head) || !source.endsWith(tail)) return undefined
  const byDefault: Turn = { role: 'system', text: source.slice(head.length, -tail.length) }
  const start = model.tokenize('<|im_start|>', true)
  const end = [...model.tokenize('<|im_end|>', true), ...model.tokenize('\n')]
  const open = (role: string, text: string): Token[] => [...start, ...model.tokenize(`${role}\n${text}`)]
  return {
    name: 'chatml',
    render({ turns, prefill }) {
      const all = turns[0]?.role === 'system' ? turns : [byDefault, ...turns]
      const closed = all.flatMap((turn) => open(turn.role, turn.text).concat(end))
      return { tokens: [...closed, ...open('assistant', prefill)], ends: [], stops: [] }
    },
  }
}

/** Whatever node-llama-cpp finds for the model: one of its own wrappers, or the weights' Jinja template. */
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
