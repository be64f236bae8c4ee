import { plain } from '../../report/index.ts'
import type { SourceText } from '../source/source-text.ts'
import { blocksOf, type Block } from './block.ts'
import { LONGEST } from './place.ts'

/** A sentence of a source, with where it stands. */
export interface Sentence {
  readonly from: number
  readonly to: number
  /** The words as they stand there. */
  readonly quote: string
  /** On one line, without marks of Markdown and footnotes: what a claim says. */
  readonly text: string
  readonly block: Block
}

/** An end that ends no sentence. */
const ABBREVIATED =
  /(?:^|[\s(])(?:et al|e\.g|i\.e|cf|vs|approx|Dr|Mr|Mrs|Ms|Prof|St|Fig|Figs|Eq|Sec|No|Nos|Vol|pp|Inc|Ltd|Corp|U\.S|U\.K|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|\p{Lu})\.\s*$/u

/** The sentences of a source, by the Unicode rules of sentence ends and a short list of abbreviations. */
export function sentencesOf(source: SourceText): readonly Sentence[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
  return blocksOf(source).flatMap((block) => {
    // A wrapped line ends no sentence.
    const words = source.text.slice(block.from, block.to).replaceAll(/[\n\t]/g, ' ')
    const spans: { from: number; to: number }[] = []
    let joined = false
    for (const { index, segment } of segmenter.segment(words)) {
      const last = spans.at(-1)
      const to = index + segment.length
      if (joined && last !== undefined) last.to = to
      else spans.push({ from: index, to })
      joined = ABBREVIATED.test(segment.slice(-20))
    }
    return spans.flatMap((span): readonly Sentence[] => {
      const from = span.from + (/^\s*/.exec(words.slice(span.from, span.to))?.[0].length ?? 0)
      const to = span.from + words.slice(span.from, span.to).trimEnd().length
      if (to <= from) return []
      const quote = source.text.slice(block.from + from, block.from + to)
      return [
        {
          from: block.from + from,
          to: block.from + to,
          quote,
          text: quote.length > LONGEST ? plain(quote) : claimText(quote, source.kind),
          block,
        },
      ]
    })
  })
}

/** A span of a sentence as a claim. */
export function claimText(quote: string, kind: SourceText['kind']): string {
  const whole = quote.replaceAll(/(\p{Ll})-\n(\p{Ll})/gu, '$1$2')
  const bare =
    kind === 'markdown'
      ? whole
          .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
          .replaceAll(/(\*\*|__|`)(.+?)\1/g, '$2')
          .replaceAll(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
      : whole
  return plain(bare.replaceAll(/\s*\[\d+(?:[,–-]\s*\d+)*\]/g, ''))
}
