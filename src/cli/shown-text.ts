import { stripVTControlCharacters } from 'node:util'
import type { Part } from '../record/index.ts'

/** Characters of one text; the journal holds the rest. */
const LONGEST = 2000

/** What a model wrote is text: nothing in it may move the cursor, colour the terminal or turn the reading direction. */
export function shown(text: string): string {
  const clean = stripVTControlCharacters(text.toWellFormed().trimEnd()).replaceAll(/[\p{Cc}\p{Cf}]/gu, (letter) =>
    letter === '\n' ? '\n      ' : letter === '\t' ? ' ' : '\ufffd',
  )
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}… (${text.length} characters)` : clean
}

export function partText(part: Part): string {
  switch (part.type) {
    case 'text':
      return shown(part.text)
    case 'reasoning':
      return `(thinks: ${shown(part.text)})`
    case 'tool-call':
      return `→ ${shown(part.name)} ${shown(part.arguments)}`
  }
}
