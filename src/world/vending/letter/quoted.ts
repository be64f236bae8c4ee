// What somebody else wrote, or the writer wrote before, is carried along in a letter and says nothing of what is wanted now.

const FORWARDED = /^\s*(?:-{2,}\s*)?(?:original message|forwarded message|begin forwarded message)\b/i
const WROTE = /\b(?:wrote|writes|schrieb|écrit|escribió)\s*:\s*$/i
const MARK = /^\s*>/

/** The lines that the writer wrote for this letter: without quoted lines, forwarded mail and the signature's mark. */
export function ownWords(text: string): string {
  const lines = text.split('\n')
  const own: string[] = []
  for (const [place, line] of lines.entries()) {
    if (FORWARDED.test(line)) break
    if (MARK.test(line) || /^\s*-- ?$/.test(line)) continue
    if (WROTE.test(line)) {
      const next = lines.slice(place + 1).find((other) => other.trim() !== '')
      if (next === undefined || MARK.test(next)) continue
      // An answer under a quotation without marks cannot be told from it, so nothing below counts.
      break
    }
    own.push(line)
  }
  return own.join('\n')
}

/** Longer passages in quotation marks are somebody's words too; short ones may be a name. */
export function withoutSpeech(text: string): string {
  return text.replace(/"[^"\n]{25,400}"/g, ' , ')
}
