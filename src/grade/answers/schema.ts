import { createRequire } from 'node:module'
import { isObject } from '../../record/index.ts'
import { fault } from './fault.ts'

export interface Schema {
  readonly accepts: (value: unknown) => boolean
  /** Values that it may accept: its own examples, and the plainest value of its types. */
  readonly samples: readonly unknown[]
}

/**
 * A JSON Schema (2020-12). Formats are not checked; unknown keywords are refused, since a misspelt one would pass everything.
 *
 * @throws AssayError `grade/check`
 */
export function schemaOf(text: string): Schema {
  let schema: unknown
  try {
    schema = JSON.parse(text)
  } catch {
    throw fault('The schema in expected is not JSON. Correct it.')
  }
  if (!isObject(schema))
    throw fault('The schema in expected is not an object. Write a JSON Schema, such as {"type":"object"}.')
  try {
    const accepts = new (ajv().Ajv2020)({
      strict: true,
      strictTypes: false,
      strictRequired: false,
      strictTuples: false,
      validateFormats: false,
      allErrors: false,
      logger: false,
    }).compile(schema)
    return { accepts: (value) => accepts(value), samples: [...examplesOf(schema), plainest(schema, 0)] }
  } catch {
    throw fault('The schema in expected is not a JSON Schema: a keyword or a value is wrong. Correct it.')
  }
}

/** Loaded with the first schema: it takes 40 ms of every command's start, and few answers are checked by one. */
function ajv(): typeof import('ajv/dist/2020.js') {
  return createRequire(import.meta.url)('ajv/dist/2020.js')
}

type Keywords = Readonly<Record<string, unknown>>

function examplesOf(schema: Keywords): readonly unknown[] {
  return [
    ...(Array.isArray(schema['examples']) ? schema['examples'] : []),
    ...('default' in schema ? [schema['default']] : []),
  ]
}

/** The plainest value that the common keywords allow. */
function plainest(schema: unknown, depth: number): unknown {
  if (!isObject(schema) || depth > 20) return null
  const [example] = examplesOf(schema)
  if (example !== undefined) return example
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  for (const key of ['oneOf', 'anyOf', 'allOf']) {
    const list: unknown = schema[key]
    if (Array.isArray(list)) return plainest(list[0], depth + 1)
  }
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type']
  const least = (name: string, other: number): number => (typeof schema[name] === 'number' ? schema[name] : other)
  switch (type ?? (isObject(schema['properties']) ? 'object' : undefined)) {
    case 'object': {
      const properties = isObject(schema['properties']) ? schema['properties'] : {}
      const required = Array.isArray(schema['required']) ? schema['required'] : []
      return Object.fromEntries(
        required.map((name: unknown) => [String(name), plainest(properties[String(name)], depth + 1)]),
      )
    }
    case 'array':
      return Array.from({ length: Math.min(100, least('minItems', 0)) }, () => plainest(schema['items'], depth + 1))
    case 'string':
      return 'x'.repeat(Math.min(1000, least('minLength', 1)))
    case 'integer':
    case 'number':
      return 'exclusiveMinimum' in schema
        ? least('exclusiveMinimum', 0) + 1
        : least('minimum', Math.min(1, least('maximum', 1)))
    case 'boolean':
      return true
    case undefined:
      return {}
    default:
      return null
  }
}
