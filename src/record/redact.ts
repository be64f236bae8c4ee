import { isObject } from './json.ts'

/** Replaces every secret in the strings of a line of JSON by `[redacted:NAME]`. */
export type Redact = (line: string) => string

/** Values shorter than this are left alone: replacing "1" everywhere would damage a record, not protect a key. */
const SHORTEST = 8
const SECRET_NAME = /(_|^)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i

/** The secrets of an environment: variables whose name says so and whose value is long enough to be one. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>()
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.length >= SHORTEST && SECRET_NAME.test(name)) secrets.set(name, value)
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
 * @param secrets name to value; longer values are replaced first, so that one inside another leaves no rest
 * @returns the identity when there is nothing to hide
 */
export function redactor(secrets: ReadonlyMap<string, string>): Redact {
  const needles = [...secrets]
    .filter(([, value]) => value.length >= SHORTEST)
    .flatMap(([name, value]) => [...new Set([value, escaped(value)])].map((text) => ({ name, text })))
    .toSorted((a, b) => b.text.length - a.text.length)
  if (needles.length === 0) return (line) => line
  const marks = needles.map(({ text }) => escaped(text))
  const clean = (text: string): string =>
    TAGS.has(text)
      ? text
      : needles.reduce((rest, needle) => rest.replaceAll(needle.text, () => `[redacted:${needle.name}]`), text)
  return (line) => (marks.some((mark) => line.includes(mark)) ? JSON.stringify(cleaned(JSON.parse(line), clean)) : line)
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
