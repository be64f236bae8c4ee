import { prettifyError, type z } from 'zod'
import type { ActResult, WorldTool } from '../world.ts'
import type { Office } from './office.ts'

/** The least access that an agent must have to be given a tool. */
export type Access = 'none' | 'read' | 'act'

const RANK: Readonly<Record<Access, number>> = { none: 0, read: 1, act: 2 }

export function allows(given: Access, needed: Access): boolean {
  return RANK[given] >= RANK[needed]
}

export interface Done {
  readonly office: Office
  readonly result: ActResult
}

/** A tool of the office with what it does. */
export interface Act extends WorldTool {
  readonly access: Exclude<Access, 'none'>
  readonly run: (office: Office, input: Readonly<Record<string, unknown>>) => Done
}

/** Closes an act over its input's type. The input is parsed again: a world driven by hand answers a wrong one with a sentence. */
export function defineAct<Input extends z.ZodObject>(
  tool: Omit<Act, 'input' | 'run'> & { readonly input: Input },
  run: (office: Office, input: z.infer<Input>) => Done,
): Act {
  return {
    ...tool,
    run(office, input) {
      const parsed = tool.input.safeParse(input)
      return parsed.success ? run(office, parsed.data) : refused(office, prettifyError(parsed.error))
    },
  }
}

export function told(office: Office, text: string): Done {
  return { office, result: { text } }
}

export function refused(office: Office, text: string): Done {
  return { office, result: { text, error: true } }
}
