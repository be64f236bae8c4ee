import { createHash } from 'node:crypto'
import { isObject, type Json } from './json.ts'

/** What makes two trials the same trial. */
export interface TrialKey {
  readonly study: string
  readonly cell: Readonly<Record<string, string>>
  readonly task: string
  readonly repeat: number
  readonly seed: string
}

/** 16 hex digits; the same key gives the same id in every run, so that a resumed run finds what is done. */
export function trialId({ study, cell, task, repeat, seed }: TrialKey): string {
  return hashOf({ study, cell, task, repeat, seed })
}

/** First 16 hex digits of SHA-256 over JSON with sorted keys. */
export function hashOf(value: Json): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16)
}

/** JSON with sorted keys and no spaces: equal values give equal text. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}
