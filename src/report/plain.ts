import { stripVTControlCharacters } from 'node:util'

// Control characters, direction marks and overrides, invisible separators, and code points that no text should hold.
// Joiners stay: several scripts are spelt with them.
const UNSEEN =
  // oxlint-disable-next-line no-control-regex -- taking control characters out is the point
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\u{e0000}-\u{e007f}]/gu

/**
 * Text from outside on one line, as it may be shown anywhere: no terminal sequences, no control characters, nothing that
 * changes the direction of what follows. White space becomes a blank, everything else unseen becomes U+FFFD.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text.toWellFormed()).replaceAll(/\s+/g, ' ').replaceAll(UNSEEN, '\ufffd').trim()
}

/** At most `width` characters; a text that is longer loses its middle, since both ends of a name tell it from others. */
export function shortened(text: string, width: number): string {
  const letters = Array.from(text)
  if (letters.length <= width) return text
  const kept = Math.max(0, width - 1)
  const head = Math.ceil(kept / 2)
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - head)).join('')}`
}

/** `3 trials`, `1 trial`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
