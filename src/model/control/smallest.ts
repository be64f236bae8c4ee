import type { Json } from '../../record/index.ts'
import type { JsonSchema } from '../model.ts'
import { choices, isList, isRecord, properties, resolve } from '../local/schema.ts'

/**
 * The smallest value that a JSON Schema allows: required properties only, the first of several choices, the shortest
 * string and list, the number nearest to 0. `pattern` and `format` are not looked at.
 */
export function smallest(schema: JsonSchema, root: JsonSchema = schema, depth = 0): Json {
  // A schema that needs itself has no smallest value.
  if (depth > 16) return null
  const own = resolve(schema, root)
  const of = (part: unknown): Json => (isRecord(part) ? smallest(part, root, depth + 1) : null)
  const listed = choices(own)
  if (listed !== undefined) return listed[0] ?? null
  const alternatives = own['anyOf'] ?? own['oneOf']
  if (isList(alternatives)) return of(alternatives[0])
  const type: unknown = isList(own['type']) ? own['type'][0] : own['type']
  switch (type) {
    case 'object':
      return Object.fromEntries(
        properties(own)
          .filter((property) => property.required)
          .map(({ name, schema }) => [name, of(schema)]),
      )
    case 'array':
      return isList(own['prefixItems'])
        ? own['prefixItems'].map(of)
        : Array.from({ length: count(own['minItems']) }, () => of(own['items']))
    case 'string':
      return 'a'.repeat(count(own['minLength']))
    case 'integer':
      return nearestToZero(own, 1)
    case 'number':
      return nearestToZero(own, 0.001)
    case 'boolean':
      return false
    default:
      return null
  }
}

function count(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}

function nearestToZero(schema: JsonSchema, step: number): number {
  const whole = step === 1
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  const low = Math.max(
    typeof minimum === 'number' ? (whole ? Math.ceil(minimum) : minimum) : -Infinity,
    typeof exclusiveMinimum === 'number' ? (whole ? Math.floor(exclusiveMinimum) : exclusiveMinimum) + step : -Infinity,
  )
  const high = Math.min(
    typeof maximum === 'number' ? (whole ? Math.floor(maximum) : maximum) : Infinity,
    typeof exclusiveMaximum === 'number' ? (whole ? Math.ceil(exclusiveMaximum) : exclusiveMaximum) - step : Infinity,
  )
  return Math.max(low, Math.min(high, 0))
}
