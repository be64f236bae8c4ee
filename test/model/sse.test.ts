import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sseReader } from '../../src/model/sse.ts'

function read(chunks: readonly Buffer[]): string[] {
  const events: string[] = []
  const reader = sseReader({ event: (data, name) => events.push(`${name}:${data}`) })
  for (const chunk of chunks) reader.push(chunk)
  reader.end()
  return events
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length))
}

describe('the rules of the format', () => {
  const rules: readonly [what: string, wire: string, events: readonly string[]][] = [
    ['one event', 'data: a\n\n', ['message:a']],
    ['no space after the colon', 'data:a\n\n', ['message:a']],
    ['only one space is taken', 'data:  a\n\n', ['message: a']],
    ['many data lines are one event', 'data: a\ndata: b\n\n', ['message:a\nb']],
    ['an empty data line', 'data\n\n', ['message:']],
    ['an empty data field', 'data:\ndata: b\n\n', ['message:\nb']],
    ['a named event', 'event: error\ndata: a\n\n', ['error:a']],
    ['a name lasts one event', 'event: x\ndata: a\n\ndata: b\n\n', ['x:a', 'message:b']],
    ['a name without data is not an event', 'event: x\n\ndata: b\n\n', ['message:b']],
    ['comments are passed over', ': keep-alive\n\ndata: a\n: in the middle\n\n', ['message:a']],
    ['ids and retry times are passed over', 'id: 1\nretry: 10\ndata: a\n\n', ['message:a']],
    ['unknown fields are passed over', 'database: x\ndata: a\n\n', ['message:a']],
    ['CRLF', 'data: a\r\ndata: b\r\n\r\n', ['message:a\nb']],
    ['CR', 'data: a\rdata: b\r\r', ['message:a\nb']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['message:a']],
    ['a last event without its blank line', 'data: a\n\ndata: [DONE]', ['message:a', 'message:[DONE]']],
  ]
  test.each(rules)('%s', (_, wire, events) => {
    expect(read([Buffer.from(wire)])).toEqual(events)
  })
})

test('bytes that are not UTF-8 become replacement characters and hurt nothing else', () => {
  const wire = Buffer.concat([Buffer.from('data: a'), Buffer.from([0xff]), Buffer.from('b\n\ndata: c\n\n')])
  expect(read([wire])).toEqual(['message:a\uFFFDb', 'message:c'])
})

test('a stream split anywhere, inside characters and line ends too, has the same events', () => {
  const end = fc.constantFrom('\n', '\r\n', '\r')
  const line = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
    fc.constantFrom('', '', ': ping', 'event: error', 'id: 5', 'data: é€😀', 'data:'),
  )
  const stream = end.chain((end) =>
    fc.array(line, { maxLength: 12 }).map((lines) => lines.map((one) => one + end).join('')),
  )
  fc.assert(
    fc.property(stream, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
      const bytes = Buffer.from(text)
      expect(read(split(bytes, cuts))).toEqual(read([bytes]))
    }),
    { numRuns: 500 },
  )
})

test('a stream split into single bytes has the same events', () => {
  const bytes = Buffer.from('\uFEFFdata: 😀\r\n\r\nevent: x\r\ndata: é\r\ndata: b\r\n\r\n: c\r\n\r\ndata: end')
  expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(['message:😀', 'x:é\nb', 'message:end'])
})
