/**
 * The one error thrown for a user's or our own mistake. What an agent, a model or a provider does wrong is never an
 * error: it is a value in the journal.
 *
 * @param code stable, `room/what`, for programs: `record/newer-format`
 * @param message one line: what is wrong, where, and what to do
 */
export class AssayError extends Error {
  readonly code: string
  readonly exit: ExitCode

  constructor(code: string, message: string, options: { readonly cause?: unknown; readonly exit?: ExitCode } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AssayError'
    this.code = code
    this.exit = options.exit ?? 2
  }
}

/** What the process answers: 1 the answer is no; 2 the request is wrong; 3 the run could not be completed. */
export type ExitCode = 1 | 2 | 3 | 130

/** What somebody else's error says, on one line. */
export function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s*\n\s*/g, ' ')
}

/** What is wrong with a YAML file, in our words, with what to do. */
export function yamlReason(cause: unknown): string {
  return YAML[codeOf(cause) ?? ''] ?? 'this is not YAML. Fix the line.'
}

const YAML: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation is wrong, or a list or map is not closed. Fix the line, or the one before it.',
  DUPLICATE_KEY: 'this key is here twice. Take one of them out.',
  MISSING_CHAR: 'a bracket, comma, colon or quote is missing. Add it.',
  BLOCK_AS_IMPLICIT_KEY: 'a value begins a map inside a line. Put the text in quotes.',
  BLOCK_IN_FLOW: 'a list in brackets is not closed. Add "]".',
  TAB_AS_INDENT: 'a tab indents this line. Use blanks.',
  TAG_RESOLVE_FAILED: 'this tag (!name) is not known. Take it out.',
  BAD_ALIAS: 'this alias (*name) is not defined. Write the value out.',
  MULTIPLE_DOCS: 'there are several documents. Keep one.',
  UNEXPECTED_TOKEN: 'this does not belong here. Put the text in quotes, or take it out.',
}

/** The system's code of an error (`ENOSPC`), where it has one. */
export function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}

/** The nearest of the names by edit distance, if it is near at all: what a message suggests instead of a misspelt one. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const wanted = text.toLowerCase()
  const scored = names
    .map((name) => ({ name, away: distance(wanted, name.toLowerCase()) }))
    .toSorted((a, b) => a.away - b.away)
  const [best] = scored
  return best !== undefined && best.away <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined
}

/** ` Did you mean vending?`, where one of the names is near; else empty. */
export function didYouMean(text: string, names: readonly string[]): string {
  const close = nearest(text, names)
  return close === undefined ? '' : ` Did you mean ${close}?`
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
