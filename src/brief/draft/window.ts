import type { Span } from '../source/find-quote.ts'

/** Share of a window that the one before it holds too, so that no passage is cut by every window. */
const OVERLAP = 1 / 12

/**
 * Spans that cover a text of any length, each at most `size` characters and overlapping the one before. A text that fits
 * is one window. Windows end where a paragraph ends, else a sentence, else a word, in their last quarter.
 *
 * @param size characters, at least 200
 */
export function windowsOf(text: string, size: number): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  while (from < text.length) {
    const to = from + size >= text.length ? text.length : endBefore(text, from, from + size)
    if (text.slice(from, to).trim() !== '') spans.push([from, to])
    if (to >= text.length) break
    from = beginAfter(text, to - Math.floor(size * OVERLAP), to)
  }
  return spans
}

function endBefore(text: string, from: number, most: number): number {
  const least = from + Math.floor((most - from) * 0.75)
  const tail = text.slice(least, most)
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = tail.lastIndexOf(mark)
    if (at >= 0) return least + at + mark.length
  }
  return most
}

function beginAfter(text: string, wanted: number, last: number): number {
  const stretch = text.slice(wanted, last)
  for (const mark of ['\n', '. ', ' ']) {
    const at = stretch.indexOf(mark)
    if (at >= 0 && at + mark.length < stretch.length) return wanted + at + mark.length
  }
  return wanted
}
