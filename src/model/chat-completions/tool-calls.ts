import type { Delta } from '../model.ts'
import { object, text, whole, type Wire } from './guards.ts'

/** One piece of a tool call, as one stream event brings it. */
export interface Fragment {
  readonly index?: number
  readonly id?: string
  readonly name?: string
  readonly arguments: string
  /** What Gemini wants back with the call. */
  readonly signature?: string
}

/** Arguments are text; servers that send an object mean its JSON. */
export function fragmentFrom(wire: Wire): Fragment {
  const called = object(wire['function']) ?? wire
  const index = whole(wire['index'])
  const id = text(wire['id'])
  const name = text(called['name'])
  const signature = text(object(object(wire['extra_content'])?.['google'])?.['thought_signature'])
  const written = called['arguments']
  return {
    ...(index === undefined ? {} : { index }),
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    arguments: typeof written === 'string' ? written : object(written) === undefined ? '' : JSON.stringify(written),
    ...(signature === undefined ? {} : { signature }),
  }
}

export interface CallInProgress {
  readonly wireIndex: number | undefined
  id: string
  name: string
  arguments: string
  signature?: string
}

/**
 * Puts the pieces of parallel calls together.
 *
 * A piece belongs to the call of its index. Servers also send no index at all, or 0 for every call: then a new id
 * opens the next call, or without ids a name after a call that is named (and, with an index, whole); anything else
 * continues the last.
 */
export class ToolCalls {
  readonly calls: CallInProgress[] = []

  /** Adds a piece; says at which place it landed and whether it opened a call. */
  add(fragment: Fragment): { readonly at: number; readonly opened: boolean; readonly delta: Delta } {
    const found = this.#find(fragment)
    const at = found ?? this.calls.length
    const call = this.calls[at] ?? this.#open(fragment.index)
    if (call.id === '' && fragment.id !== undefined) call.id = fragment.id
    // Some servers repeat the name with every piece, some send it in pieces.
    if (fragment.name !== undefined && fragment.name !== call.name) call.name += fragment.name
    call.arguments += fragment.arguments
    if (fragment.signature !== undefined) call.signature = fragment.signature
    const delta: Delta = {
      type: 'tool-call',
      index: at,
      ...(found === undefined && call.id !== '' ? { id: call.id } : {}),
      ...(fragment.name === undefined ? {} : { name: fragment.name }),
      arguments: fragment.arguments,
    }
    return { at, opened: found === undefined, delta }
  }

  #find(fragment: Fragment): number | undefined {
    const last = this.calls.length - 1
    const at = fragment.index === undefined ? last : this.calls.findLastIndex((c) => c.wireIndex === fragment.index)
    const call = this.calls[at]
    if (call === undefined) return undefined
    if (fragment.id !== undefined && call.id !== '' && fragment.id !== call.id) return undefined
    const named = fragment.name !== undefined && call.name !== '' && fragment.id === undefined
    if (named && (fragment.index === undefined || complete(call.arguments))) return undefined
    return at
  }

  #open(wireIndex: number | undefined): CallInProgress {
    const call: CallInProgress = { wireIndex, id: '', name: '', arguments: '' }
    this.calls.push(call)
    return call
  }
}

function complete(text: string): boolean {
  if (!text.endsWith('}')) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
