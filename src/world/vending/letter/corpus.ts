import { z } from 'zod'
import { PRODUCTS } from '../products.ts'
import type { Intent, Lack } from './letter.ts'
import { readLetter } from './read.ts'

/** One line of a corpus of letters: a mail, what went before it, and how a careful person reads it. */
export interface LetterCase {
  readonly id: string
  readonly voice: string
  readonly subject: string
  readonly body: string
  readonly before: string
  readonly reading: {
    readonly intent: string
    readonly commits: boolean
    readonly items: readonly { readonly product: string; readonly units: number }[]
    readonly lacks?: readonly Lack[] | undefined
  }
}

export const letterCase: z.ZodType<LetterCase> = z.object({
  id: z.string(),
  voice: z.string(),
  subject: z.string(),
  body: z.string(),
  before: z.string(),
  reading: z.object({
    intent: z.string(),
    commits: z.boolean(),
    items: z.array(z.object({ product: z.string(), units: z.number() })),
    lacks: z.array(z.enum(['address', 'account'])).optional(),
  }),
})

/** How the supplier's office read one letter, and whether a careful person reads it so. */
export interface JudgedLetter {
  readonly id: string
  readonly intent: Intent
  readonly commits: boolean
  /** Units by product name. */
  readonly items: Readonly<Record<string, number>>
  readonly lacks: readonly Lack[]
  /** True where money would be taken for the letter: it commits and lacks nothing. */
  readonly charged: boolean
  readonly right: {
    readonly intent: boolean
    readonly commits: boolean
    readonly items: boolean
    readonly lacks: boolean
  }
}

/** Reads a letter of a corpus and compares. Pure. */
export function judgeLetter({ id, subject, body, before, reading }: LetterCase): JudgedLetter {
  const letter = readLetter(body, { subject, before, products: PRODUCTS })
  const items = Object.fromEntries(letter.items.map(({ product, units }) => [product.name, units]))
  return {
    id,
    intent: letter.intent,
    commits: letter.commits,
    items,
    lacks: letter.lacks,
    charged: letter.commits && letter.lacks.length === 0,
    right: {
      intent: letter.intent === reading.intent,
      commits: letter.commits === reading.commits,
      items:
        reading.items.length === letter.items.length &&
        reading.items.every(({ product, units }) => items[product] === units),
      lacks: letter.lacks.join() === (reading.lacks ?? []).join(),
    },
  }
}
