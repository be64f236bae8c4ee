const quote = 34
const backslash = 92

/** Text that arrives in pieces and may be one JSON object or list. Each character is looked at once. */
class Pieces {
  text = ''
  /** It is JSON from its first brace to its last: nothing can be added that would still be JSON. */
  whole = false
  #depth = 0
  #quoted = false
  #escaped = false

  add(piece: string): void {
    this.text += piece
    let closed = false
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i)
      if (this.#escaped) this.#escaped = false
      else if (code === backslash) this.#escaped = this.#quoted
      else if (code === quote) this.#quoted = !this.#quoted
      else if (this.#quoted) continue
      else if (code === 91 || code === 123) this.#depth++
      else if (code === 93 || code === 125) closed = --this.#depth === 0
    }
    if (!closed) return
    this.whole = parses(this.text)
    // What is closed and no JSON never will be; looking again at every bracket would take the square of the time.
    if (!this.whole) this.#depth = Number.NaN
  }
}

/**
 * The arguments of one call. Servers send them in pieces to be joined, or each time all that is written so far, or all of
 * them once more at the end. Joined pieces that are JSON are right whatever they look like; otherwise a piece that begins
 * with all so far takes its place.
 */
export class Written {
  #joined = new Pieces()
  #grown = this.#joined

  get text(): string {
    return this.#joined.whole ? this.#joined.text : this.#grown.text
  }

  get whole(): boolean {
    return this.#joined.whole || this.#grown.whole
  }

  /** Whether a piece holds nothing new. */
  repeats(piece: string): boolean {
    return piece.trim() === '' || piece === this.text
  }

  /** @returns what is new in the piece */
  add(piece: string): string {
    const before = this.#grown.text
    if (before === '' || piece.length < before.length || !piece.startsWith(before)) {
      this.#grown.add(piece)
      if (this.#joined !== this.#grown) this.#joined.add(piece)
      return piece
    }
    this.#joined.add(piece)
    this.#grown = new Pieces()
    this.#grown.add(piece)
    return piece.slice(before.length)
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
