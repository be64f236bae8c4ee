import type { Event, Json } from '../record/index.ts'

// Pure: the page of an exported copy searches with this code too.

/** Events that a search names at most. */
export const MOST_HITS = 500
/** Characters on each side of what was found. */
const ROUND = 60

/** Every text of an event, in the order of the file: what is searched and what is downloaded. */
export function textsOf(event: Pick<Event, 'seq' | 'v' | 'at'>): readonly string[] {
  const texts: string[] = []
  const visit = (value: Json | object | undefined): void => {
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'number' || typeof value === 'boolean') texts.push(String(value))
    else if (Array.isArray(value)) value.forEach(visit)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
  }
  const { seq: _seq, v: _v, at: _at, ...said } = event
  visit(said)
  return texts
}

/** The first place in the texts that holds what is wanted, which is in small letters. */
export function excerptOf(texts: readonly string[], wanted: string): string | undefined {
  for (const text of texts) {
    const at = text.toLowerCase().indexOf(wanted)
    if (at !== -1) return text.slice(Math.max(0, at - ROUND), at + wanted.length + ROUND)
  }
  return undefined
}
