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

/** The object that a text is as JSON; undefined where it is none. */
export function objectIn(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
