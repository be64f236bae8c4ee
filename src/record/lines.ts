import fs from 'node:fs'
import { openToRead } from './read-file.ts'

/** One line of a file and where it stands. `end` is the offset after its line feed. */
export interface Line {
  readonly text: string
  readonly start: number
  readonly end: number
}

const CHUNK = 1 << 16
const LINE_FEED = 10

/**
 * The complete lines of a file, one at a time, from an offset on. A last line without a line feed is torn: it is not
 * given. Memory is bounded by the longest line, not by the file.
 */
export function* linesOf(path: string, from = 0): Generator<Line, void, void> {
  const fd = openToRead(path)
  try {
    let pieces: Buffer[] = []
    let start = from
    let offset = from
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK)
      const read = fs.readSync(fd, chunk, 0, CHUNK, offset)
      if (read === 0) return
      let at = 0
      for (;;) {
        const feed = chunk.subarray(0, read).indexOf(LINE_FEED, at)
        if (feed === -1) break
        const tail = chunk.subarray(at, feed)
        const text = pieces.length === 0 ? tail.toString() : Buffer.concat([...pieces, tail]).toString()
        pieces = []
        const end = offset + feed + 1
        yield { text, start, end }
        start = end
        at = feed + 1
      }
      if (at < read) pieces.push(chunk.subarray(at, read))
      offset += read
    }
  } finally {
    fs.closeSync(fd)
  }
}
