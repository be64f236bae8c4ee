import { z } from 'zod'
import type { Seen } from './break.ts'

/** What a run of the controls, or a check held against its corpus, says. */
export type Found =
  | { readonly type: 'run'; readonly failed: readonly string[]; readonly checks: number }
  /** Share of the corpus whose label is read as it was meant, and share that is decided otherwise: "cannot tell" is in neither. */
  | { readonly type: 'corpus'; readonly share: number; readonly wrong: number }

export const foundSchema: z.ZodType<Found> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), failed: z.array(z.string()), checks: z.int() }),
  z.object({ type: z.literal('corpus'), share: z.number(), wrong: z.number() }),
])

export const seenSchema: z.ZodType<Seen> = z.union([
  z.object({
    study: z.string(),
    set: z.record(z.string(), z.array(z.string())).exactOptional(),
    tasks: z.union([z.number(), z.string()]).exactOptional(),
    repeats: z.number().exactOptional(),
    models: z.number().exactOptional(),
  }),
  z.object({ corpus: z.string(), as: z.string() }),
])
