/** Who hears the events of a stream. */
export interface SseSink {
  /** One event: its data lines joined by a line feed, and its name (`message` unless the stream says otherwise). */
  event(data: string, name: string): void
  /**
   * A short cut for events that look like the last one. Called where an event may start; takes one whole event at `at`
   * (its blank line included) and returns where the next begins, or -1 to have it read the ordinary way.
   */
  take?(text: string, at: number): number
}

export interface SseReader {
  /** Bytes as they came off the wire, split anywhere. */
  push(bytes: Buffer): void
  /** Bytes and characters held back because their event is not complete. */
  waiting(): number
  /** No more bytes. A last event without its blank line still counts: some servers forget it after `[DONE]`. */
  end(): void
}

const LF = 10
const CR = 13

/**
 * Server-sent events, read by hand.
 *
 * Bytes wait until a line is complete, so that no UTF-8 sequence is ever decoded in halves: a line end never occurs
 * inside one. Lines may end in LF, CRLF or CR; comments and `id:`, `retry:` fields are passed over; a byte order mark
 * at the start is dropped; bytes that are not UTF-8 become U+FFFD.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function sseReader(sink: SseSink): SseReader {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let first = true
  let skipLf = false
  let data: string | undefined
  let name = ''

  const field = (text: string, from: number, to: number): void => {
    if (text.startsWith('data:', from)) {
      const start = text.charCodeAt(from + 5) === 32 ? from + 6 : from + 5
      const line = text.slice(Math.min(start, to), to)
      data = data === undefined ? line : `${data}\n${line}`
    } else if (text.startsWith('event:', from)) {
      name = text.slice(from + 6, to).trim()
    } else if (to - from === 4 && text.startsWith('data', from)) {
      data = data === undefined ? '' : `${data}\n`
    }
  }

  const dispatch = (): void => {
    if (data !== undefined) sink.event(data, name === '' ? 'message' : name)
    data = undefined
    name = ''
  }

  /** `text` is whole lines, each ended by LF. */
  const lines = (text: string): void => {
    let at = 0
    while (at < text.length) {
      if (data === undefined && name === '' && sink.take !== undefined) {
        const next = sink.take(text, at)
        if (next > at) {
          at = next
          continue
        }
      }
      const end = text.indexOf('\n', at)
      if (end === at) dispatch()
      else field(text, at, end)
      at = end + 1
    }
  }

  const decode = (bytes: Buffer): string => {
    let text = bytes.toString('utf8')
    if (first) {
      first = false
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    }
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  }

  return {
    push(bytes) {
      let chunk = bytes
      if (skipLf && chunk.length > 0) {
        skipLf = false
        if (chunk[0] === LF) chunk = chunk.subarray(1)
      }
      if (chunk.length === 0) return
      let last = chunk.lastIndexOf(LF)
      if (last === -1) {
        // A stream with bare CRs. At the very end of a chunk, a CR may be the first half of a CRLF.
        last = chunk.lastIndexOf(CR)
        if (last === chunk.length - 1) skipLf = true
      }
      if (last === -1) {
        waiting.push(chunk)
        waitingBytes += chunk.length
        return
      }
      const whole = chunk.subarray(0, last + 1)
      const text = decode(waiting.length === 0 ? whole : Buffer.concat([...waiting, whole]))
      waitingBytes = chunk.length - last - 1
      waiting = waitingBytes > 0 ? [chunk.subarray(last + 1)] : []
      lines(text)
    },
    waiting: () => waitingBytes + (data?.length ?? 0),
    end() {
      if (waiting.length > 0) {
        const text = decode(Buffer.concat(waiting))
        waiting = []
        lines(`${text}\n`)
      }
      dispatch()
    },
  }
}
