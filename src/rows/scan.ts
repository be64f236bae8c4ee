import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'

const CHUNK = 1 << 20
const [LF, CR] = [10, 13]

/** The bytes of a file, a part at a time; each part is gone when the next one comes. */
export function* partsOf(file: string): Generator<Buffer, void, void> {
  const fd = fs.openSync(file, 'r')
  const chunk = Buffer.allocUnsafe(CHUNK)
  try {
    for (let offset = 0; ;) {
      const read = fs.readSync(fd, chunk, 0, CHUNK, offset)
      if (read === 0) return
      yield chunk.subarray(0, read)
      offset += read
    }
  } finally {
    fs.closeSync(fd)
  }
}

/** The hash of a file that is no text. */
export function hashBytes(file: string): string {
  const hash = createHash('sha256')
  for (const part of partsOf(file)) hash.update(part)
  return hash.digest('hex').slice(0, 16)
}

/**
 * Reads a text file once: whether it is UTF-8, and its hash (the first 16 hex digits of SHA-256).
 *
 * @param each is given every part in turn
 * @throws AssayError `rows/encoding`, naming the first line that is not UTF-8
 */
export function scanText(file: string, shown: string, each: (part: Buffer) => void): string {
  const hash = createHash('sha256')
  let tail = Buffer.alloc(0)
  let first = true
  for (const part of partsOf(file)) {
    if (first) refuseOtherEncodings(part, shown)
    first = false
    hash.update(part)
    each(part)
    // No letter of UTF-8 reaches across a line feed.
    const cut = part.lastIndexOf(LF) + 1
    const whole = tail.length === 0 ? part.subarray(0, cut) : Buffer.concat([tail, part.subarray(0, cut)])
    if (cut === 0) tail = Buffer.concat([tail, part])
    else {
      if (!isUtf8(whole)) throw notUtf8(file, shown)
      tail = Buffer.from(part.subarray(cut))
    }
  }
  if (!isUtf8(tail)) throw notUtf8(file, shown)
  return hash.digest('hex').slice(0, 16)
}

/** Counts lines, and blank ones among them. */
export class LineTally {
  lines = 0
  blank = 0
  #length = 0

  part(bytes: Buffer): void {
    let at = 0
    for (let feed = bytes.indexOf(LF); feed !== -1; at = feed + 1, feed = bytes.indexOf(LF, at)) {
      const length = this.#length + feed - at
      this.lines += 1
      if (length === 0 || (length === 1 && bytes[feed - 1] === CR)) this.blank += 1
      this.#length = 0
    }
    this.#length += bytes.length - at
  }

  /** All lines, a last one without a line feed among them. */
  get all(): number {
    return this.lines + (this.#length > 0 ? 1 : 0)
  }
}

function refuseOtherEncodings(head: Buffer, shown: string): void {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (utf16 || head.includes(0)) {
    const what = utf16 ? 'is UTF-16' : 'holds zero bytes, so it is not UTF-8 text'
    throw new AssayError('rows/encoding', `${shown} ${what}: save it as UTF-8.`)
  }
}

/** The lines of a file with their numbers, without what ends them. */
export function* linesOf(file: string): Generator<readonly [line: number, bytes: Buffer], void, void> {
  let line = 1
  let rest = Buffer.alloc(0)
  for (const part of partsOf(file)) {
    const bytes = Buffer.concat([rest, part])
    let at = 0
    for (let feed = bytes.indexOf(LF); feed !== -1; at = feed + 1, feed = bytes.indexOf(LF, at), line += 1)
      yield [line, bytes.subarray(at, feed)]
    rest = Buffer.from(bytes.subarray(at))
  }
  if (rest.length > 0) yield [line, rest]
}

function notUtf8(file: string, shown: string): AssayError {
  let bad = 1
  for (const [line, bytes] of linesOf(file)) {
    bad = line
    if (!isUtf8(bytes)) break
  }
  return new AssayError('rows/encoding', `${shown} is not UTF-8: see line ${bad}. Save it as UTF-8.`)
}
