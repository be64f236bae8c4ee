import { z } from 'zod'
import { plain } from '../report/index.ts'
import { claimTest, type ClaimTest } from './claim-test.ts'
import { findingLink, type FindingLink } from './link.ts'
import { quote, type Quote } from './quote.ts'
import { VERDICTS, type VerdictStatus } from './verdict-status.ts'
import { claimKey } from './words.ts'

/** How much weight a brief may bear; by the rule of `confidence.ts`, never from taste. */
export type Confidence = 'High' | 'Medium' | 'Low'

export interface Source {
  readonly id: string
  readonly title: string
  readonly url?: string
  /** Where it lies, seen from the folder of `brief.yaml`: text, Markdown, HTML or PDF. Quotes are looked up there. */
  readonly file?: string
  /** Hash of its text as it was when it was quoted. */
  readonly hash?: string
  /** When it was published: `2026-05-01`. */
  readonly date?: string
}

/** One sentence somebody asserts. It may be in several places and is still one claim. */
export interface Claim {
  /** Letters, digits and hyphens; stable while the sentence is edited. */
  readonly id: string
  readonly text: string
  /** Where it is said, word by word. */
  readonly quotes?: readonly Quote[]
  /** What would decide it, fixed before the run. */
  readonly test?: ClaimTest
  /** The run whose finding decides it. */
  readonly finding?: FindingLink
  /** What somebody wrote down as the verdict. Never believed: `check` says where the rule says something else. */
  readonly verdict?: VerdictStatus
}

export interface Section {
  readonly title: string
  /** Claim ids, in order. */
  readonly claims: readonly string[]
}

/** Claims that cannot all be true as they are said. */
export interface Contradiction {
  /** Claim ids, two or more. */
  readonly claims: readonly string[]
  /** What differs. */
  readonly what: string
}

/** Something that happened to a claim. */
export interface HistoryLine {
  /** `2026-05-01`. */
  readonly on: string
  /** Claim id. */
  readonly claim: string
  /** `new`, `said again`, `untested → supported`, `contradicted by …`, `withdrawn: …`. */
  readonly what: string
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
  /** Claims that contradict one another. The text form does not carry them. */
  readonly contradictions?: readonly Contradiction[]
  /** What happened to claims, oldest first; written by `assay brief update`. */
  readonly history?: readonly HistoryLine[]
}

/** Headings of the text form. No title or section may be called one of these. */
export const PARTS = ['Key takeaways', 'Sections', 'Watchlist', 'Unknowns'] as const

/** On one line, without characters that are not seen. */
const sentence = z
  .string()
  .transform(plain)
  .refine((text) => text !== '', 'must not be empty')

const name = sentence
  .refine((text) => !isReserved(text), `must not be a heading of the text form: ${PARTS.join(', ')}`)
  .refine(
    (text) => !/^(?:[-*+–—] |[•‣▪◦·]|#{1,6} |\d{1,3}[.)] )/.test(text),
    'must not begin like a bullet or a heading',
  )

const sectionName = name.refine((text) => !/[.:]$/.test(text), 'must not end in a full stop or a colon')

const day = z.iso.date({ error: 'must be a date such as 2026-05-01' })

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'must be small letters, digits and hyphens')

const source: z.ZodType<Source> = z.strictObject({
  id,
  title: sentence,
  url: z.httpUrl().exactOptional(),
  file: sentence.exactOptional().describe('Seen from the folder of this file: text, Markdown, HTML or PDF.'),
  hash: z.string().exactOptional().describe('Of its text when it was quoted; written by assay brief draft.'),
  date: day.exactOptional().describe('When it was published.'),
})

const claim: z.ZodType<Claim> = z.strictObject({
  id,
  text: sentence,
  quotes: z.array(quote).min(1).exactOptional(),
  test: claimTest.exactOptional().describe('What would decide the claim, fixed before the run.'),
  finding: findingLink.exactOptional(),
  verdict: z
    .enum(VERDICTS)
    .exactOptional()
    .describe('As somebody wrote it down; assay brief check compares it with the rule.'),
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
    sections: z.array(z.strictObject({ title: sectionName, claims: z.array(z.string()).default([]) })).default([]),
    watchlist: z.array(sentence).default([]),
    unknowns: z.array(sentence).default([]),
    contradictions: z
      .array(z.strictObject({ claims: z.array(z.string()).min(2), what: sentence }))
      .exactOptional()
      .describe('Claims that cannot all be true as they are said.'),
    history: z
      .array(z.strictObject({ on: day, claim: z.string(), what: sentence }))
      .exactOptional()
      .describe('What happened to claims, oldest first; written by assay brief update.'),
  })
  .superRefine((value, context) => {
    for (const { path, message } of flawsOf(value)) context.addIssue({ code: 'custom', path: [...path], message })
  })

function isReserved(text: string): boolean {
  const bare = text.toLowerCase().replace(/[\s.:]+$/, '')
  return PARTS.some((part) => part.toLowerCase() === bare)
}

/** The places in which a claim stands: `takeaways`, then names of sections. */
export function placesOf(value: Brief, claimId: string): readonly string[] {
  return [
    ...(value.takeaways.includes(claimId) ? ['takeaways'] : []),
    ...value.sections.filter((section) => section.claims.includes(claimId)).map((section) => section.title),
  ]
}

interface Flaw {
  readonly path: readonly (string | number)[]
  readonly message: string
}

function flawsOf(value: Brief): readonly Flaw[] {
  const claims = new Set(value.claims.map((each) => each.id))
  const sources = new Set(value.sources.map((each) => each.id))
  const dangling = (ids: readonly string[], path: readonly (string | number)[]): readonly Flaw[] =>
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
    ...twice(value.claims.map((each) => claimKey(each.text))).map((index) => ({
      path: ['claims', index, 'text'],
      message: 'another claim says the same; one claim may be in several places by its id',
    })),
    ...value.claims.flatMap(({ quotes = [] }, index) =>
      quotes.flatMap(({ source: from }, place) =>
        sources.has(from)
          ? []
          : [
              {
                path: ['claims', index, 'quotes', place, 'source'],
                message: `there is no source with the id "${from}"`,
              },
            ],
      ),
    ),
    ...dangling(value.takeaways, ['takeaways']),
    ...value.sections.flatMap((section, index) => dangling(section.claims, ['sections', index, 'claims'])),
    ...(value.contradictions ?? []).flatMap((each, index) =>
      dangling(each.claims, ['contradictions', index, 'claims']),
    ),
  ]
}

/** Where a value stands for the second time. */
function twice(values: readonly string[]): readonly number[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [index]
    seen.add(value)
    return []
  })
}
