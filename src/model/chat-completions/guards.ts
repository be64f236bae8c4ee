/** What JSON.parse gave, before anybody has looked. */
export type Wire = { readonly [key: string]: unknown }

// The stream's own checks: one zod parse a token would cost more than reading the token. Whatever fails a check is
// treated as absent.

export function object(value: unknown): Wire | undefined {
  return isObject(value) ? value : undefined
}

export function isObject(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A string that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A whole number, 0 or more. */
export function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
}

export function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
