import type { Json } from '../../record/index.ts'
import type { JsonSchema } from '../model.ts'

/** A schema that cannot be made into a grammar, with the place in it. */
export class SchemaError extends Error {}

export function isRecord(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows `$ref` inside one document, up to 16 times. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  let own = schema
  for (let hop = 0; typeof own['$ref'] === 'string'; hop += 1) {
    const target = own['$ref']
    const found = hop < 16 ? lookUp(target, root) : undefined
    if (found === undefined) throw new SchemaError(`${target} leads nowhere in the schema`)
    own = found
  }
  return own
}

/** The listed values of an `enum` or `const`. */
export function choices(schema: JsonSchema): readonly Json[] | undefined {
  if ('const' in schema && schema['const'] !== undefined) return [schema['const']]
  const listed: unknown = schema['enum']
  return isList(listed) ? listed : undefined
}

export interface Property {
  readonly name: string
  readonly schema: Json
  readonly required: boolean
}

/** An object's properties in the order of the schema; the keys of a record whose keys are listed count as such. */
export function properties(schema: JsonSchema): readonly Property[] {
  const required = new Set(isList(schema['required']) ? schema['required'] : [])
  const declared = schema['properties']
  if (isRecord(declared)) {
    return Object.entries(declared).map(([name, schema]) => ({ name, schema, required: required.has(name) }))
  }
  const names = schema['propertyNames']
  const keys = isRecord(names) ? choices(names) : undefined
  const listed = (keys ?? []).filter((key) => typeof key === 'string')
  return listed.map((name) => ({
    name,
    schema: schema['additionalProperties'] ?? {},
    required: required.has(name),
  }))
}

function lookUp(pointer: string, root: JsonSchema): JsonSchema | undefined {
  if (!pointer.startsWith('#')) return undefined
  let at: unknown = root
  for (const step of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    at = isRecord(at) ? at[key] : undefined
  }
  return isRecord(at) ? at : undefined
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}
