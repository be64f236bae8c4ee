import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeReply } from '../../src/model/chat-completions/decode-reply.ts'
import { ReplyBuilder } from '../../src/model/chat-completions/reply-builder.ts'
import { StreamDecoder } from '../../src/model/chat-completions/stream-decoder.ts'
import { StreamEncoder } from '../../src/model/chat-completions/encode-reply.ts'
import type { Delta } from '../../src/model/index.ts'
import type { Part } from '../../src/record/index.ts'
import { sse } from './fake-server.ts'

interface Call {
  readonly name: string
  readonly arguments: string
}

/** How a server cuts a reply, and what it says more than once. */
interface Manner {
  /** Where a piece says to belong: its call's number from 0 or from 1, always 0, nowhere, or a count of pieces. */
  readonly index: 'number' | 'from-one' | 'zero' | 'none' | 'drifts'
  readonly id: 'first' | 'every' | 'second' | 'none' | 'one-for-all' | 'new-each-time'
  readonly name: 'first' | 'every' | 'pieces'
  readonly arguments: 'pieces' | 'all-so-far'
  /** What comes once the arguments are whole. */
  readonly after: 'nothing' | 'arguments-again' | 'empty'
  /** What stands in the piece with the name. */
  readonly head: 'nothing' | 'arguments' | 'empty-object'
  readonly order: 'one-by-one' | 'in-turn'
}

const manner: fc.Arbitrary<Manner> = fc.record({
  index: fc.constantFrom('number', 'from-one', 'zero', 'none', 'drifts'),
  id: fc.constantFrom('first', 'every', 'second', 'none', 'one-for-all', 'new-each-time'),
  name: fc.constantFrom('first', 'every', 'pieces'),
  arguments: fc.constantFrom('pieces', 'all-so-far'),
  after: fc.constantFrom('nothing', 'arguments-again', 'empty'),
  head: fc.constantFrom('nothing', 'arguments', 'empty-object'),
  order: fc.constantFrom('one-by-one', 'in-turn'),
})

/** No server is known to do these, and no rule could tell what they mean. */
function meansTwoThings({ index, id, name, after, head, order }: Manner): boolean {
  const byIndex = index === 'number' || index === 'from-one'
  const byId = id === 'every'
  return (
    (order === 'in-turn' && id === 'one-for-all') ||
    // Pieces of several calls at once that name none of them.
    (order === 'in-turn' && !byIndex && !byId) ||
    // A name that comes again after a whole call opens the next one of the same name, unless the id says otherwise.
    (name === 'every' && (after !== 'nothing' || head === 'empty-object') && (!byId || index === 'drifts')) ||
    (name === 'every' && head === 'empty-object') ||
    (name === 'every' && id === 'new-each-time') ||
    (name === 'every' && index === 'drifts' && !byId) ||
    (name === 'every' && index === 'none' && id === 'none' && head === 'nothing') ||
    // A name in pieces under an index that says nothing.
    (name === 'pieces' && (index === 'none' || index === 'drifts') && !byId) ||
    (name === 'pieces' && index === 'drifts') ||
    (name === 'pieces' && id === 'new-each-time')
  )
}

/** The events of one call. `count` counts pieces over all calls. */
function piecesOf(call: Call, number: number, at: readonly number[], how: Manner, count: () => number): object[] {
  const cuts = [...new Set(at.map((cut) => cut % (call.arguments.length + 1)))].toSorted((a, b) => a - b)
  const ends = [...cuts.filter((cut) => cut > 0 && cut < call.arguments.length), call.arguments.length]
  const written = ends.map((end, i) =>
    how.arguments === 'all-so-far' ? call.arguments.slice(0, end) : call.arguments.slice(ends[i - 1] ?? 0, end),
  )
  const half = Math.ceil(call.name.length / 2)
  const heads = how.head === 'nothing' ? [''] : how.head === 'empty-object' ? ['{}'] : []
  const named = how.name === 'pieces' ? ['', ''] : heads
  const after = how.after === 'arguments-again' ? [call.arguments] : how.after === 'empty' ? [''] : []
  return [...named, ...written, ...after].map((text, i) => {
    const name =
      how.name === 'pieces'
        ? [call.name.slice(0, half), call.name.slice(half)][i]
        : how.name === 'every' || i === 0
          ? call.name
          : undefined
    const drift = count()
    const index = { number, 'from-one': number + 1, zero: 0, none: undefined, drifts: drift }[how.index]
    const id = {
      first: i === 0 ? `id${number}` : undefined,
      every: `id${number}`,
      second: i === 1 ? `id${number}` : undefined,
      none: undefined,
      'one-for-all': i === 0 ? 'id' : undefined,
      'new-each-time': `id${drift}`,
    }[how.id]
    return { choices: [{ index: 0, delta: { tool_calls: [{ index, id, function: { name, arguments: text } }] } }] }
  })
}

