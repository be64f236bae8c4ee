import path from 'node:path'
import type { Brief } from '../brief.ts'
import { loosely, type Span } from '../source/find-quote.ts'
import type { SourceText } from '../source/source-text.ts'
import type { Stance } from '../quote.ts'
import { numbersIn } from '../numbers.ts'
import type { BriefKey, KeyLine, KeyStance } from './key.ts'

/** So many of so many; a share only where there is one. */
export interface Count {
  readonly right: number
  readonly of: number
}

/** How a draft holds up against a key, by kind. */
export interface BriefScore {
  /** Claims of the key that the draft has. */
  readonly claims: { readonly recall: Count; readonly precision: Count }
  /** Of the claims of the key that the draft has: those with the same stance. */
  readonly stance: Count
  /** Of the numbers of those claims: those that the draft's claim or quote holds. */
  readonly numbers: Count
  readonly takeaways: { readonly recall: Count; readonly precision: Count }
  readonly contradictions: Count
  readonly unknowns: { readonly recall: Count; readonly precision: Count }
  readonly watchlist: { readonly recall: Count; readonly precision: Count }
  /** Claims of the draft without a quote. */
  readonly unsupported: number
  /** Quotes that are not in their source. */
  readonly notInSource: number
  /** Lines that must not be facts, and are claims of the draft that are asserted or reported. */
  readonly mustNot: Count
  /** Words of the key that no source holds: nothing can match them. */
  readonly unreadable: readonly string[]
}

/** Where words are: which source, and which of its characters. */
interface Place {
  readonly source: string
  readonly span: Span
}

/**
 * Holds a draft against a key. A draft's claim is one of the key's where their quotes share at least half of the shorter; its
 * precision is the share of the draft's claims whose quote overlaps any of the key's.
 *
 * @param texts text of each source by its id in the brief
 */
export function scoreBrief(brief: Brief, key: BriefKey, texts: ReadonlyMap<string, SourceText>): BriefScore {
  const idOf = new Map(brief.sources.map(({ id, file }) => [path.basename(file ?? id), id]))
  const unreadable: string[] = []
  const placed = ({ source, quote }: KeyLine): Place | undefined => {
    const id = idOf.get(path.basename(source)) ?? source
    const span = loosely(texts.get(id)?.text ?? '', quote)
    if (span !== undefined) return { source: id, span }
    unreadable.push(`${source}: ${quote}`)
    return undefined
  }
  let notInSource = 0
  const claims = brief.claims.map((claim) => ({
    ...claim,
    places: (claim.quotes ?? []).flatMap(({ source, text, at }): readonly Place[] => {
      const own = texts.get(source)?.text ?? ''
      const span = at !== undefined && own.slice(...at) === text ? at : loosely(own, text)
      if (span !== undefined) return [{ source, span }]
      notInSource += 1
      return []
    }),
    takeaway: brief.takeaways.includes(claim.id),
  }))
  const wanted = key.claims.map((each) => ({ ...each, place: placed(each) }))
  const found = wanted.map(({ place }) =>
    place === undefined ? undefined : claims.find(({ places }) => places.some((own) => sharesHalf(own, place))),
  )
  const met = wanted.flatMap((each, i) => (found[i] === undefined ? [] : [{ wanted: each, claim: found[i] }]))
  const stanceOf = ({ claim, wanted: { place } }: (typeof met)[number]): KeyStance => {
    const at = claim.places.findIndex((own) => place !== undefined && sharesHalf(own, place))
    return KEY_STANCE[claim.quotes?.[at]?.how ?? 'asserted']
  }
  const numbers = met.flatMap(({ wanted: { numbers: own }, claim }) => {
    const said = numbersIn([claim.text, ...(claim.quotes ?? []).map(({ text }) => text)].join(' '))
    return own.map((number) => said.has(number))
  })
  const lines = (
    written: readonly string[],
    of: readonly KeyLine[],
  ): { readonly recall: Count; readonly precision: Count } => {
    const own = written.map((text) => brief.sources.flatMap(({ id }) => placeIn(id, texts.get(id)?.text ?? '', text)))
    const theirs = of.map(placed)
    return {
      recall: countOf(theirs.map((place) => own.some((places) => meets(places, [place])))),
      precision: countOf(own.map((places) => meets(places, theirs))),
    }
  }
  const evidence = key.takeaways.map((each) => each.evidence.map(placed))
  const taken = claims.filter(({ takeaway }) => takeaway)
  const banned = key.must_not.flatMap(({ source, quote }) =>
    source === undefined || quote === undefined ? [] : [placed({ source, quote })],
  )
  const facts = brief.claims.flatMap((claim, i) =>
    (claim.quotes ?? []).flatMap(({ how = 'asserted' }, at) => {
      const place = claims[i]?.places[at]
      return place !== undefined && KEY_STANCE[how] === 'asserted' ? [place] : []
    }),
  )
  const disputes = key.contradictions.map(({ points }) =>
    (brief.contradictions ?? []).some((own) => {
      const of = claims.filter(({ id }) => own.claims.includes(id))
      const sides = wanted.filter(({ id }) => points.includes(id))
      return sides.every(
        ({ place }) => place !== undefined && of.some(({ places }) => places.some((each) => sharesHalf(each, place))),
      )
    }),
  )
  return {
    claims: {
      recall: countOf(found.map((each) => each !== undefined)),
      precision: countOf(
        claims.map(({ places }) =>
          wanted.some(({ place }) => place !== undefined && places.some((own) => shared(own, place) > 0)),
        ),
      ),
    },
    stance: countOf(met.map((each) => stanceOf(each) === each.wanted.stance)),
    numbers: countOf(numbers),
    takeaways: {
      recall: countOf(evidence.map((of) => taken.some(({ places }) => meets(places, of)))),
      precision: countOf(taken.map(({ places }) => evidence.some((of) => meets(places, of)))),
    },
    contradictions: countOf(disputes),
    unknowns: lines(brief.unknowns, key.unknowns),
    watchlist: lines(brief.watchlist, key.watchlist),
    unsupported: brief.claims.filter(({ quotes = [] }) => quotes.length === 0).length,
    notInSource,
    mustNot: countOf(banned.map((place) => place !== undefined && facts.some((own) => sharesHalf(own, place)))),
    unreadable: [...new Set(unreadable)],
  }
}

/** Stances of a brief as a key knows them: with a reservation, and on the word of somebody named, it is still asserted. */
const KEY_STANCE: Readonly<Record<Stance, KeyStance>> = {
  asserted: 'asserted',
  hedged: 'asserted',
  reported: 'asserted',
  hearsay: 'hearsay',
  opinion: 'opinion',
  prediction: 'prediction',
  retracted: 'retracted',
}

function placeIn(source: string, whole: string, text: string): readonly Place[] {
  const span = loosely(whole, text)
  return span === undefined ? [] : [{ source, span }]
}

/** Characters that two places share. */
function shared(a: Place, b: Place): number {
  return a.source === b.source ? Math.max(0, Math.min(a.span[1], b.span[1]) - Math.max(a.span[0], b.span[0])) : 0
}

/** Whether one of some places is one of others. */
function meets(places: readonly Place[], of: readonly (Place | undefined)[]): boolean {
  return of.some((place) => place !== undefined && places.some((own) => sharesHalf(own, place)))
}

function sharesHalf(a: Place, b: Place): boolean {
  return 2 * shared(a, b) >= Math.min(a.span[1] - a.span[0], b.span[1] - b.span[0])
}

function countOf(all: readonly boolean[]): Count {
  return { right: all.filter(Boolean).length, of: all.length }
}
