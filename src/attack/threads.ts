import type { InputRef, Message } from '../record/index.ts'

/**
 * Numbers of the messages of each thread of an attack. A message that stands in a thread already is referred to, not
 * written again; the last one of a question always is, since it marks that the question was about to leave.
 */
export class Threads {
  readonly #known = new Map<string, Map<string, { readonly at: number; readonly message: Message }>>()
  readonly #counts = new Map<string, number>()

  /** Which of a question's messages must be written: those that are new, and the last. */
  fresh(thread: string, messages: readonly Message[]): readonly Message[] {
    const known = this.#known.get(thread)
    const rest = messages.slice(0, -1).filter((message) => known?.has(keyOf(message)) !== true)
    return [...rest, ...messages.slice(-1)]
  }

  /** @param clean the message as it was written, secrets out: what the model is shown */
  add(thread: string, message: Message, clean: Message): void {
    const at = this.#counts.get(thread) ?? 0
    this.#counts.set(thread, at + 1)
    const known = this.#known.get(thread) ?? new Map<string, { readonly at: number; readonly message: Message }>()
    this.#known.set(thread, known)
    known.set(keyOf(message), { at, message: clean })
  }

  shown(thread: string, messages: readonly Message[]): readonly Message[] {
    const known = this.#known.get(thread)
    return messages.map((message) => known?.get(keyOf(message))?.message ?? message)
  }

  ref(thread: string, messages: readonly Message[]): InputRef {
    const known = this.#known.get(thread)
    const ranges: [number, number][] = []
    for (const message of messages) {
      const at = known?.get(keyOf(message))?.at ?? 0
      const last = ranges.at(-1)
      if (last?.[1] === at) last[1] = at + 1
      else ranges.push([at, at + 1])
    }
    return { ranges }
  }
}

/** What a message says, without reasoning and calls. */
export function wordsOf(message: Message): string {
  if (message.role !== 'assistant') return message.text
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}

function keyOf(message: Message): string {
  return `${message.role} ${wordsOf(message)}`
}
