import type { Usage } from '../../record/index.ts'
import type { TokenLogprob } from '../model.ts'
import { isObject, list, object, text, type Wire } from './guards.ts'
import { logprobsFrom } from './logprobs.ts'
import type { Quirks } from './quirks.ts'
import { fragmentFrom, type Fragment } from './tool-calls.ts'
import { usageFrom } from './usage.ts'

/** What one event, or one whole reply, adds to the answer. */
export type Move =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'details'; readonly entries: readonly unknown[] }
  | { readonly type: 'tool-call'; readonly fragment: Fragment }
  | { readonly type: 'logprobs'; readonly tokens: readonly TokenLogprob[] }
  | { readonly type: 'finish'; readonly reason: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'id'; readonly name: string; readonly value: string }
  | { readonly type: 'error'; readonly error: unknown }

/** Fields that name the reply for a support desk. `model` is kept apart as the snapshot. */
const idFields = ['id', 'model', 'system_fingerprint', 'provider', 'service_tier'] as const

/**
 * Reads one chunk of a stream or one whole reply (they differ in `delta` and `message`), chat or plain completion.
 * Says undefined where nothing in it can be recognised.
 */
export function readChunk(wire: unknown, output: Quirks['output'] = 'completion_tokens'): readonly Move[] | undefined {
  if (!isObject(wire)) return undefined
  const error = wire['error'] ?? (wire['object'] === 'error' ? wire : undefined)
  if (error !== undefined && error !== null) return [{ type: 'error', error }]
  const moves: Move[] = []
  for (const name of idFields) {
    const value = text(wire[name])
    if (value !== undefined) moves.push({ type: 'id', name, value })
  }
  const choices = wire['choices']
  if (Array.isArray(choices)) {
    // Only one answer is ever asked for; others would be other answers.
    for (const choice of choices) if (isObject(choice) && (choice['index'] ?? 0) === 0) readChoice(choice, moves)
  }
  const usage = usageFrom(wire['usage'], output) ?? usageFrom(object(wire['x_groq'])?.['usage'], output)
  if (usage !== undefined) moves.push({ type: 'usage', usage })
  return Array.isArray(choices) || usage !== undefined ? moves : undefined
}

function readChoice(choice: Wire, moves: Move[]): void {
  const delta = object(choice['delta'])
  const spoken = delta ?? object(choice['message'])
  if (spoken !== undefined) readSpoken(spoken, delta === undefined, moves)
  const plain = text(choice['text'])
  if (plain !== undefined) moves.push({ type: 'text', text: plain })
  const tokens = logprobsFrom(choice['logprobs'])
  if (tokens.length > 0) moves.push({ type: 'logprobs', tokens })
  if (isObject(choice['error'])) moves.push({ type: 'error', error: choice['error'] })
  const reason = text(choice['finish_reason'])
  if (reason !== undefined) moves.push({ type: 'finish', reason })
}

function readSpoken(spoken: Wire, whole: boolean, moves: Move[]): void {
  // Gateways write the same thought under both names.
  const thought = text(spoken['reasoning_content']) ?? text(spoken['reasoning'])
  if (thought !== undefined) moves.push({ type: 'reasoning', text: thought })
  const details = list(spoken['reasoning_details'])
  if (details.length > 0) moves.push({ type: 'details', entries: details })
  readContent(spoken['content'], moves)
  const refusal = text(spoken['refusal'])
  if (refusal !== undefined) moves.push({ type: 'text', text: refusal })
  const calls = list(spoken['tool_calls']).filter(isObject)
  // Before there were lists of calls there was one, without an id.
  const old = calls.length === 0 ? object(spoken['function_call']) : undefined
  for (const call of old === undefined ? calls : [{ index: 0, function: old }]) {
    moves.push({ type: 'tool-call', fragment: fragmentFrom(call, whole) })
  }
}

/** Content is text, or a list of text and thinking blocks (Mistral). */
function readContent(content: unknown, moves: Move[]): void {
  if (typeof content === 'string') {
    if (content !== '') moves.push({ type: 'text', text: content })
    return
  }
  for (const block of list(content).filter(isObject)) {
    const said = text(block['text'])
    if (said !== undefined) moves.push({ type: 'text', text: said })
    for (const thought of list(block['thinking']).filter(isObject)) {
      const thinking = text(thought['text'])
      if (thinking !== undefined) moves.push({ type: 'reasoning', text: thinking })
    }
  }
}
