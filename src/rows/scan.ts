import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'

/** What one pass over a file's bytes says. */
export interface Scan {
  /** First 16 hex digits of SHA-256 over the bytes. */
  readonly hash: string
  readonly lines: number
  readonly blankLines: number
}

const CHUNK = 1 << 20
const [LF, CR] = [10, 13]

/** The bytes of a file, a part at a time, the first one without its byte order mark. */
export function* partsOf(file: string): Generator<Buffer, void, void> {
  const fd = fs.openSync(file, 'r')
  try {
    for (let offset = 0; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK)
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
 * Reads a text file once: its hash, and whether it is UTF-8.
 *
 * @param each is given every part in turn
 * @throws AssayError `rows/encoding`, naming the first line that is not UTF-8
 */
export function scanText(file: string, shown: string, each: (part: Buffer) => void = () => undefined): Scan {
  const hash = createHash('sha256')
  let lines = 0
  let blankLines = 0
  let tail = Buffer.alloc(0)
  let first = true
  for (const part of partsOf(file)) {
    if (first) refuseOtherEncodings(part, shown)
    first = false
    hash.update(part)
    each(part)
    const cut = part.lastIndexOf(LF) + 1
    const whole = tail.length === 0 ? part.subarray(0, cut) : Buffer.concat([tail, part.subarray(0, cut)])
    if (cut === 0) tail = Buffer.concat([tail, part])
    else {
      refuseInvalid(whole, lines, shown)
      for (let at = 0, feed = whole.indexOf(LF); feed !== -1; at = feed + 1, feed = whole.indexOf(LF, at)) {
        lines += 1
        if (feed === at || (feed === at + 1 && whole[at] === CR)) blankLines += 1
      }
      tail = Buffer.from(part.subarray(cut))
    }
  }
  refuseInvalid(tail, lines, shown)
  if (tail.length > 0) lines += 1
  return { hash: hash.digest('hex').slice(0, 16), lines, blankLines }
}

function refuseOtherEncodings(head: Buffer, shown: string): void {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (utf16 || head.includes(0)) {
    const what = utf16 ? 'is UTF-16' : 'holds zero bytes, so it is no UTF-8 text'
    throw new AssayError('rows/encoding', `${shown} ${what}: save it as UTF-8.`)
  }
}

function refuseInvalid(bytes: Buffer, linesBefore: number, shown: string): void {
  if (isUtf8(bytes)) return
  let line = linesBefore
  for (let at = 0; at < bytes.length;) {
    const feed = bytes.indexOf(LF, at)
    const end = feed === -1 ? bytes.length : feed
    line += 1
    if (!isUtf8(bytes.subarray(at, end))) break
    at = end + 1
  }
  throw new AssayError('rows/encoding', `${shown} is not UTF-8: see line ${line}. Save it as UTF-8.`)
}
