import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { randomFrom } from '../../../src/record/index.ts'
import type { JsonSchema } from '../../../src/model/index.ts'
import { readAct } from '../../../src/model/local/act.ts'
import { wholeNumbers } from '../../../src/model/local/digits.ts'
import { planFor } from '../../../src/model/local/grammar.ts'
import { SchemaError } from '../../../src/model/local/schema.ts'
import { accepts, derive, parseGrammar } from './gbnf.ts'

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.record(z.string(), z.json()).parse(z.toJSONSchema(schema))
}

function tool(name: string, schema: z.ZodType) {
  return { name, description: '', parameters: jsonSchema(schema) }
}

/** Whether the arguments may be written for a single tool. */
function allows(schema: z.ZodType, act: string): boolean {
  const { grammar = '', opening } = planFor([tool('act', schema)], 'required', 'completion')
  expect(act.startsWith(opening)).toBe(true)
  return accepts(parseGrammar(grammar), act.slice(opening.length))
}

describe('an act', () => {
  const order = z.object({ amount: z.union([z.literal(10), z.literal(20)]), product: z.enum(['cola', 'iced tea']) })

  it('is one line of compact JSON that ends at its closing brace', () => {
    expect(allows(order, ' {"tool":"act","amount":20,"product":"iced tea"}')).toBe(true)
    expect(allows(order, ' {"tool":"act","amount":20,"product":"iced tea"}\n')).toBe(false)
    expect(allows(order, ' {"tool":"act", "amount":20,"product":"cola"}')).toBe(false)
  })

  it('holds every property to its values', () => {
    expect(allows(order, ' {"tool":"act","amount":15,"product":"cola"}')).toBe(false)
    expect(allows(order, ' {"tool":"act","amount":20,"product":"beer"}')).toBe(false)
    expect(allows(order, ' {"tool":"act","amount":20}')).toBe(false)
  })

  it('may leave optional properties out, in any combination and in the order of the schema', () => {
    const some = z.object({ a: z.boolean().optional(), b: z.null(), c: z.boolean().optional() })
    for (const inside of ['"b":null', '"a":true,"b":null', '"b":null,"c":false', '"a":true,"b":null,"c":true']) {
      expect(allows(some, ` {"tool":"act",${inside}}`), inside).toBe(true)
    }
    expect(allows(some, ' {"tool":"act","c":true,"b":null}')).toBe(false)
    const nested = z.object({ in: z.object({ a: z.boolean().optional(), b: z.boolean().optional() }) })
    for (const inside of ['', '"a":true', '"b":true', '"a":true,"b":true']) {
      expect(allows(nested, ` {"tool":"act","in":{${inside}}}`), inside).toBe(true)
    }
    expect(allows(nested, ' {"tool":"act","in":{,"b":true}}')).toBe(false)
  })

  it('of a tool without parameters is its name', () => {
    expect(allows(z.object({}), ' {"tool":"act"}')).toBe(true)
  })

  it('keeps strings and lists within bounds', () => {
    expect(allows(z.object({ s: z.string().max(3) }), ' {"tool":"act","s":"abcd"}')).toBe(false)
    expect(allows(z.object({ s: z.string().max(3) }), String.raw` {"tool":"act","s":"a\"\n"}`)).toBe(true)
    expect(allows(z.object({ l: z.array(z.boolean()).min(1).max(2) }), ' {"tool":"act","l":[]}')).toBe(false)
    expect(allows(z.object({ l: z.array(z.boolean()).min(1).max(2) }), ' {"tool":"act","l":[true,false]}')).toBe(true)
    expect(allows(z.object({ l: z.array(z.boolean()).max(2) }), ' {"tool":"act","l":[true,true,true]}')).toBe(false)
  })

  it('is text or an act under "auto", by its first character', () => {
    const { grammar = '', opening } = planFor([tool('act', z.object({}))], 'auto', 'chat')
    const rules = parseGrammar(grammar.replace('[^\\x00]', '[^]'))
    expect(opening).toBe('')
    expect(accepts(rules, '{"tool":"act"}')).toBe(true)
    expect(accepts(rules, 'Hello {"tool"')).toBe(true)
    expect(accepts(rules, '')).toBe(true)
    expect(accepts(rules, '{"other":1}')).toBe(false)
  })

  it('is impossible under "none"', () => {
    expect(planFor([tool('act', z.object({}))], 'none', 'chat')).toEqual({ opening: '' })
  })

  it('always parses, names a known tool and fits the schema it was held to', () => {
    const schemas = {
      order: z.object({
        amount: z.int().min(-7).max(230),
        product: z.enum(['co"la', 'tea\n', 'x\\y']),
        note: z.string().min(1).max(12).optional(),
        lines: z.array(z.object({ price: z.number().min(0).max(5), gift: z.boolean().nullable() })).max(3),
      }),
      price: z.object({ cents: z.int().gt(0).lt(1000), rate: z.number().gt(0), why: z.record(z.string(), z.int()) }),
      swap: z.object({ pair: z.tuple([z.string().max(2), z.int()]), by: z.union([z.int(), z.literal('all')]) }),
      wait: z.object({}),
    }
    const tools = Object.entries(schemas).map(([name, schema]) => tool(name, schema))
    const plan = planFor(tools, 'required', 'completion')
    const rules = parseGrammar(plan.grammar ?? '')
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const act = readAct(plan.opening + derive(rules, randomFrom(seed)))
        const schema = Object.entries(schemas).find(([name]) => name === act?.name)?.[1]
        const parsed = schema?.safeParse(JSON.parse(act?.arguments ?? 'null'))
        expect(parsed?.error?.issues ?? parsed?.success, act?.arguments).toBe(true)
      }),
      { numRuns: 400, seed: 1 },
    )
  })

  it('follows a schema that refers to itself', () => {
    const tree: z.ZodType = z.object({
      name: z.enum(['leaf', 'twig']),
      get child() {
        return tree.optional()
      },
    })
    const { grammar = '', opening } = planFor([tool('grow', z.object({ tree }))], 'required', 'chat')
    const rules = parseGrammar(grammar)
    for (let seed = 0; seed < 50; seed += 1) {
      const act = readAct(opening + derive(rules, randomFrom(seed)))
      expect(z.object({ tree }).safeParse(JSON.parse(act?.arguments ?? 'null')).success).toBe(true)
    }
  })

  it.each<[string, JsonSchema]>([
    ['"tool"', { type: 'object', properties: { tool: { type: 'string' } } }],
    ['"allOf"', { type: 'object', properties: { a: { allOf: [{ type: 'string' }] } } }],
    ['leads nowhere', { type: 'object', properties: { a: { $ref: '#/$defs/b' } } }],
    ['no whole number', { type: 'object', properties: { a: { type: 'integer', minimum: 3, maximum: 2 } } }],
    ['"date" is not a type', { type: 'object', properties: { a: { type: 'date' } } }],
  ])('is refused where a schema cannot be held: %s', (why, parameters) => {
    const refused = (): unknown => planFor([{ name: 'act', description: '', parameters }], 'required', 'chat')
    expect(refused).toThrow(SchemaError)
    expect(refused).toThrow(why)
  })
})

describe('wholeNumbers', () => {
  it('takes the numbers of its range and no others', () => {
    const bound = fc.integer({ min: -1200, max: 1200 })
    fc.assert(
      fc.property(bound, bound, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const rules = parseGrammar(`root ::= ${wholeNumbers(low, high)}`)
        const edges = [low, low - 1, high, high + 1, -1, 0, 1, 9, 10, 99, 100, 999, 1000]
        const inside = Array.from({ length: 60 }, (_, step) => low + Math.round(((high - low) * step) / 59))
        for (const number of [...edges, ...inside, ...inside.map((each) => -each)]) {
          expect(accepts(rules, String(number)), `${number} in ${low}..${high}`).toBe(number >= low && number <= high)
        }
      }),
      { numRuns: 200, seed: 1 },
    )
    expect(accepts(parseGrammar(`root ::= ${wholeNumbers(0, 50)}`), '007')).toBe(false)
  })
})
