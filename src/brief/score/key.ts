import { z } from 'zod'
import { AssayError } from '../../assay-error.ts'

/** What a claim of a key says of its speaker's stance. */
export const KEY_STANCES = ['asserted', 'hearsay', 'opinion', 'prediction', 'retracted'] as const

export type KeyStance = (typeof KEY_STANCES)[number]

/** Words of a source that somebody marked. */
export interface KeyLine {
  /** File name of the source. */
  readonly source: string
  readonly quote: string
}

/** What careful people marked in sources: what a good brief of them holds. */
export interface BriefKey {
  readonly sources: readonly string[]
  readonly claims: readonly (KeyLine & {
    readonly id: string
    readonly stance: KeyStance
    readonly numbers: readonly number[]
  })[]
  readonly takeaways: readonly { readonly evidence: readonly KeyLine[] }[]
  /** Ids of claims that contradict one another. */
  readonly contradictions: readonly { readonly points: readonly string[] }[]
  readonly unknowns: readonly KeyLine[]
  readonly watchlist: readonly KeyLine[]
  /** What must not be said as a fact; without a quote it is for people to look for. */
  readonly must_not: readonly { readonly source?: string | undefined; readonly quote?: string | undefined }[]
}

const line = { source: z.string().min(1), quote: z.string().min(1) }

const key: z.ZodType<BriefKey> = z.object({
  sources: z.array(z.string().min(1)).min(1),
  claims: z
    .array(z.object({ ...line, id: z.string(), stance: z.enum(KEY_STANCES), numbers: z.array(z.number()).default([]) }))
    .min(1),
  takeaways: z.array(z.object({ evidence: z.array(z.object(line)) })).default([]),
  contradictions: z.array(z.object({ points: z.array(z.string()) })).default([]),
  unknowns: z.array(z.object(line)).default([]),
  watchlist: z.array(z.object(line)).default([]),
  must_not: z.array(z.object({ source: z.string().optional(), quote: z.string().optional() })).default([]),
})

/**
 * Reads a key. Fields that a score does not need are left alone.
 *
 * @param shown the file's name, for messages
 * @throws AssayError `brief/bad-key` where it is not JSON, or not a key
 */
export function parseKey(text: string, shown: string): BriefKey {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AssayError('brief/bad-key', `${shown} is not JSON. A key is one object with sources and claims.`, {
      cause,
    })
  }
  const read = key.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.join('.') ?? ''
  throw new AssayError(
    'brief/bad-key',
    `${shown}: ${place === '' ? 'it' : place} is missing or not what a key holds there. A key has sources, and claims with id, source, quote and stance (${KEY_STANCES.join(', ')}).`,
  )
}
