import type { Brief } from '../brief.ts'
import { claimKey, gistOf, likeness, NEARLY } from '../words.ts'
import type { BriefIssue } from './issue.ts'

/** Claims that stand in one place twice, claims that say nearly the same, claims that stand nowhere, and lines said twice. */
export function duplicateIssues(brief: Brief): readonly BriefIssue[] {
  const lists: readonly (readonly [readonly (string | number)[], readonly string[]])[] = [
    [['takeaways'], brief.takeaways],
    ...brief.sections.map(({ claims }, index) => [['sections', index, 'claims'], claims] as const),
  ]
  const placed = new Set(lists.flatMap(([, ids]) => ids))
  return [
    ...lists.flatMap(([path, ids]) =>
      ids.flatMap((id, index): readonly BriefIssue[] =>
        ids.indexOf(id) === index ? [] : [twice([...path, index], `${id} is here twice`, id)],
      ),
    ),
    ...nearly(brief.claims.map(({ text }) => text)).map(([first, second, share]): BriefIssue => {
      const one = brief.claims[first]?.id ?? ''
      const other = brief.claims[second]?.id ?? ''
      return {
        kind: 'duplicate',
        path: ['claims', second],
        claim: other,
        what: `${other} says nearly what ${one} says (${Math.round(100 * share)}% of their words)`,
        todo: 'make them one claim that is in both places, or say what differs',
      }
    }),
    ...(['watchlist', 'unknowns'] as const).flatMap((part) =>
      brief[part].flatMap((line, index): readonly BriefIssue[] =>
        brief[part].findIndex((each) => claimKey(each) === claimKey(line)) === index
          ? []
          : [twice([part, index], `${part} says this twice`)],
      ),
    ),
    ...brief.claims.flatMap(({ id }, index): readonly BriefIssue[] =>
      placed.has(id)
        ? []
        : [
            {
              kind: 'place',
              path: ['claims', index],
              claim: id,
              what: `${id} is in no part of the brief`,
              todo: 'name it under takeaways or a section, or take it out',
            },
          ],
    ),
  ]
}

function twice(path: BriefIssue['path'], what: string, claim?: string): BriefIssue {
  return { kind: 'duplicate', path, ...(claim !== undefined && { claim }), what, todo: 'take one out' }
}

/** Pairs that say nearly the same. Only sentences with the same numbers are compared. */
export function nearly(
  texts: readonly string[],
): readonly (readonly [first: number, second: number, likeness: number])[] {
  const groups = Map.groupBy(
    texts.map((text, index) => ({ index, gist: gistOf(text) })),
    ({ gist }) => gist.marks,
  )
  const pairs: [number, number, number][] = []
  for (const group of groups.values())
    for (const [place, second] of group.entries())
      for (const first of group.slice(0, place)) {
        const share = likeness(first.gist, second.gist)
        if (share >= NEARLY) pairs.push([first.index, second.index, share])
      }
  return pairs.toSorted(([a, b], [c, d]) => b - d || a - c)
}