function inTurn(lists: readonly (readonly object[])[]): object[] {
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat()
}

function streamOf(calls: readonly Call[], cuts: readonly (readonly number[])[], how: Manner): object[] {
  let pieces = 0
  const lists = calls.map((call, i) => piecesOf(call, i, cuts[i] ?? [], how, () => pieces++))
  return how.order === 'in-turn' ? inTurn(lists) : lists.flat()
}

function read(events: readonly object[]): { readonly parts: readonly Part[]; readonly deltas: readonly Delta[] } {
  const deltas: Delta[] = []
  const decoder = new StreamDecoder({ onDelta: (delta) => deltas.push(delta) })
  decoder.push(Buffer.from(sse(...events, '[DONE]')))
  decoder.end()
  return { parts: decoder.builder.build('made').parts, deltas }
}

function wholeReply(calls: readonly Call[]): readonly Part[] {
  const builder = new ReplyBuilder()
  const tool_calls = calls.map((call, i) => ({ id: `id${i}`, function: call }))
  decodeReply(JSON.stringify({ choices: [{ message: { content: null, tool_calls } }] }), builder, 'completion_tokens')
  return builder.build('made').parts
}

const said = (parts: readonly Part[]): readonly Call[] =>
  parts.flatMap((part) => (part.type === 'tool-call' ? [{ name: part.name, arguments: part.arguments }] : []))

const oneCall: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom('look', 'buy', 'get_rain'),
  arguments: fc
    .dictionary(
      fc.oneof(fc.string(), fc.constantFrom('{', '}', '{"', '"', '\\', 'at')),
      fc.jsonValue({ maxDepth: 2 }),
      {
        minKeys: 1,
        maxKeys: 3,
      },
    )
    .map((value) => JSON.stringify(value)),
})

describe('however a server cuts and repeats its calls, they are those of the whole message', () => {
  const known = manner.filter((how) => !meansTwoThings(how))
  test('streamed', () => {
    fc.assert(
      fc.property(
        fc.array(oneCall, { minLength: 1, maxLength: 3 }),
        fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 3 }),
        known,
        (calls, cuts, how) => {
          // One id for the very same call twice: that is how the last event says it once more.
          fc.pre(how.id !== 'one-for-all' || new Set(calls.map((one) => JSON.stringify(one))).size === calls.length)
          const { parts } = read(streamOf(calls, cuts, how))
          expect(said(parts)).toEqual(calls)
          expect(said(parts)).toEqual(said(wholeReply(calls)))
          const ids = parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []))
          expect(new Set(ids).size).toBe(ids.length)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('and passed on as they come', () => {
    fc.assert(
      fc.property(oneCall, fc.array(fc.nat(), { maxLength: 4 }), known, (call, cuts, how) => {
        const { deltas } = read(streamOf([call], [cuts], how))
        const encoder = new StreamEncoder({ form: 'chat', id: 'x', created: 0, model: 'm' })
        const again = new StreamDecoder()
        again.push(Buffer.from(deltas.map((delta) => encoder.delta(delta)).join('')))
        again.end()
        // What was said before it proved to be something else cannot be taken back.
        fc.pre(how.head !== 'empty-object' && !call.arguments.startsWith('{"{'))
        expect(said(again.builder.build('made').parts)).toEqual([call])
      }),
      { numRuns: 500 },
    )
  })
})

test('a long list of brackets takes no square of the time', () => {
  const piece = { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '[]' } }] } }] }
  const head = {
    choices: [{ delta: { tool_calls: [{ index: 0, function: { name: 'f', arguments: `["${'x'.repeat(1e6)}",]` } }] } }],
  }
  const events = [head, ...Array.from({ length: 20_000 }, () => piece)]
  const started = performance.now()
  read(events)
  expect(performance.now() - started).toBeLessThan(5000)
})
