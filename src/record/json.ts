import { z } from 'zod'

/** Any value that JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/**
 * Whatever `JSON.parse` gave. It is JSON already: walking it again would cost time on every event, overflow the stack
 * on deep values, and lose keys such as `__proto__`.
 */
export const json: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined)
/** An object that `JSON.parse` gave. */
export const jsonObject: z.ZodType<JsonObject> = z.custom<JsonObject>(isObject)

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Levels that anything of a record may be nested. Some thousands would overflow the stack of whatever walks it. */
const DEEPEST = 100

/** What is in place of a value that is nested deeper. */
const TOO_DEEP = `… (nested more than ${DEEPEST} levels deep)`

/** Whether a value of JSON is nested no deeper than anything of a record may be. */
export function isShallow(value: unknown): boolean {
  return isWithin(value, DEEPEST)
}

/** The same value where it is not nested too deep; otherwise a copy in which a short text is in place of what is. */
export function shallow<T>(value: T, levels: number = DEEPEST): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only values of JSON are replaced, by values of JSON
  return isWithin(value, levels) ? value : (cutBelow(value, levels) as T)
}

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((part) => isWithin(part, levels - 1))
}

function cutBelow(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return TOO_DEEP
  if (Array.isArray(value)) return value.map((part) => cutBelow(part, levels - 1))
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cutBelow(part, levels - 1)]))
}

/** `JSON.parse` for a record that others may have written: see {@link shallow}. @throws SyntaxError */
export function parseJson(text: string): unknown {
  return shallow<unknown>(JSON.parse(text))
}

/** The object that a text is as JSON; undefined where it is none. */
export function objectIn(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
