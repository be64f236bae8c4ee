import { harmless } from '../../src/cli/harmless.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** A terminal that keeps what is written to it. */
export interface RecordedTerminal extends Terminal {
  readonly printed: readonly string[]
  readonly noted: readonly string[]
  readonly documents: readonly unknown[]
}

export function recorded(change: Partial<Terminal> = {}): RecordedTerminal {
  const [printed, noted, documents]: [string[], string[], unknown[]] = [[], [], []]
  return {
    json: false,
    live: false,
    width: 100,
    print: (text) => void printed.push(harmless(text)),
    quote: (text) => void printed.push(harmless(text)),
    piece: (text) => void printed.push(harmless(text)),
    file: (text) => void printed.push(text),
    note: (text) => void noted.push(harmless(text)),
    document: (value) => void documents.push(value),
    style: (_, text) => text,
    printed,
    noted,
    documents,
    ...change,
  }
}
