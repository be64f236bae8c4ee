import { AssayError } from '../../assay-error.ts'

/** Characters of text that are drafted from: about 1,500 pages. */
export const MOST_TEXT = 4_000_000

export function tooLong(most: number = MOST_TEXT): AssayError {
  return new AssayError('brief/bad-source', `its text has more than ${most} characters. Cut out what matters.`)
}

/** Kinds of source that are read. */
export type SourceKind = 'text' | 'markdown' | 'html' | 'pdf' | 'captions' | 'transcript' | 'docx' | 'mail'

export interface Heading {
  /** Where it begins in the text. */
  readonly at: number
  /** Where it ends. */
  readonly to: number
  readonly title: string
}

/** When something was said. */
export interface Moment {
  /** Where its words begin in the text. */
  readonly at: number
  /** Milliseconds from the beginning of the recording. */
  readonly ms: number
}

/** A source as text: what offsets of quotes count in. */
export interface SourceText {
  readonly kind: SourceKind
  /** Without anything that nobody sees; line ends are `\n`. The same file gives the same text. */
  readonly text: string
  /** Hash of the text. */
  readonly hash: string
  readonly headings: readonly Heading[]
  /** Of captions and transcripts with times, in order. */
  readonly moments?: readonly Moment[]
  /** As the source gives it itself. */
  readonly title?: string
}
