import type { Json } from '../../record/index.ts'
import type { JsonSchema, Template, ToolSchema } from '../model.ts'
import { actOpening } from './act.ts'
import { wholeNumbers } from './digits.ts'
import { choices, isList, isRecord, properties, resolve, SchemaError } from './schema.ts'

/** The longest string and the longest list a local model may write where the schema sets no lower bound. */
export const longestString = 1024
export const longestList = 16

/** What may be written, and what is already written for the model. */
export interface Plan {
  /** GBNF, or undefined where anything may be written. */
  readonly grammar?: string
  /** Put after the prompt, because nothing else could come there; the grammar starts behind it. */
  readonly opening: string
}

/**
 * How one reply is held to the tools.
 *
 * With `required` the reply is one act. With `auto` a reply that starts with `{` (in `completion`: with ` {`) is an
 * act, any other is text. With `none` or without tools it is text.
 *
 * @throws SchemaError when a tool's schema cannot be held by a grammar
 */
export function planFor(tools: readonly ToolSchema[], choice: 'auto' | 'required' | 'none', template: Template): Plan {
  if (tools.length === 0 || choice === 'none') return { opening: '' }
  const space = template === 'completion' ? ' ' : ''
  const grammar = new Grammar()
  const acts = tools.map((tool) => grammar.act(tool)).join(' | ')
  if (choice === 'required') return { opening: space + actOpening, grammar: grammar.text(`(${acts})`) }
  const act = `${literal(space + actOpening)} (${acts})`
  // Text is whatever cannot be taken for the beginning of an act.
  const text = space === '' ? '([^{] any*)?' : '([^ {] any* | " " ([^{] any*)?)?'
  return { opening: '', grammar: `${grammar.text(`${act} | ${text}`)}\nany ::= [^\\x00]` }
}

/**
 * Collects GBNF rules for JSON Schemas (draft 2020-12). JSON is compact, properties come in the order of the schema,
 * and nothing follows the closing brace. Held: types, properties, `enum`, `const`, `anyOf`/`oneOf`, local `$ref`, whole
 * number ranges, signs and whole bounds of fractions, lengths of strings and lists. Not held, and left to whoever parses the arguments:
 * `pattern`, `format`, `multipleOf`, `uniqueItems`.
 */
class Grammar {
  readonly #rules = new Map<string, string>()
  readonly #references = new Map<JsonSchema, string>()

  text(root: string): string {
    return [['root', root] as const, ...this.#rules].map(([name, body]) => `${name} ::= ${body}`).join('\n')
  }

  /** The rest of an act, from the tool's name to the closing brace. */
  act(tool: ToolSchema): string {
    const root = tool.parameters
    const members = properties(resolve(root, root))
    if (members.some((member) => member.name === 'tool')) {
      throw new SchemaError(`${tool.name}: no parameter of a tool may be called "tool", the act's own first key`)
    }
    const name = literal(JSON.stringify(tool.name).slice(1))
    try {
      return this.#rule(`${name} ${this.#members(members, root, true)} "}"`)
    } catch (error) {
      throw error instanceof SchemaError ? new SchemaError(`${tool.name}: ${error.message}`, { cause: error }) : error
    }
  }

  #rule(body: string): string {
    for (const [name, known] of this.#rules) if (known === body) return name
    const name = `r${this.#rules.size}`
    this.#rules.set(name, body)
    return name
  }

  #value(schema: Json, root: JsonSchema): string {
    if (schema === true) return this.#anything(1)
    if (!isRecord(schema)) throw new SchemaError(`${JSON.stringify(schema)} is not a schema`)
    if (typeof schema['$ref'] === 'string') return this.#reference(resolve(schema, root), root)
    const unheld = ['allOf', 'not', 'if', 'patternProperties', 'dependentSchemas'].find((key) => key in schema)
    if (unheld !== undefined) throw new SchemaError(`a local model cannot be held to "${unheld}"`)
    const listed = choices(schema)
    if (listed !== undefined) return `(${listed.map((value) => literal(JSON.stringify(value))).join(' | ')})`
    const alternatives = schema['anyOf'] ?? schema['oneOf']
    if (isList(alternatives)) return `(${alternatives.map((item) => this.#value(item, root)).join(' | ')})`
    const type = schema['type']
    if (isList(type)) return `(${type.map((one) => this.#value({ ...schema, type: one }, root)).join(' | ')})`
    return this.#typed(type, schema, root)
  }

