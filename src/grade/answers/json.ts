import { createRequire } from 'node:module'
import { isDeepStrictEqual } from 'node:util'

/** A JSON value that a text is, or that stands in it. */
export interface JsonFound {
  readonly value: unknown
}

/**
 * The JSON of an answer: the whole, else the last fenced block that is JSON, else the last object or list in it. A key that is there twice
 * makes it none.
 */
export function jsonIn(text: string): JsonFound | undefined {
  const whole = parsed(text.trim())
  if (whole !== undefined) return whole
  const fenced = [...text.matchAll(/```[a-z]*[ \t]*\r?\n?([\s\S]*?)```/gi)].flatMap(
    ([, inside = '']) => parsed(inside.trim()) ?? [],
  )
  return fenced.at(-1) ?? jsonsIn(text).at(-1)
}

function parsed(text: string): JsonFound | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && hasTwins(text) ? undefined : { value }
  } catch {
    return undefined
  }
}

/** Whether a key is twice in one object: parsers then keep either, silently. */
function hasTwins(text: string): boolean {
  return yaml()
    .parseDocument(text, { schema: 'json', uniqueKeys: true })
    .errors.some(({ code }) => code === 'DUPLICATE_KEY')
}

/** Loaded with the first JSON: it takes 20 ms of a command's start. */
function yaml(): typeof import('yaml') {
  return createRequire(import.meta.url)('yaml')
}

/** Every balanced object or list that parses, in order. */
export function jsonsIn(text: string): readonly JsonFound[] {
  const found: JsonFound[] = []
  let scanned = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '{' && text[at] !== '[') continue
    const end = scanned > MOST ? undefined : balanced(text, at)
    scanned += (end ?? text.length) - at
    if (end === undefined) continue
    const here = parsed(text.slice(at, end))
    if (here === undefined) continue
    found.push(here)
    at = end - 1
  }
  return found
}

/** Characters looked at, brackets that never close included: hostile text would be read for ever. */
const MOST = 4e6

function balanced(text: string, from: number): number | undefined {
  let depth = 0
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (quoted) {
      if (sign === '\\') at++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

/** Whether the JSON of an answer is the expected value; the order of keys does not count. */
export function isJson(answer: string, expected: string): boolean {
  const [read, wanted] = [jsonIn(answer), parsed(expected.trim())]
  return read !== undefined && wanted !== undefined && isDeepStrictEqual(read.value, wanted.value)
}
