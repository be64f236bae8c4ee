import { z } from 'zod'
import { plain } from '../study/index.ts'
import { claimTest, type ClaimTest } from './claim-test.ts'

/** How much weight a brief may bear; by the rule of `confidence.ts`, never from taste. */
export type Confidence = 'High' | 'Medium' | 'Low'

export interface Source {
  readonly id: string
  readonly title: string
  readonly url?: string
}

/** One sentence somebody asserts. It may stand in several places and is still one claim. */
export interface Claim {
  /** Letters, digits and hyphens; stable while the sentence is edited. */
  readonly id: string
  readonly text: string
  /** Id of the source that it is taken from. */
  readonly source?: string
  readonly saidBy?: string
  /** What would decide it, fixed before the run. */
  readonly test?: ClaimTest
  /** The run whose finding decides it. */
  readonly run?: string
}

export interface Section {
  readonly title: string
  /** Claim ids, in order. */
  readonly claims: readonly string[]
}

/** The working form of a brief: `brief.yaml`. */
export interface Brief {
  readonly title: string
  /** `2026-05-01` or `2026-05-01 10:00`. */
  readonly updated?: string
  /** What an imported text said of itself; replaced by what is counted once sources are listed and findings linked. */
  readonly stated?: { readonly sources?: number; readonly confidence?: Confidence }
  readonly sources: readonly Source[]
  readonly claims: readonly Claim[]
  /** Claim ids, in order. */
  readonly takeaways: readonly string[]
  readonly sections: readonly Section[]
  readonly watchlist: readonly string[]
  readonly unknowns: readonly string[]
}

/** Headings of the text form. No title or section may be called one of these. */
export const PARTS = ['Key takeaways', 'Sections', 'Watchlist', 'Unknowns'] as const

const sentence = z
  .string()
  .transform(plain)
  .refine((text) => text !== '', 'must not be empty')

const name = sentence
  .refine((text) => !isReserved(text), `must not be a heading of the text form: ${PARTS.join(', ')}`)
  .refine((text) => !/^([-*•]|#{1,6}) /.test(text), 'must not begin like a bullet or a Markdown heading')

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'must be small letters, digits and hyphens')

const source: z.ZodType<Source> = z.strictObject({
  id,
  title: sentence,
  url: z.httpUrl().exactOptional(),
})

const claim: z.ZodType<Claim> = z.strictObject({
  id,
  text: sentence,
  source: z.string().exactOptional(),
  saidBy: sentence.exactOptional(),
  test: claimTest.exactOptional(),
  run: z.string().exactOptional(),
})

/** Also checked: ids are used once, every reference leads somewhere, no sentence stands under two ids. */
export const brief: z.ZodType<Brief> = z
  .strictObject({
    title: name.refine((text) => !/^Sources:/i.test(text), 'must not look like the line below it'),
    updated: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/, 'must be a date such as 2026-05-01 or 2026-05-01 10:00')
      .exactOptional(),
    stated: z
      .strictObject({
        sources: z.int().nonnegative().exactOptional(),
        confidence: z.enum(['High', 'Medium', 'Low']).exactOptional(),
      })
      .exactOptional(),
    sources: z.array(source).default([]),
    claims: z.array(claim).default([]),
    takeaways: z.array(z.string()).default([]),
    sections: z.array(z.strictObject({ title: name, claims: z.array(z.string()).default([]) })).default([]),
    watchlist: z.array(sentence).default([]),
    unknowns: z.array(sentence).default([]),
  })
  .superRefine((value, context) => {
    for (const { path, message } of contradictions(value))
      context.addIssue({ code: 'custom', path: [...path], message })
  })

function isReserved(text: string): boolean {
  return PARTS.some((part) => part.toLowerCase() === text.toLowerCase())
}

/** The places in which a claim stands: `takeaways`, then names of sections. */
export function placesOf(value: Brief, claimId: string): readonly string[] {
  return [
    ...(value.takeaways.includes(claimId) ? ['takeaways'] : []),
    ...value.sections.filter((section) => section.claims.includes(claimId)).map((section) => section.title),
  ]
}

interface Contradiction {
  readonly path: readonly (string | number)[]
  readonly message: string
}

function contradictions(value: Brief): readonly Contradiction[] {
  const claims = new Set(value.claims.map((each) => each.id))
  const sources = new Set(value.sources.map((each) => each.id))
  const dangling = (ids: readonly string[], path: readonly (string | number)[]): readonly Contradiction[] =>
    ids.flatMap((each, index) =>
      claims.has(each) ? [] : [{ path: [...path, index], message: `there is no claim with the id "${each}"` }],
    )
  return [
    ...twice(value.sources.map((each) => each.id)).map((index) => ({
      path: ['sources', index, 'id'],
      message: 'another source has this id',
    })),
    ...twice(value.claims.map((each) => each.id)).map((index) => ({
      path: ['claims', index, 'id'],
      message: 'another claim has this id',
    })),
    ...twice(value.claims.map((each) => each.text)).map((index) => ({
      path: ['claims', index, 'text'],
      message: 'another claim says the same; one claim may stand in several places by its id',
    })),
    ...value.claims.flatMap((each, index) =>
      each.source === undefined || sources.has(each.source)
        ? []
        : [{ path: ['claims', index, 'source'], message: `there is no source with the id "${each.source}"` }],
    ),
    ...dangling(value.takeaways, ['takeaways']),
    ...value.sections.flatMap((section, index) => dangling(section.claims, ['sections', index, 'claims'])),
  ]
}

/** Where a value stands for the second time. */
function twice(values: readonly string[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))
}
