import { parseJson } from '../../record/index.ts'
import { z } from 'zod'
import { readChunk } from './moves.ts'
import type { Quirks } from './quirks.ts'
import type { ReplyBuilder } from './reply-builder.ts'

/** The least a whole reply must be. Its details are read by the same hand that reads a stream's. */
const reply = z.union([
  z.looseObject({
    choices: z
      .array(z.union([z.looseObject({ message: z.looseObject({}) }), z.looseObject({ text: z.string() })]))
      .min(1),
  }),
  z.looseObject({ error: z.unknown().refine((error) => error !== null && error !== undefined) }),
])

/**
 * Reads a reply that came in one piece.
 *
 * @returns what is wrong with it, or undefined where it was read (which may have found an error object)
 */
export function decodeReply(text: string, builder: ReplyBuilder, output: Quirks['output']): string | undefined {
  let wire: unknown
  try {
    wire = parseJson(text)
  } catch {
    return 'the reply is not JSON'
  }
  if (Array.isArray(wire)) [wire] = wire
  if (!reply.safeParse(wire).success) return 'the reply has neither choices nor an error'
  const moves = readChunk(wire, output)
  if (moves === undefined) return 'the reply could not be read'
  builder.apply(moves)
  return undefined
}
