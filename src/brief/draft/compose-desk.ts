import { z } from 'zod'
import { defineWorld, type World } from '../../world/index.ts'

/** What a model composed of quotes. */
export interface Composed {
  readonly title?: string | undefined
  readonly claims: readonly {
    readonly text: string
    /** Numbers of quotes. */
    readonly quotes: readonly number[]
    readonly section?: string | undefined
  }[]
  /** Places in `claims`, as everywhere below. */
  readonly takeaways: readonly number[]
  readonly contradictions?: readonly { readonly claims: readonly number[]; readonly what: string }[] | undefined
  readonly lines?: readonly { readonly quote: number; readonly text: string }[] | undefined
  readonly absent?: readonly string[] | undefined
}

const number = z.int().nonnegative()

const composed: z.ZodObject & z.ZodType<Composed> = z.object({
  title: z.string().max(120).optional().describe('What the brief is about, in at most ten words.'),
  claims: z.array(
    z.object({
      text: z
        .string()
        .max(400)
        .describe('One sentence that can be read alone: who and what by name, numbers as the quotes have them.'),
      quotes: z
        .array(number)
        .min(1)
        .describe('Numbers of all quotes that say this; quotes of one meaning are one claim.'),
      section: z.string().max(60).optional().describe('A heading of two to four words that several claims share.'),
    }),
  ),
  takeaways: z
    .array(number)
    .describe('At most seven claims, by their place in claims from 0: what a reader must know.'),
  contradictions: z
    .array(z.object({ claims: z.array(number).min(2), what: z.string().max(300) }))
    .optional()
    .describe('Claims, by their place from 0, that cannot all be true, and what differs.'),
  lines: z
    .array(z.object({ quote: number, text: z.string().max(300) }))
    .optional()
    .describe('For quotes of kind watch and unknown: a sentence that can be read alone.'),
  absent: z
    .array(z.string().max(200))
    .optional()
    .describe('What a reader would ask and no quote says, each as: No source says …'),
})

const view = z.object({ composed: composed.nullable() })

interface Desk {
  readonly composed: Composed | null
  readonly done: boolean
}

/** The desk at which a model composes a brief of quotes that passed the gate, and of nothing else. */
export function composeDesk(quotes: number): World {
  return defineWorld<Desk>({
    name: 'compose',
    tools: [{ name: 'compose', description: 'Hands in the brief.', input: composed }],
    start: () => ({ composed: null, done: false }),
    act(state, _tool, input) {
      const given = composed.parse(input)
      const tiedTo = given.claims.filter((claim) => claim.quotes.some((each) => each < quotes))
      if (quotes > 0 && tiedTo.length === 0 && (given.lines ?? []).length === 0)
        return { state, result: { error: true, text: 'No claim names a quote by its number.' } }
      return { state: { composed: given, done: true }, result: { text: `${tiedTo.length} claims.` } }
    },
    view: ({ composed: got }) => ({ composed: got === null ? null : JSON.parse(JSON.stringify(got)) }),
    days: () => 0,
    ended: ({ done }) => (done ? 'composed' : undefined),
    canary: [{ tool: 'compose', input: { claims: [], takeaways: [], lines: [{ quote: 0, text: 'x' }] } }],
  })
}

/** What is on the desk at the end; undefined where nothing came that can be used. */
export function onComposeDesk(last: unknown): Composed | undefined {
  const read = view.safeParse(last)
  return read.success ? (read.data.composed ?? undefined) : undefined
}
