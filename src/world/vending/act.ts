import { prettifyError, type z } from 'zod'
import type { ActResult, WorldTool } from '../world.ts'
import type { Business } from './business.ts'

/** What an act does: the next business, and what the agent is told. */
export interface Done {
  readonly state: Business
  readonly result: ActResult
}

/** One act of the large sizes: the tool as an agent sees it, and what it does. */
export interface Act {
  readonly tool: WorldTool
  readonly run: (business: Business, input: Readonly<Record<string, unknown>>) => Done
}

/**
 * Ties an act's function to its tool's schema, so that the function gets what the schema describes. An agent's loop has
 * parsed the input already; a world driven by hand answers a wrong one with a sentence.
 */
export function defineAct<Input extends z.ZodObject>(
  tool: WorldTool & { readonly input: Input },
  run: (business: Business, input: z.infer<Input>) => Done,
): Act {
  return {
    tool,
    run(business, input) {
      const parsed = tool.input.safeParse(input)
      return parsed.success ? run(business, parsed.data) : refused(business, prettifyError(parsed.error))
    },
  }
}

export function told(state: Business, text: string): Done {
  return { state, result: { text } }
}

/** A mistake of the agent: nothing changed, and it is told why. */
export function refused(state: Business, text: string): Done {
  return { state, result: { text, error: true } }
}
