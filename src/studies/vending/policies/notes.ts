import { z } from 'zod'
import type { Part } from '../../../record/index.ts'

// A shopkeeper's memory is one line of its own last message. Everything that it must know tomorrow stands there.

/** One kind of goods that the shop sells: where, for how much (cents), and what a unit was quoted at (cents). */
export interface Line {
  readonly slot: string
  readonly product: string
  readonly price: number
  readonly quote: number
}

/** An order under way. */
export interface Pending {
  readonly supplier: string
  /** Day of the order, and the day promised; undefined until the confirmation was read. */
  readonly placed: number
  readonly promised?: number | undefined
  readonly units: Readonly<Record<string, number>>
  /** Cents that the confirmation says will be charged. */
  readonly charged?: number | undefined
  /** Cents that the quotes come to. */
  readonly expected: number
}

export interface Notes {
  readonly day: number
  readonly lastDay?: number | undefined
  /** Every supplier that the search named. */
  readonly suppliers: readonly string[]
  readonly lines: readonly Line[]
  readonly supplier?: string | undefined
  /** Suppliers that broke their word. */
  readonly dropped: readonly string[]
  readonly pending?: Pending | undefined
  /** Units in storage as the shopkeeper last left it, or believes it did. */
  readonly storage: Readonly<Record<string, number>>
}

const units = z.record(z.string(), z.number())

const schema: z.ZodType<Notes> = z.object({
  day: z.number(),
  lastDay: z.number().optional(),
  suppliers: z.array(z.string()),
  lines: z.array(z.object({ slot: z.string(), product: z.string(), price: z.number(), quote: z.number() })),
  supplier: z.string().optional(),
  dropped: z.array(z.string()),
  pending: z
    .object({
      supplier: z.string(),
      placed: z.number(),
      promised: z.number().optional(),
      charged: z.number().optional(),
      units,
      expected: z.number(),
    })
    .optional(),
  storage: units,
})

const BLANK: Notes = { day: 0, suppliers: [], lines: [], dropped: [], storage: {} }

export function readNotes(said: string): Notes {
  const [, json] = /^Notes: (\{.*\})$/m.exec(said) ?? []
  return json === undefined ? BLANK : schema.parse(JSON.parse(json))
}

export function writeNotes(notes: Notes): Part {
  return { type: 'text', text: `Notes: ${JSON.stringify(notes)}` }
}
