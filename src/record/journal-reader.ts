import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'
import { renamedFields } from './aliases.ts'
import { damaged } from './append-file.ts'
import { event, FORMAT, type Event } from './event.ts'
import { isObject, parseJson } from './json.ts'
import { linesOf } from './lines.ts'

/** Some events of a journal, and how many it holds in all. */
export interface EventPage {
  readonly events: readonly Event[]
  readonly total: number
}

const PROBE = 1 << 14
/** As we write it, or as others write it again. */
const HEAD = /^\s*\{\s*"seq"\s*:\s*(\d+)\s*,/

/**
 * Reads events `from` ≤ seq < `to` without reading the rest: every line starts with its number, so the place is found
 * by halving the file (about 15 short reads for 100 MB).
 *
 * @throws AssayError `record/newer-format`, `record/damaged`, `record/no-journal`
 */
export function readEvents(path: string, range: { readonly from: number; readonly to: number }): EventPage {
  const size = sizeOf(path)
  const total = countEvents(path, size)
  const events: Event[] = []
  if (range.from < total && range.to > range.from) {
    let seq = Math.max(0, range.from)
    for (const line of linesOf(path, offsetOf(path, size, seq))) {
      if (seq >= range.to) break
      const parsed = parseEvent(path, line.text)
      if (parsed === undefined) {
        assertTorn(path, line.end)
        break
      }
      assertNext(path, parsed, seq++)
      events.push(parsed)
    }
  }
  return { events, total }
}

/** An event and the offset after its line. */
export interface Placed {
  readonly event: Event
  readonly end: number
}

/** All events in order, one at a time. A torn tail is left out. */
export function* allEvents(path: string): Generator<Placed, void, void> {
  let seq = 0
  for (const line of linesOf(path)) {
    const parsed = parseEvent(path, line.text)
    if (parsed === undefined) {
      assertTorn(path, line.end)
      return
    }
    assertNext(path, parsed, seq++)
    yield { event: parsed, end: line.end }
  }
}

function assertNext(path: string, { seq }: Event, expected: number): void {
  if (seq === expected) return
  throw damaged(`${path} is damaged: event ${expected} is missing. Move the file away to run this trial again.`)
}

/**
 * @returns undefined where the line is not JSON, which only a torn tail may be
 * @throws AssayError when it is JSON that this version cannot read
 */
function parseEvent(path: string, text: string): Event | undefined {
  let data: unknown
  try {
    data = parseJson(text)
  } catch {
    return undefined
  }
  const version = isObject(data) ? data['v'] : undefined
  if (typeof version === 'number' && version > FORMAT) {
    throw new AssayError(
      'record/newer-format',
      `${path} has format ${version}, this Assay reads up to ${FORMAT}. Update Assay to read it.`,
    )
  }
  const parsed = event.safeParse(renamedFields(data))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw damaged(
    `${path} is damaged: ${text.slice(0, 40)}… is not an event (${issue?.path.join('.')}: ${issue?.message}). Move the file away to run this trial again.`,
  )
}

/** A line that is no JSON is a torn tail if nothing readable follows; anything else is damage that we must not hide. */
function assertTorn(path: string, end: number): void {
  for (const line of linesOf(path, end)) {
    if (HEAD.test(line.text)) {
      throw damaged(
        `${path} is damaged before byte ${line.start}, with whole events after it. Move the file away to run this trial again.`,
      )
    }
  }
}

function sizeOf(path: string): number {
  try {
    return fs.statSync(path).size
  } catch (cause) {
    throw new AssayError('record/no-journal', `There is no journal at ${path}.`, { cause })
  }
}

/** The number of the last whole event, plus one; reads the file's end only. */
function countEvents(path: string, size: number): number {
  for (let back = PROBE; ; back *= 4) {
    const from = Math.max(0, size - back)
    let last = ''
    let before = ''
    for (const line of linesOf(path, from)) {
      // What stands in the middle of a line may look like its start.
      if ((line.start === from && from > 0) || !HEAD.test(line.text)) continue
      before = last
      last = line.text
    }
    const seq = HEAD.exec(isWhole(last) ? last : before)?.[1]
    if (seq === undefined && from === 0) assertRuins(path)
    if (seq !== undefined || from === 0) return Number(seq ?? -1) + 1
  }
}

/** Lines without a number at their beginning are what a power cut left, or not ours. */
function assertRuins(path: string): void {
  for (const { text } of linesOf(path))
    if (isWhole(text))
      throw damaged(`${path} is not a journal: a line does not begin with {"seq":N. Restore it, or move it away.`)
}

/** False for the ruins that a power cut leaves, line feed and all. */
function isWhole(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Offset of the event with this number, by halving; the first probe that starts at or before it wins. */
function offsetOf(path: string, size: number, seq: number): number {
  let low = 0
  let high = size
  while (high - low > PROBE) {
    const middle = Math.floor((low + high) / 2)
    const line = firstWholeLine(path, middle)
    if (line === undefined || line.start >= high) {
      high = middle
    } else if (line.seq > seq) {
      high = middle
    } else {
      low = line.start
      if (line.seq === seq) return low
    }
  }
  for (const line of linesOf(path, low)) {
    if (Number(HEAD.exec(line.text)?.[1] ?? -1) >= seq) return line.start
  }
  return size
}

function firstWholeLine(path: string, from: number): { readonly start: number; readonly seq: number } | undefined {
  for (const line of linesOf(path, from)) {
    const seq = line.start === from && from > 0 ? undefined : HEAD.exec(line.text)?.[1]
    if (seq !== undefined) return { start: line.start, seq: Number(seq) }
  }
  return undefined
}
