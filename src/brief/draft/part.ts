import type { Span } from '../source/find-quote.ts'
import type { SourceText } from '../source/source-text.ts'
import type { Saying } from './stance.ts'
import type { Sentence } from './sentence.ts'

/** A source that a brief is drafted from. */
export interface DraftSource {
  /** Small letters, digits and hyphens. */
  readonly id: string
  readonly title: string
  /** Seen from the folder of the brief. */
  readonly file?: string
  readonly text: SourceText
}

/** A sentence with its source and how central it is there. */
export interface Candidate {
  readonly source: DraftSource
  readonly sentence: Sentence
  readonly place: 'claim' | 'watchlist' | 'unknown'
  readonly saying: Saying
  readonly score: number
}

/** A piece of a source that is to stand in the brief. */
export interface DraftPart {
  readonly source: DraftSource
  readonly place: 'takeaway' | 'section' | 'watchlist' | 'unknown'
  /** What the brief says: the quoted words on one line. */
  readonly text: string
  readonly quote: string
  readonly at: Span
  readonly saying: Saying
  readonly heading?: string
  readonly score: number
}

/** A piece of a source that found no place. */
export interface LeftOut {
  readonly source: string
  /** Line in the source's text, from 1. */
  readonly line: number
  readonly text: string
  readonly why: string
}

/** @param at a place in the source's text */
export function leftOut(source: DraftSource, at: number, text: string, why: string): LeftOut {
  let line = 1
  for (let place = source.text.text.indexOf('\n'); place >= 0 && place < at; line++)
    place = source.text.text.indexOf('\n', place + 1)
  return { source: source.id, line, text, why }
}
