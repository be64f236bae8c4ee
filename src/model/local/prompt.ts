import type { AssistantMessage, Message, Part } from '../../record/index.ts'
import type { ToolSchema } from '../model.ts'
import { writeAct } from './act.ts'
import { shape } from './shape.ts'

/** One turn of a chat as a chat template knows it. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

export interface ChatPrompt {
  readonly turns: readonly Turn[]
  /** The first words of the answer, put into the model's mouth by a last message of the assistant. */
  readonly prefill: string
}

/**
 * The prompt of the `completion` template: the texts of all messages one after the other with nothing between, so that
 * the author of a prompt owns every character. What the assistant called stands as a space, the act and a newline:
 * ` {"tool":"order","amount":20}`. Reasoning is left out, and tools are not described: the prompt shows by example what
 * can be done.
 */
export function completionPrompt(messages: readonly Message[]): string {
  return messages
    .map((message) => (message.role === 'assistant' ? message.parts.map(continued).join('') : message.text))
    .join('')
}

function continued(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'tool-call':
      return ` ${writeAct(part)}\n`
    case 'reasoning':
      return ''
  }
}

/**
 * The turns of the `chat` template.
 *
 * - Tools are described at the end of the first system message (one is made if there is none), in the form of
 *   {@link describeTools}.
 * - A tool call is written as the act, on a line of its own; a tool's answer is a user turn, `order: text` or
 *   `order failed: text`; answers that follow one another share a turn.
 * - Reasoning is not shown to the model again. A last message by the assistant is continued, not closed.
 */
export function chatPrompt(messages: readonly Message[], tools: readonly ToolSchema[]): ChatPrompt {
  const last = messages.at(-1)
  const prefill = last?.role === 'assistant' ? said(last) : ''
  const shown = last?.role === 'assistant' ? messages.slice(0, -1) : messages
  const turns: Turn[] = []
  const described = tools.length === 0 ? '' : describeTools(tools)
  if (described !== '' && shown[0]?.role !== 'system') turns.push({ role: 'system', text: described })
  for (const [index, message] of shown.entries()) {
    if (message.role === 'system') {
      const text = index === 0 && described !== '' ? `${message.text}\n\n${described}` : message.text
      turns.push({ role: 'system', text })
    } else if (message.role === 'user') {
      turns.push({ role: 'user', text: message.text })
    } else if (message.role === 'assistant') {
      turns.push({ role: 'assistant', text: said(message) })
    } else {
      const text = `${message.name}${message.error === true ? ' failed' : ''}: ${message.text}`
      const before = turns.at(-1)
      if (shown[index - 1]?.role === 'tool' && before !== undefined) {
        turns[turns.length - 1] = { role: 'user', text: `${before.text}\n${text}` }
      } else {
        turns.push({ role: 'user', text })
      }
    }
  }
  return { turns, prefill }
}

/**
 * What a model is told of its tools: one line each, the act as it must be written, then what it does.
 *
 *     To act, answer with one of these lines of JSON and nothing else:
 *     {"tool":"order","amount":<integer 1 to 30>} - Buys stock.
 */
export function describeTools(tools: readonly ToolSchema[]): string {
  const lines = tools.map((tool) => {
    const inside = shape(tool.parameters).slice(1)
    const act = `{"tool":${JSON.stringify(tool.name)}${inside === '}' ? '' : ','}${inside}`
    return tool.description === '' ? act : `${act} - ${tool.description}`
  })
  return ['To act, answer with one of these lines of JSON and nothing else:', ...lines].join('\n')
}

function said(message: AssistantMessage): string {
  const texts: string[] = []
  for (const part of message.parts) {
    if (part.type === 'text') texts.push(part.text)
    if (part.type === 'tool-call') texts.push(writeAct(part))
  }
  return texts.join('\n')
}
