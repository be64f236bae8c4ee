import { z } from 'zod'
import { plain } from '../report/index.ts'
import { visible } from './source/visible.ts'

export const STANCES: readonly ['reported', 'asserted', 'hedged', 'hearsay', 'opinion', 'prediction', 'retracted'] = [
  'reported',
  'asserted',
  'hedged',
  'hearsay',
  'opinion',
  'prediction',
  'retracted',
]

/**
 * How surely a source says something: on a named other's word, on its own, or with a reservation; on the word of somebody
 * who is not named; as what one holds or expects; or as what its speaker takes back.
 */
export type Stance = (typeof STANCES)[number]

/** Words of a source, letter by letter. */
export interface Quote {
  /** Id of the source. */
  readonly source: string
  /** The words as they are in the source's text. */
  readonly text: string
  /** Where they stand: half-open, in UTF-16 code units of the source's text as `readSource` gives it. */
  readonly at?: readonly [from: number, to: number]
  /** Who says it; absent where the source speaks for itself. */
  readonly saidBy?: string
  readonly how?: Stance
}

const offset = z.int().nonnegative()

export const quote: z.ZodType<Quote> = z.strictObject({
  source: z.string().describe('Id of a source.'),
  text: z
    .string()
    .transform(visible)
    .refine((text) => text.trim() !== '', 'must not be empty')
    .describe('The words as they are in the source, letter by letter.'),
  at: z
    .tuple([offset, offset])
    .refine(([from, to]) => from < to, 'must end after its beginning')
    .exactOptional()
    .describe("Where they are in the source's text: first character, and the one after the last."),
  saidBy: z
    .string()
    .transform(plain)
    .refine((text) => text !== '', 'must not be empty')
    .exactOptional(),
  how: z.enum(STANCES).exactOptional(),
})
