import { AssayError, reasonOf } from '../assay-error.ts'
import { csv, readTranscripts, rowsOfTranscripts } from '../exchange/index.ts'
import { readText } from '../record/index.ts'
import type { Answer } from './command.ts'
import type { ImportOptions } from './commands/import.ts'
import { assertWritable } from './output-file.ts'
import type { Terminal } from './terminal.ts'
import { writeText } from './write-text.ts'

/** `assay import <file> --as <kind>`: transcripts as rows, to a file or to stdout. */
export async function importTranscripts(terminal: Terminal, file: string, options: ImportOptions): Promise<Answer> {
  assertWritable(options.file)
  let text: string
  try {
    text = readText(file)
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('cli/file', `${file} cannot be read: ${reasonOf(cause)}`, { cause })
  }
  const transcripts = readTranscripts(text, file)
  const { head, rows } = rowsOfTranscripts(transcripts, options.as, options.label)
  const table = csv(head, rows)
  if (options.file === undefined) terminal.file(table)
  else {
    writeText(terminal, options.file, table)
    terminal.note(
      `${rows.length} rows of ${transcripts.length} transcripts. Next: assay audit ${options.file} --as ${options.as}`,
    )
  }
  terminal.document({ as: options.as, transcripts: transcripts.length, head, rows })
  return 0
}
