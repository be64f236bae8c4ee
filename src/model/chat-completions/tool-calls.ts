import type { Delta } from '../model.ts'
import { object, text, whole, type Wire } from './guards.ts'
import { Written } from './written.ts'

/** One piece of a tool call, as one stream event brings it, or a whole call. */
export interface Fragment {
  readonly index?: number
  readonly id?: string
  readonly name?: string
  readonly arguments: string
  /** What Gemini wants back with the call. */
  readonly signature?: string
  /** It stood in a whole message, so nothing else belongs to it. */
  readonly whole?: true
}

/**
 * Arguments are text; servers that send an object mean its JSON.
 *
 * @param inWhole whether it stood in a whole message
 */
export function fragmentFrom(wire: Wire, inWhole: boolean): Fragment {
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
    ...(inWhole ? { whole: true } : {}),
  }
}

interface CallInProgress {
  readonly wireIndex: number | undefined
  id: string
  name: string
  written: Written
  signature?: string
  /** Its head came once more after it was whole, without arguments: it ends the call, or opens another of the same id. */
  headAgain: boolean
}

/**
 * Puts the pieces of parallel calls together, by rules that hold for every order in which servers are known to send them:
 *
 * - A call of a whole message is a call of its own.
 * - A piece without a name continues the call that its id and index name, or else the last that is not whole: indexes
 *   drift, and some servers make up an id for every piece.
 * - A piece with a name opens a call, unless it repeats the head of one: by its id, or by its index where the call is not
 *   whole.
 * - Nothing is added to a call that is whole JSON; only `{}`, which some servers send before the arguments, gives way.
 */
export class ToolCalls {
  readonly calls: CallInProgress[] = []

  /** Adds a piece; says at which place it landed and whether it opened a call. */
  add(fragment: Fragment): { readonly at: number; readonly opened: boolean; readonly delta: Delta } {
    const before = fragment.whole ? undefined : this.#continued(fragment)
    const next = before?.headAgain === true && fragment.name === undefined && fragment.arguments !== ''
    const found = next ? undefined : before
    const call = found ?? this.#open(fragment.index)
    const head = next ? before : fragment
    if (call.written.whole && fragment.name !== undefined) call.headAgain = fragment.arguments === ''
    if (call.id === '' && head.id !== undefined) call.id = head.id
    const name = newIn(head.name ?? '', call.name)
    call.name += name
    if (fragment.signature !== undefined) call.signature = fragment.signature
    const at = this.calls.indexOf(call)
    const delta: Delta = {
      type: 'tool-call',
      index: at,
      ...(found === undefined && call.id !== '' ? { id: call.id } : {}),
      ...(name === '' ? {} : { name }),
      arguments: write(call, fragment.arguments),
    }
    return { at, opened: found === undefined, delta }
  }

  #continued(piece: Fragment): CallInProgress | undefined {
    if (piece.name === undefined) {
      return this.#marked(piece) ?? this.calls.findLast((call) => !call.written.whole) ?? this.calls.at(-1)
    }
    const marked = this.#marked(piece)
    if (marked !== undefined) return repeatsHead(piece, marked) ? marked : undefined
    const last = this.calls.at(-1)
    return last !== undefined && driftsFrom(piece, last) ? last : undefined
  }

  /** The call that a piece's id and index name: both, or the id, or the index. */
  #marked({ id, index, name }: Fragment): CallInProgress | undefined {
    const byIndex = (call: CallInProgress): boolean => call.wireIndex === index
    if (id !== undefined) {
      const named = this.calls.filter((call) => call.id === id)
      const marked = (index === undefined ? undefined : named.findLast(byIndex)) ?? named.at(-1)
      if (marked !== undefined) return marked
    }
    const marked =
      index !== undefined ? this.calls.findLast(byIndex) : name === undefined ? undefined : this.calls.at(-1)
    // With a name, another id is another call.
    const other = name !== undefined && id !== undefined && marked !== undefined && marked.id !== ''
    return other ? undefined : marked
  }

  #open(wireIndex: number | undefined): CallInProgress {
    const call: CallInProgress = { wireIndex, id: '', name: '', written: new Written(), headAgain: false }
    this.calls.push(call)
    return call
  }
}

/** Whether a named piece says once more what call it belongs to, rather than opening the next. */
function repeatsHead(piece: Fragment, { id, name, wireIndex, written }: CallInProgress): boolean {
  const sameId = piece.id !== undefined && piece.id === id
  const samePlace = piece.index === undefined || piece.index === wireIndex
  const begun = written.text !== ''
  if (name === '') return true
  if (written.whole) return piece.name === name && sameId && samePlace && written.repeats(piece.arguments)
  // The name itself may come in pieces.
  if (piece.name !== name) return !begun && samePlace && (sameId || piece.index !== undefined)
  return begun || piece.arguments !== '' || (samePlace && (sameId || piece.index !== undefined))
}

/** Whether a named piece continues the last call under another index: what it brings could not begin arguments. */
function driftsFrom(piece: Fragment, { name, written }: CallInProgress): boolean {
  if (piece.id !== undefined || piece.name !== name || written.whole || written.text === '') return false
  return !/^\s*($|\{)/.test(piece.arguments)
}

/** @returns what is new in the piece */
function write(call: CallInProgress, piece: string): string {
  if (!call.written.whole) return call.written.add(piece)
  if (call.written.text !== '{}' || call.written.repeats(piece)) return ''
  call.written = new Written()
  return call.written.add(piece)
}

/** What a piece adds to a name that may be repeated, repeated and longer, or continued. */
function newIn(piece: string, name: string): string {
  return piece.startsWith(name) ? piece.slice(name.length) : piece
}
