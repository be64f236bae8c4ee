import { plain } from '../report/index.ts'
import type { Brief } from './brief.ts'
import type { Quote } from './quote.ts'

/** `“…” (Ann Lee, hedged; A paper on shops)`. */
export function quoteText(brief: Brief, quote: Quote): string {
  const told = [quote.saidBy, quote.how].filter((each) => each !== undefined).join(', ')
  const title = brief.sources.find(({ id }) => id === quote.source)?.title ?? quote.source
  return `“${plain(quote.text)}” (${told === '' ? '' : `${told}; `}${title})`
}

/** The one command from a claim to the journals under it. */
export function journalHint(id: string): string {
  return `npx assay brief status <file> --claim ${id}`
}
