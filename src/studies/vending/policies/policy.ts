import type { ToolSchema } from '../../../model/index.ts'
import type { Message, Part, Random } from '../../../record/index.ts'

/**
 * A planted shopkeeper: what it says next, given what an agent sees. Pure; looks at the last turn only, so a turn costs
 * the same after a year as on the first day. What it must remember it writes into its own message and reads back from
 * there (see `notes.ts`), so a trial that is resumed in the middle goes on as if nothing had happened.
 */
export type Policy = (messages: readonly Message[], tools: readonly ToolSchema[], random: Random) => Part[]

/** An act to be called. */
export interface Call {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Calls as parts of a message. Ids come from the random numbers, so that two turns do not share one. */
export function calling(calls: readonly Call[], random: Random): Part[] {
  const turn = Math.floor(random() * 2 ** 32).toString(36)
  return calls.map(({ name, input }, index) => ({
    type: 'tool-call',
    id: `${turn}-${index}`,
    name,
    arguments: JSON.stringify(input),
  }))
}

/** What the agent sees of its last turn. */
export interface LastTurn {
  /** Its own words. */
  readonly said: string
  /** The results of its calls, in order; before its first turn the opening stands here alone. */
  readonly results: readonly { readonly name: string; readonly text: string }[]
}

export function lastTurn(messages: readonly Message[]): LastTurn {
  const results: { readonly name: string; readonly text: string }[] = []
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message = messages[at]
    if (message === undefined || message.role === 'system') break
    if (message.role === 'assistant') return { said: spoken(message.parts), results: results.toReversed() }
    results.push({ name: message.role === 'tool' ? message.name : 'opening', text: message.text })
    if (message.role === 'user') break
  }
  return { said: '', results: results.toReversed() }
}

function spoken(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

export function hasTool(tools: readonly ToolSchema[], name: string): boolean {
  return tools.some((tool) => tool.name === name)
}
