import { z } from 'zod'
import type { JsonSchema, ToolSchema } from '../model/index.ts'
import { jsonObject } from '../record/index.ts'
import type { ActResult } from '../world/index.ts'

/** What a tool says back. `error` is for the agent to read; `submits` ends the trial with this text as its answer. */
export type ToolOutcome = ActResult

/**
 * Something an agent can do.
 *
 * `deterministic` tools are run again when a trial is resumed, and rebuild what they change; `external` ones are read
 * back from the journal and not run again.
 */
export interface Tool {
  readonly schema: ToolSchema
  readonly input: z.ZodObject
  readonly effect: 'deterministic' | 'external'
  /** It acts on the world, where an agent's other tools are its own memory or a helper. */
  readonly inWorld?: true
  run(input: Readonly<Record<string, unknown>>): ToolOutcome | Promise<ToolOutcome>
}

/** A tool as its author writes it: a zod schema and a function. */
export interface ToolSpec<Input extends z.ZodObject> {
  readonly name: string
  readonly description: string
  readonly input: Input
  readonly effect: Tool['effect']
  run(input: Readonly<z.infer<Input>>): ToolOutcome | Promise<ToolOutcome>
}

export function defineTool<Input extends z.ZodObject>(spec: ToolSpec<Input>): Tool {
  return {
    schema: toolSchema(spec.name, spec.description, spec.input),
    input: spec.input,
    effect: spec.effect,
    // Parsed with this very schema by whoever calls the tool; parsing twice would apply transforms twice.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    run: (input) => spec.run(input as Readonly<z.infer<Input>>),
  }
}

const converted = new WeakMap<z.ZodObject, JsonSchema>()

/** The tool as a model is told of it. A schema is converted once. */
export function toolSchema(name: string, description: string, input: z.ZodObject): ToolSchema {
  let parameters = converted.get(input)
  if (parameters === undefined) {
    const { $schema: _$schema, ...schema } = z.toJSONSchema(input, { io: 'input' })
    parameters = jsonObject.parse(schema)
    converted.set(input, parameters)
  }
  return { name, description, parameters }
}
