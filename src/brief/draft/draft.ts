import { shortened } from '../../report/index.ts'
import type { Brief } from '../brief.ts'
import { nearly } from '../check/duplicates.ts'
import { nameOf, partNamed } from '../import/line.ts'
import { makeBrief } from '../make.ts'
import type { Quote } from '../quote.ts'
import { claimKey } from '../words.ts'
import { contradictionsIn, type Said } from './contradiction.ts'
import type { Candidates } from './candidates.ts'
import { leftOut, type DraftPart, type DraftSource, type LeftOut } from './part.ts'

/** A brief made from sources, and what of them is not in it. */
export interface Draft {
  readonly brief: Brief
  /** Pieces that found no place, one by one, as far as they are named. */
  readonly left: readonly LeftOut[]
  /** All pieces that found no place, by why. */
  readonly counts: ReadonlyMap<string, number>
  /** How many claims came from near-duplicates. */
  readonly merged: number
}

const LONGEST_NAME = 80

/**
 * Puts parts of sources together into a brief. The gate stands here, whoever found the parts: one whose quote does not
 * stand in its source, letter by letter and at its place, does not enter. Near-duplicates become one claim with all of
 * their quotes.
 *
 * @param updated `2026-05-01`
 */
export function assembled(
  spec: { readonly title: string; readonly updated: string; readonly sources: readonly DraftSource[] },
  parts: readonly DraftPart[],
  { left, counts }: Candidates,
): Draft {
  const named = [...left]
  const count = new Map(counts)
  const out = (part: DraftPart, why: string): void => {
    count.set(why, (count.get(why) ?? 0) + 1)
    named.push(leftOut(part.source, part.at[0], part.text, why))
  }
  const entered = parts.filter((part) => {
    const there = part.source.text.text.slice(...part.at) === part.quote
    if (!there) out(part, 'its quote is not in the source')
    return there
  })
  const claims = entered.filter(({ place }) => place === 'takeaway' || place === 'section')
  const groups = grouped(claims)
  const made = makeBrief({
    title: spec.title,
    updated: spec.updated,
    sources: spec.sources.map(({ id, title, file, text }) => ({
      id,
      title,
      ...(file !== undefined && { file }),
      hash: text.hash,
    })),
    claims: groups.map((group) => ({
      text: group[0].text,
      quotes: group.map(quoteOf),
      takeaway: group.some(({ place }) => place === 'takeaway'),
      sections: [...new Set(group.map(sectionOf))],
    })),
    watchlist: linesOf(entered, 'watchlist', out),
    unknowns: linesOf(entered, 'unknown', out),
  })
  const contradictions = contradictionsIn(
    made.claims.flatMap(({ id, text }, i): readonly Said[] => {
      const [part] = groups[i] ?? []
      return part === undefined ? [] : [{ id, text, source: part.source.id, at: part.at, how: part.saying.how }]
    }),
  )
  const brief = contradictions.length === 0 ? made : { ...made, contradictions }
  return { brief, left: named, counts: count, merged: claims.length - groups.length }
}

type Group = readonly [DraftPart, ...DraftPart[]]

/** Parts that say nearly the same, together; in the order of the sources. */
function grouped(parts: readonly DraftPart[]): readonly Group[] {
  const ordered = parts.toSorted(
    (a, b) => (a.source.id < b.source.id ? -1 : a.source.id > b.source.id ? 1 : 0) || a.at[0] - b.at[0],
  )
  const leader = ordered.map((_, index) => index)
  for (const [first, second] of nearly(ordered.map(({ text }) => text))) leader[second] = leader[first] ?? first
  const groups = new Map<number, [DraftPart, ...DraftPart[]]>()
  for (const [index, part] of ordered.entries()) {
    const known = groups.get(leader[index] ?? index)
    if (known === undefined) groups.set(leader[index] ?? index, [part])
    else known.push(part)
  }
  return [...groups.values()]
}

function quoteOf({ source, quote, at, saying }: DraftPart): Quote {
  return { source: source.id, text: quote, at, ...saying }
}

/** The heading under which it stands, else its source. */
function sectionOf({ heading, source }: DraftPart): string {
  const name = shortened(nameOf(heading ?? source.title), LONGEST_NAME)
  return name === '' || partNamed(name) !== undefined ? 'Claims' : name
}

function linesOf(
  parts: readonly DraftPart[],
  place: DraftPart['place'],
  out: (part: DraftPart, why: string) => void,
): readonly string[] {
  const seen = new Set<string>()
  return parts
    .filter((part) => part.place === place)
    .flatMap((part) => {
      const key = claimKey(part.text)
      if (seen.has(key)) {
        out(part, 'another source says it in the same words')
        return []
      }
      seen.add(key)
      return [part.text]
    })
}
