import { plain } from '../report/index.ts'
import type { Brief } from './brief.ts'
import type { Quote } from './quote.ts'

/** What is told of a quote beside its words: the title of its source; who says it, how surely, and where it stands. */
export function saidOf(
  brief: Brief,
  { source, saidBy, how, at }: Quote,
): { readonly title: string; readonly told: readonly string[] } {
  const told = [saidBy, how, at === undefined ? undefined : `characters ${at.join(' to ')}`]
  return {
    title: brief.sources.find(({ id }) => id === source)?.title ?? source,
    told: told.filter((each) => each !== undefined),
  }
}

/** `“…” (Ann Lee, hedged; A paper on shops)`. */
export function quoteText(brief: Brief, { at: _at, ...quote }: Quote): string {
  const { title, told } = saidOf(brief, quote)
  return `“${plain(quote.text)}” (${told.length === 0 ? '' : `${told.join(', ')}; `}${title})`
}

/** The one command from a claim to the journals under it. */
export function journalHint(id: string): string {
  return `npx assay brief status <file> --claim ${id}`
}
