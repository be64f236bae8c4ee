import { plain, shortened } from '../../report/index.ts'
import type { Brief } from '../brief.ts'
import { quoteFinder } from '../source/find-quote.ts'
import type { SourceText } from '../source/source-text.ts'
import type { BriefIssue } from './issue.ts'

/** A source as it was found: its text, or why there is none. */
export type FoundSource =
  | { readonly type: 'read'; readonly text: SourceText }
  | { readonly type: 'missing'; readonly why: string }

/** Quotes that are not in their source, and sources in which nobody can look. */
export function quoteIssues(brief: Brief, sources: ReadonlyMap<string, FoundSource>): readonly BriefIssue[] {
  const finders = new Map<string, ReturnType<typeof quoteFinder>>()
  const finderOf = (id: string, text: string): ReturnType<typeof quoteFinder> => {
    const known = finders.get(id) ?? quoteFinder(text)
    finders.set(id, known)
    return known
  }
  const quoted = new Set(brief.claims.flatMap(({ quotes = [] }) => quotes.map(({ source }) => source)))
  return [
    ...brief.sources.flatMap((source, index): readonly BriefIssue[] => {
      if (!quoted.has(source.id)) return []
      const path = ['sources', index]
      const found = sources.get(source.id)
      if (found === undefined)
        return [
          {
            kind: 'source',
            path,
            what: `source ${source.id} is quoted and names no file, so no quote of it can be looked up`,
            todo: 'save its text and name it under file',
          },
        ]
      if (found.type === 'missing')
        return [
          { kind: 'source', path, what: `source ${source.id} cannot be read: ${found.why}`, todo: 'fix its file' },
        ]
      if (source.hash !== undefined && source.hash !== found.text.hash)
        return [
          {
            kind: 'source',
            path: [...path, 'hash'],
            what: `the text of source ${source.id} is ${found.text.hash}, and was ${plain(source.hash)} when it was quoted`,
            todo: 'look its quotes up again, then write the new hash',
          },
        ]
      return []
    }),
    ...brief.claims.flatMap((claim, index) =>
      (claim.quotes ?? []).flatMap((quote, place): readonly BriefIssue[] => {
        const found = sources.get(quote.source)
        if (found?.type !== 'read') return []
        const where = finderOf(quote.source, found.text.text)(quote.text, quote.at)
        const base = { kind: 'quote', path: ['claims', index, 'quotes', place], claim: claim.id } as const
        const said = `the quote “${shortened(plain(quote.text), 50)}” of ${claim.id}`
        switch (where.type) {
          case 'there':
            return []
          case 'elsewhere':
            return [
              {
                ...base,
                what: `${said} is not at ${(quote.at ?? []).join(' to ')} of ${quote.source}`,
                todo: `write at: [${where.at.join(', ')}]`,
              },
            ]
          case 'nearly':
            return [
              {
                ...base,
                what: `${said} is in ${quote.source} with other blanks, quotes or dashes, or other offsets`,
                todo: `copy characters ${where.at.join(' to ')} of it`,
              },
            ]
          case 'nowhere':
            return [{ ...base, what: `${said} is not in ${quote.source}`, todo: 'copy it from there, or take it out' }]
        }
      }),
    ),
  ]
}
