import type { Part } from '../record/index.ts'

/** Characters of one text; the journal holds the rest. */
const LONGEST = 2000

/** What was said, indented below the line that it begins on. */
export function shown(text: string): string {
  const part = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text
  return part.trimEnd().replaceAll(/\r?\n/g, '\n      ')
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
