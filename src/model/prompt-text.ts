import type { Message } from '../record/index.ts'

/**
 * The bare text that a model continues under the template `completion`: what was said, in order, with nothing between,
 * so that the author of a prompt owns every character. Reasoning and tool calls have no place in it.
 */
export function promptText(messages: readonly Message[]): string {
  return messages.map(said).join('')
}

function said(message: Message): string {
  if (message.role !== 'assistant') return message.text
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