  #typed(type: unknown, schema: JsonSchema, root: JsonSchema): string {
    switch (type) {
      case 'object':
        return this.#object(schema, root)
      case 'array':
        return this.#array(schema, root)
      case 'string':
        return this.#string(number(schema['minLength']) ?? 0, number(schema['maxLength']))
      case 'integer':
        return this.#rule(integer(schema))
      case 'number':
        return this.#rule(fraction(schema))
      case 'boolean':
        return '("true" | "false")'
      case 'null':
        return '"null"'
      case undefined:
        return this.#anything(1)
      default:
        throw new SchemaError(`${JSON.stringify(type)} is not a type`)
    }
  }

  /** A schema that refers to itself becomes a rule that names itself. */
  #reference(target: JsonSchema, root: JsonSchema): string {
    const known = this.#references.get(target)
    if (known !== undefined) return known
    const name = `ref${this.#references.size}`
    this.#references.set(target, name)
    this.#rules.set(name, '')
    this.#rules.set(name, this.#value(target, root))
    return name
  }

  #object(schema: JsonSchema, root: JsonSchema): string {
    const members = properties(schema)
    const extra = schema['additionalProperties']
    if (members.length > 0 || !isRecord(extra)) return this.#rule(`"{" ${this.#members(members, root, false)} "}"`)
    const pair = this.#rule(`${this.#string(1, 64)} ":" ${this.#value(extra, root)}`)
    return this.#rule(`"{" (${pair} ("," ${pair}){0,${longestList - 1}})? "}"`)
  }

  /** Members from the last to the first, once as they read after a member and once as they read at the beginning. */
  #members(members: ReturnType<typeof properties>, root: JsonSchema, after: boolean): string {
    let later = '""'
    let first = '""'
    for (const { name, schema, required } of members.toReversed()) {
      const pair = this.#rule(`${literal(`${JSON.stringify(name)}:`)} ${this.#value(schema, root)}`)
      const rest = later === '""' ? '' : ` ${later}`
      first = required ? `${pair}${rest}` : this.#rule(`${pair}${rest} | ${first}`)
      later = this.#rule(required ? `"," ${pair}${rest}` : `("," ${pair})?${rest}`)
    }
    return after ? later : first
  }

  #array(schema: JsonSchema, root: JsonSchema): string {
    const tuple = schema['prefixItems']
    if (isList(tuple)) {
      return this.#rule(`"[" ${tuple.map((item) => this.#value(item, root)).join(' "," ')} "]"`)
    }
    const item = this.#rule(this.#value(schema['items'] ?? true, root))
    const least = number(schema['minItems']) ?? 0
    const most = Math.max(least, Math.min(number(schema['maxItems']) ?? longestList, longestList))
    if (most === 0) return '"[]"'
    const items = `${item} ("," ${item}){${Math.max(0, least - 1)},${most - 1}}`
    return this.#rule(least === 0 ? `"[" (${items})? "]"` : `"[" ${items} "]"`)
  }

  #string(least: number, most: number | undefined): string {
    if (least > longestString) throw new SchemaError(`a string of ${least} characters is more than ${longestString}`)
    this.#rules.set('char', String.raw`[^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})`)
    return this.#rule(`"\\"" char{${least},${Math.min(most ?? longestString, longestString)}} "\\""`)
  }

  /** Where the schema allows any value: scalars, and lists and objects of scalars. */
  #anything(depth: number): string {
    const scalar = this.#rule(`${this.#string(0, undefined)} | ${this.#rule(fraction({}))} | "true" | "false" | "null"`)
    if (depth === 0) return scalar
    const pair = this.#rule(`${this.#string(1, 64)} ":" ${scalar}`)
    const more = `{0,${longestList - 1}}`
    return this.#rule(
      `${scalar} | "[" (${scalar} ("," ${scalar})${more})? "]" | "{" (${pair} ("," ${pair})${more})? "}"`,
    )
  }
}

const mostDigits = 999_999_999_999_999

function integer(schema: JsonSchema): string {
  const low = Math.max(Math.ceil(lower(schema) ?? -mostDigits), -mostDigits)
  const high = Math.min(Math.floor(upper(schema) ?? mostDigits), mostDigits)
  const [from, to] = [
    schema['exclusiveMinimum'] === low ? low + 1 : low,
    schema['exclusiveMaximum'] === high ? high - 1 : high,
  ]
  if (from > to) throw new SchemaError(`there is no whole number from ${from} to ${to}`)
  return wholeNumbers(from, to)
}

/** Up to six decimals. Of bounds that are not whole only the whole part is held. */
function fraction(schema: JsonSchema): string {
  const low = lower(schema)
  const high = upper(schema)
  const decimals = '("." [0-9]{1,6})?'
  if (low === undefined || low < 0) return `"-"? ${wholeNumbers(0, mostDigits)} ${decimals}`
  const excluded = schema['exclusiveMinimum'] === low && Number.isInteger(low)
  const from = excluded ? low + 1 : Math.floor(low)
  const to = Math.min(Math.ceil(high ?? mostDigits), mostDigits)
  const alternatives = [
    ...(excluded ? [`"${low}." [0-9]{0,5} [1-9]`] : []),
    ...(from < to ? [`${wholeNumbers(from, to - 1)} ${decimals}`] : []),
    ...(to === schema['maximum'] ? [`"${to}"`] : []),
  ]
  return `(${alternatives.join(' | ')})`
}

function lower(schema: JsonSchema): number | undefined {
  return number(schema['minimum']) ?? number(schema['exclusiveMinimum'])
}

function upper(schema: JsonSchema): number | undefined {
  return number(schema['maximum']) ?? number(schema['exclusiveMaximum'])
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** Text as a GBNF literal. */
function literal(text: string): string {
  const escaped = text.replace(/[\\"\n\r\t]/g, (character) => escapes[character] ?? character)
  return `"${escaped}"`
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
