import { AssayError } from '../assay-error.ts'

/** What the shape of a delimited file is, told from its bytes. */
export interface CsvShape {
  /** Rows that have as many fields as the header. */
  readonly rows: number
  /** Rows that have more or fewer fields: they cannot be read. The first few, and how many. */
  readonly ragged: { readonly count: number; readonly first: readonly RaggedRow[] }
  /** Every row stands on one line, and no line is empty. */
  readonly plain: boolean
}

export interface RaggedRow {
  readonly line: number
  readonly fields: number
}

/** One record of the file: where it starts, how many fields it has, whether it is an empty line. */
export interface CsvRecord {
  readonly line: number
  readonly fields: number
  readonly blank: boolean
}

const [LF, CR, QUOTE] = [10, 13, 34]
const TOLD = 5

/** Walks the records of delimited text, part by part; quotes as RFC 4180 has them. */
export class CsvWalker {
  #state: 'field' | 'plain' | 'quoted' | 'quote' = 'field'
  #line = 1
  #start = 1
  #fields = 1
  #blank = true
  #afterCr = false
  #quoteLine = 0
  readonly #delimiter: number
  readonly #each: (record: CsvRecord) => void
  /** How many records end in each way, with the first line that does. */
  readonly ends: Map<string, { count: number; line: number }> = new Map()

  constructor(delimiter: string, each: (record: CsvRecord) => void) {
    this.#delimiter = delimiter.charCodeAt(0)
    this.#each = each
  }

  part(bytes: Uint8Array): void {
    const delimiter = this.#delimiter
    for (let i = 0; i < bytes.length; i += 1) {
      let byte = bytes[i] ?? 0
      // Most bytes are inside a plain field and change nothing.
      if (this.#state === 'plain' && !this.#afterCr) {
        while (byte !== delimiter && byte !== LF && byte !== CR) {
          i += 1
          if (i >= bytes.length) return
          byte = bytes[i] ?? 0
        }
      }
      this.#step(byte)
    }
  }

  #step(byte: number): void {
    if (this.#afterCr) {
      this.#afterCr = false
      this.#end(byte === LF ? 'CRLF' : 'CR')
      if (byte === LF) return
    }
    if (this.#state === 'quoted') {
      if (byte === QUOTE) this.#state = 'quote'
      else if (byte === LF) this.#line += 1
      return
    }
    if (byte === LF) this.#end('LF')
    else if (byte === CR) this.#afterCr = true
    else if (byte === this.#delimiter) {
      this.#fields += 1
      this.#blank = false
      this.#state = 'field'
    } else if (byte === QUOTE && this.#state !== 'plain') {
      if (this.#state === 'field') this.#quoteLine = this.#line
      this.#state = 'quoted'
      this.#blank = false
    } else {
      this.#state = 'plain'
      this.#blank = false
    }
  }

  /** @returns the line on which a quote was opened and never closed, if one was */
  finish(): number | undefined {
    if (this.#afterCr) this.#end('CR')
    if (this.#state === 'quoted') return this.#quoteLine
    if (!this.#blank) this.#record()
    return undefined
  }

  #end(how: string): void {
    const seen = this.ends.get(how)
    if (seen === undefined) this.ends.set(how, { count: 1, line: this.#line })
    else seen.count += 1
    this.#record()
    this.#line += 1
    this.#start = this.#line
    this.#fields = 1
    this.#blank = true
    this.#state = 'field'
  }

  #record(): void {
    this.#each({ line: this.#start, fields: this.#fields, blank: this.#blank })
  }
}

/** Counts what a {@link CsvWalker} walks past, for a header that is known. */
export class CsvTally {
  rows = 0
  #ragged = 0
  #records = 0
  #plain = true
  #seenHeader = false
  readonly #first: RaggedRow[] = []
  readonly walker: CsvWalker

  constructor(header: readonly string[], delimiter: string) {
    this.walker = new CsvWalker(delimiter, ({ line, fields, blank }) => {
      this.#records += 1
      if (line !== this.#records || blank) this.#plain = false
      if (blank) return
      if (!this.#seenHeader) this.#seenHeader = true
      else if (fields === header.length) this.rows += 1
      else {
        this.#ragged += 1
        if (this.#first.length < TOLD) this.#first.push({ line, fields })
      }
    })
  }

  /** @throws AssayError `rows/open-quote`, `rows/mixed-line-ends` */
  shape(shown: string): CsvShape {
    const open = this.walker.finish()
    if (open !== undefined)
      throw new AssayError('rows/open-quote', `${shown}: the quote opened on line ${open} is never closed.`)
    const ends = [...this.walker.ends]
    if (ends.length > 1) {
      const said = ends.map(([how, { count, line }]) => `${count} in ${how} (first line ${line})`).join(', ')
      throw new AssayError('rows/mixed-line-ends', `${shown} mixes line ends: ${said}. Save it with one kind.`)
    }
    const ragged = { count: this.#ragged, first: this.#first }
    return { rows: this.rows, ragged, plain: this.#plain && this.#ragged === 0 }
  }
}
