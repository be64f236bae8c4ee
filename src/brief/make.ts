import { AssayError } from '../assay-error.ts'
import { brief, type Brief, type Claim } from './brief.ts'
import { idMaker } from './id.ts'

/** A claim with the places in which it is. */
export interface ClaimSpec extends Omit<Claim, 'id'> {
  /** Default: made from the text. */
  readonly id?: string
  readonly takeaway?: boolean
  /** Names of the sections in which it stands. */
  readonly sections?: readonly string[]
}

export interface BriefSpec
  extends
    Pick<Brief, 'title' | 'updated'>,
    Partial<Pick<Brief, 'sources' | 'watchlist' | 'unknowns' | 'contradictions'>> {
  readonly claims: readonly ClaimSpec[]
}

/**
 * A brief from claims as data. Sections are in the order in which claims first name them.
 *
 * @throws AssayError `brief/bad-brief` naming what contradicts itself
 */
export function makeBrief(spec: BriefSpec): Brief {
  const newId = idMaker(spec.claims.flatMap(({ id }) => id ?? []))
  const claims = spec.claims.map((each) => ({ ...each, id: each.id ?? newId(each.text) }))
  const titles = [...new Set(claims.flatMap(({ sections }) => sections ?? []))]
  return checked({
    title: spec.title,
    ...(spec.updated !== undefined && { updated: spec.updated }),
    sources: spec.sources ?? [],
    claims: claims.map(({ takeaway: _takeaway, sections: _sections, ...claim }) => claim),
    takeaways: claims.filter(({ takeaway }) => takeaway === true).map(({ id }) => id),
    sections: titles.map((title) => ({
      title,
      claims: claims.filter(({ sections }) => sections?.includes(title) === true).map(({ id }) => id),
    })),
    watchlist: spec.watchlist ?? [],
    unknowns: spec.unknowns ?? [],
    ...(spec.contradictions !== undefined && { contradictions: spec.contradictions }),
  })
}

/** @throws AssayError `brief/bad-brief` */
export function checked(value: unknown): Brief {
  const parsed = brief.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AssayError(
    'brief/bad-brief',
    `This is not a brief: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  )
}
