import { isObject } from './json.ts'

/** Replaces every secret in the strings of a line of JSON by `[redacted:NAME]`. */
export type Redact = (line: string) => string

/** A secret's name and value. */
export type Secret = readonly [name: string, value: string]

/** Values shorter than this are left alone: replacing "1" everywhere would damage a record, not protect a key. */
const SHORTEST = 8
const SECRET_NAME = /(_|^)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i

/** The secrets of an environment: variables whose name says so and whose value is long enough to be one. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>()
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.trim().length >= SHORTEST && SECRET_NAME.test(name)) secrets.set(name, value)
  }
  return secrets
}

/** Tags of the record itself: a password that is one of these words must not make a journal unreadable. */
const TAGS: ReadonlySet<string> = new Set([
  'trial.start',
  'trial.end',
  'model.call',
  'tool.call',
  'compaction',
  'assistant',
  'tool-call',
  'reasoning',
  'completed',
  'snapshot-changed',
])

/**
 * Secrets are replaced inside strings only, so that a key made of digits damages no number. Names of fields are ours
 * and stay. A secret inside JSON inside a string (a tool call's arguments) is found too.
 *
 * @param secrets names and values; longer values are replaced first, so that one inside another leaves no rest
 * @returns the identity when there is nothing to hide
 */
export function redactor(secrets: Iterable<Secret>): Redact {
  const needles = needlesOf(secrets)
  if (needles.length === 0) return (line) => line
  const marks = [...new Set(needles.map(({ start }) => escaped(start)))]
  const clean = (text: string): string =>
    TAGS.has(text) ? text : without(text, needles, ({ name }) => `[redacted:${name}]`, 'at a cut')
  return (line) => (marks.some((mark) => line.includes(mark)) ? JSON.stringify(cleaned(JSON.parse(line), clean)) : line)
}

/**
 * Takes what was sent to somebody out of the text that came back, before anybody cuts it. What was begun and broken off
 * goes too, wherever it is: the other end may have cut it.
 */
export function withholder(secrets: readonly string[]): (text: string) => string {
  const needles = needlesOf(secrets.map((secret) => ['', secret]))
  return (text) => without(text, needles, () => '[key]', 'anywhere')
}

/** One form of a secret. */
interface Needle {
  readonly name: string
  readonly text: string
  /** So much of it as gives it away. */
  readonly start: string
}

function needlesOf(secrets: Iterable<Secret>): readonly Needle[] {
  return [...secrets]
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value.length >= SHORTEST)
    .flatMap(([name, value]) => formsOf(value).map((text) => ({ name, text, start: startOf(text) })))
    .toSorted((a, b) => b.text.length - a.text.length)
}

function startOf(text: string): string {
  const length = Math.max(SHORTEST, Math.ceil(text.length / 2))
  // Half of a surrogate pair is written otherwise than the pair.
  return text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length + 1 : length)
}

/** A secret as it is, in JSON inside a string, in an address, and in base64 at each of the three places it can begin. */
function formsOf(secret: string): readonly string[] {
  const url = encodeURIComponent(secret.toWellFormed())
  const base64 = [0, 1, 2].map((before) => insideBase64(secret, before))
  const forms = [
    secret,
    escaped(secret),
    secret.replaceAll('/', '\\/'),
    url,
    url.replaceAll(/%../g, (code) => code.toLowerCase()),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST)
}

/** The characters of base64 that belong to the secret alone, where so many bytes stand before it. */
function insideBase64(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)])
  return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6))
}

/** What stands behind a text that was cut. */
const CUT = /^\s*(?:$|…|\.\.\.|[[(]cut |[[(]truncated)/

function without(
  text: string,
  needles: readonly Needle[],
  mark: (needle: Needle) => string,
  stumps: 'at a cut' | 'anywhere',
): string {
  const whole = needles.reduce((rest, needle) => rest.replaceAll(needle.text, () => mark(needle)), text)
  return needles.reduce((rest, needle) => withoutStumps(rest, needle, mark(needle), stumps), whole)
}

function withoutStumps(
  text: string,
  { text: full, start }: Needle,
  mark: string,
  stumps: 'at a cut' | 'anywhere',
): string {
  let clean = ''
  let from = 0
  for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, from)) {
    let end = at + start.length
    while (end < text.length && text[end] === full[end - at]) end++
    const gone = stumps === 'anywhere' || CUT.test(text.slice(end, end + 20))
    clean += text.slice(from, at) + (gone ? mark : text.slice(at, end))
    from = end
  }
  return clean + text.slice(from)
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => cleaned(item, clean))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item, clean)]))
}
