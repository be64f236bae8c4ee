import { readChunk, type Move } from './moves.ts'
import type { Quirks } from './quirks.ts'

/**
 * What all events of a run of tokens have in common: everything but one JSON string. `before` ends with the string's
 * opening quote, `after` starts with its closing one and ends with the event's blank line.
 */
export interface ShortCut {
  readonly type: 'text' | 'reasoning'
  readonly before: string
  readonly after: string
}

/**
 * Learns the short cut from one event that was read the ordinary way.
 *
 * It is exact, not a guess: the event is read once more with another text in the string's place, and the short cut
 * holds only if the reading then differs in that text alone. So any later event with the same bytes around a JSON
 * string means the same with that string's value.
 *
 * @param data the event's data, one line
 * @param moves what it was read as
 */
export function learn(data: string, moves: readonly Move[], output: Quirks['output']): ShortCut | undefined {
  const said = moves.filter((move) => move.type !== 'id')
  const [only] = said
  if (
    data.includes('\n') ||
    said.length !== 1 ||
    only === undefined ||
    (only.type !== 'text' && only.type !== 'reasoning')
  )
    return undefined
  const stand = only.text === 'one' ? 'two' : 'one'
  const written = JSON.stringify(only.text)
  const open = data.indexOf(written)
  if (open === -1) return undefined
  const before = data.slice(0, open + 1)
  const after = data.slice(open + written.length - 1)
  const again = read(`${before}${stand}${after}`, output)
  const expected = moves.map((move) => (move === only ? { ...move, text: stand } : move))
  if (JSON.stringify(again) !== JSON.stringify(expected)) return undefined
  return { type: only.type, before: `data: ${before}`, after: `${after}\n\n` }
}

function read(data: string, output: Quirks['output']): readonly Move[] | undefined {
  try {
    return readChunk(JSON.parse(data), output)
  } catch {
    return undefined
  }
}

const quote = 34
const backslash = 92

/**
 * Where the JSON string that starts at `from` ends (the place of its closing quote), or -1 if it does not end well.
 */
export function stringEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === quote) return i
    if (code === backslash) i++
    else if (code < 32) return -1
  }
  return -1
}
