import type { Json } from '../../record/index.ts'
import type { JsonSchema } from '../model.ts'
import { choices, isRecord, properties, resolve } from './schema.ts'

/**
 * A JSON Schema as a person would write it by hand: literal where one value is possible, `a|b` where several are, and
 * a type in angle brackets elsewhere: `{"product":"cola"|"water","cents":<integer 1 to 500>,"note"?:<string>}`.
 */
export function shape(schema: JsonSchema, root: JsonSchema = schema, depth = 0): string {
  // A schema that refers to itself would be drawn for ever.
  if (depth > 4) return '<value>'
  const own = resolve(schema, root)
  const inner = (part: Json): string => (isRecord(part) ? shape(part, root, depth + 1) : '<value>')
  const listed = choices(own)
  if (listed !== undefined) return listed.map((value) => JSON.stringify(value)).join('|')
  const alternatives = own['anyOf'] ?? own['oneOf']
  if (Array.isArray(alternatives)) return alternatives.map((item) => inner(item)).join('|')
  const type: unknown = own['type']
  switch (type) {
    case 'object': {
      const inside = properties(own).map(
        ({ name, schema, required }) => `${JSON.stringify(name)}${required ? '' : '?'}:${inner(schema)}`,
      )
      return `{${inside.join(',')}}`
    }
    case 'array':
      return `[${inner(own['items'] ?? {})}, ...]`
    case 'integer':
    case 'number':
      return `<${type}${range(own)}>`
    case 'string':
    case 'boolean':
    case 'null':
      return `<${type}>`
    default:
      return '<value>'
  }
}

function range(schema: JsonSchema): string {
  const low = bound(schema['minimum'])
  const high = bound(schema['maximum'])
  if (low !== undefined && high !== undefined) return ` ${low} to ${high}`
  if (low !== undefined) return ` from ${low}`
  return high === undefined ? '' : ` to ${high}`
}

/** Bounds that only say "a safe integer" say nothing. */
function bound(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
}
