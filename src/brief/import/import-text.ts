import { AssayError } from '../../assay-error.ts'
import type { Brief } from '../brief.ts'
import { checked } from '../make.ts'
import { linesOf } from './line.ts'
import { Reader, type ImportNote } from './reader.ts'

export interface Imported {
  readonly brief: Brief
  readonly notes: readonly ImportNote[]
}

/** Characters of a text that is read. A brief is a page or ten. */
const LONGEST = 1_000_000

/**
 * Reads the text form, well kept or not: bullets of every kind, bold, wrapped lines, Windows line ends, Markdown headings,
 * quotes and dashes in any writing, and a verdict in brackets after a claim. A sentence that is in several places
 * becomes one claim. What has no place is kept in a section of its own, and everything that was read otherwise than
 * written is named in the notes. If you import a text, render it and import it again, the brief is the same.
 *
 * @throws AssayError `brief/bad-text` when nothing is in it, or far too much
 */
export function importText(text: string): Imported {
  if (text.length > LONGEST)
    throw new AssayError(
      'brief/bad-text',
      `The text has ${text.length} characters, and a brief at most ${LONGEST}. Make a brief from a long source with: assay brief draft`,
    )
  const lines = linesOf(text)
  if (lines.length === 0)
    throw new AssayError(
      'brief/bad-text',
      'There is no letter in the text. Write a title, then Key takeaways, and bullets below.',
    )
  const reader = new Reader()
  for (const line of lines) reader.line(line)
  const { brief, notes } = reader.end()
  return { brief: checked(brief), notes }
}
