import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { draftSources, type Brief, type DraftSource } from '../../src/brief/index.ts'
import { loosely, type Span } from '../../src/brief/source/find-quote.ts'

interface Pointed {
  readonly source: string
  readonly quote: string
  readonly point: string
}

/** What careful people found in a group of sources, fixed before any code read them. */
export interface Key {
  readonly title: string
  readonly sources: readonly string[]
  readonly takeaways: readonly { readonly point: string; readonly claims: readonly string[] }[]
  readonly claims: readonly (Pointed & {
    readonly id: string
    readonly speaker: string
    readonly stance: 'asserted' | 'hearsay' | 'opinion' | 'prediction' | 'retracted'
  })[]
  readonly contradictions: readonly { readonly points: readonly string[]; readonly what: string }[]
  readonly duplicates: readonly (readonly string[])[]
  readonly unknowns: readonly Pointed[]
  readonly watchlist: readonly Pointed[]
  readonly must_not: readonly {
    readonly what: string
    readonly source?: string | undefined
    readonly quote?: string | undefined
  }[]
}

const pointed = z.object({ source: z.string(), quote: z.string(), point: z.string() })

const key: z.ZodType<Key> = z.object({
  title: z.string(),
  sources: z.array(z.string()),
  takeaways: z.array(z.object({ point: z.string(), claims: z.array(z.string()) })),
  claims: z.array(
    pointed.extend({
      id: z.string(),
      speaker: z.string(),
      stance: z.enum(['asserted', 'hearsay', 'opinion', 'prediction', 'retracted']),
    }),
  ),
  contradictions: z.array(z.object({ points: z.array(z.string()), what: z.string() })),
  duplicates: z.array(z.array(z.string())),
  unknowns: z.array(pointed),
  watchlist: z.array(pointed),
  must_not: z.array(z.object({ what: z.string(), source: z.string().optional(), quote: z.string().optional() })),
})

export const FOREIGN: string = path.join(import.meta.dirname, '../foreign/sources')
export const GROUPS: readonly ['discharge-letters', 'insurance-claims', 'warehouse-planners'] = [
  'discharge-letters',
  'insurance-claims',
  'warehouse-planners',
]

export function keyOf(group: string): Key {
  return key.parse(JSON.parse(fs.readFileSync(path.join(FOREIGN, `${group}.key.json`), 'utf8')))
}

export async function sourcesOf({ sources }: Key, folder: string = FOREIGN): Promise<readonly DraftSource[]> {
  return draftSources(sources.map((name) => ({ path: path.join(folder, name), name })))
}

export interface Scored {
  readonly recall: number
  readonly precision: number
  /** Share of the found claims whose stance is the key's. */
  readonly stance: number
  readonly contradictions: number
  /** Quotes that are not in their source: none, or the gate is broken. */
  readonly notThere: number
  /** Claims of the key whose quote is in the text of its source, of all of them. */
  readonly readable: readonly [number, number]
}

const PIECES: Readonly<Record<string, readonly string[]>> = { asserted: ['asserted', 'reported', 'hedged'] }

/**
 * A draft against its key. A claim is found where a claim of the draft has a quote that shares half of the shorter one's
 * letters; a claim of the draft is right where one of its quotes shares as much with a claim of the key.
 */
export function scored(brief: Brief, { claims, contradictions }: Key, sources: readonly DraftSource[]): Scored {
  const source = (file: string): DraftSource | undefined => sources.find((each) => each.file === file)
  const spans = claims.map((claim) => {
    const found = source(claim.source)
    const at = found === undefined ? undefined : loosely(found.text.text, claim.quote)
    return { ...claim, at, sourceId: found?.id }
  })
  const readable = spans.filter(({ at }) => at !== undefined)
  const quotes = brief.claims.flatMap((claim) =>
    (claim.quotes ?? []).map((quote) => ({ claim: claim.id, how: quote.how ?? 'asserted', ...quote })),
  )
  const match = (id: string | undefined, at: Span | undefined): typeof quotes =>
    at === undefined
      ? []
      : quotes.filter((quote) => quote.source === id && quote.at !== undefined && half(quote.at, at))
  const found = readable.filter((each) => match(each.sourceId, each.at).length > 0)
  const right = brief.claims.filter(({ id }) =>
    readable.some((each) => match(each.sourceId, each.at).some((quote) => quote.claim === id)),
  )
  const stances = found.filter(({ stance, sourceId, at }) =>
    match(sourceId, at).some(({ how }) => (PIECES[stance] ?? [stance]).includes(how)),
  )
  const named = contradictions.filter(({ points }) =>
    (brief.contradictions ?? []).some((each) =>
      points.every((point) => {
        const want = spans.find(({ id }) => id === point)
        return match(want?.sourceId, want?.at).some(({ claim }) => each.claims.includes(claim))
      }),
    ),
  )
  return {
    recall: found.length / Math.max(1, readable.length),
    precision: right.length / Math.max(1, brief.claims.length),
    stance: stances.length / Math.max(1, found.length),
    contradictions: named.length / Math.max(1, contradictions.length),
    notThere: quotes.filter(
      ({ source: id, at = [0, 0], text }) => sources.find((each) => each.id === id)?.text.text.slice(...at) !== text,
    ).length,
    readable: [readable.length, claims.length],
  }
}

function half([from, to]: Span, [otherFrom, otherTo]: Span): boolean {
  const shared = Math.min(to, otherTo) - Math.max(from, otherFrom)
  return shared * 2 >= Math.min(to - from, otherTo - otherFrom)
}
