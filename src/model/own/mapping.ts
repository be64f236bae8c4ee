import { isObject, type Json, type Message } from '../../record/index.ts'
import type { Request } from '../model.ts'

/** What can be filled in of a question. */
export interface Said {
  /** The user's last words. */
  readonly prompt: string
  readonly system: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

export function saidIn({ messages }: Request): Said {
  const last = messages.findLast((message) => message.role === 'user')
  return {
    prompt: last?.role === 'user' ? last.text : '',
    system: messages.flatMap((message) => (message.role === 'system' ? [message.text] : [])).join('\n\n'),
    messages: messages.map((message) => ({ role: message.role, content: contentOf(message) })),
  }
}

function contentOf(message: Message): string {
  return message.role === 'assistant'
    ? message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
    : message.text
}

const HOLE = /\{\{\s*(prompt|system|messages)\s*\}\}/g

/** A text with what was said in the place of `{{prompt}}`, `{{system}}` and `{{messages}}`. */
export function filledText(text: string, said: Said): string {
  return text.replaceAll(HOLE, (_, name: keyof Said) =>
    name === 'messages' ? JSON.stringify(said.messages) : said[name],
  )
}

/** The same in all texts of a JSON value; a text that is `{{messages}}` alone becomes the list. */
export function filledJson(value: Json, said: Said): Json {
  if (typeof value === 'string')
    return /^\{\{\s*messages\s*\}\}$/.test(value) ? said.messages.map((each) => ({ ...each })) : filledText(value, said)
  if (Array.isArray(value)) return value.map((each: Json) => filledJson(each, said))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledJson(each, said)]))
}

/** An answer, or why there is none in what came. */
export type Mapped = { readonly answer: string } | { readonly why: string }

/** The answer in what came back: all of it, or a text, number or truth value at a place of its JSON. */
export function answerIn(text: string, at: string | undefined): Mapped {
  if (/^\s*<(?:!doctype|html|head|body)\b/i.test(text)) return { why: 'it answered with a web page (HTML)' }
  if (at === undefined) return { answer: text.replace(/\r?\n$/, '') }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { why: `its reply is not JSON, which answer: "${at}" needs (${start(text)})` }
  }
  for (const name of at.split('.'))
    value = isObject(value) || Array.isArray(value) ? Reflect.get(value, name) : undefined
  if (typeof value === 'string') return { answer: value }
  if (typeof value === 'number' || typeof value === 'boolean') return { answer: String(value) }
  return { why: `its reply has no text at ${at} (${start(text)})` }
}

function start(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line === '' ? 'it is empty' : `it begins ${JSON.stringify(line.slice(0, 80))}`
}
