import { AssayError } from '../assay-error.ts'

/** Levels that a cell may be nested: beyond some thousands the database's own reader breaks the process. */
const DEEPEST = 100

const [LF, QUOTE, BACKSLASH] = [10, 34, 92]
const OPEN = new Set([91, 123])
const CLOSE = new Set([93, 125])

/** Walks the bytes of JSON text, part by part, and refuses what is nested too deep. */
export class DepthMeter {
  #depth = 0
  #line = 1
  #state: 'outside' | 'text' | 'escaped' = 'outside'
  readonly #shown: string

  constructor(shown: string) {
    this.#shown = shown
  }

  /** @throws AssayError `rows/unreadable`, naming the line */
  part(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] ?? 0
      if (byte === LF) this.#line += 1
      if (this.#state === 'escaped') this.#state = 'text'
      else if (this.#state === 'text') {
        if (byte === QUOTE) this.#state = 'outside'
        else if (byte === BACKSLASH) this.#state = 'escaped'
      } else if (byte === QUOTE) this.#state = 'text'
      else if (OPEN.has(byte)) this.#open()
      else if (CLOSE.has(byte)) this.#depth -= 1
    }
  }

  #open(): void {
    this.#depth += 1
    if (this.#depth > DEEPEST)
      throw new AssayError(
        'rows/unreadable',
        `${this.#shown}, line ${this.#line}: nested more than ${DEEPEST} levels deep. Leave that column out.`,
      )
  }
}
