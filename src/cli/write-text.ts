import fs from 'node:fs'
import { AssayError, codeOf } from '../assay-error.ts'
import { writeError } from '../record/index.ts'
import type { Terminal } from './terminal.ts'

/** Writes a file that a user asked for, and says so. @throws AssayError `cli/no-folder`, `record/unwritable`, `record/disk-full` */
export function writeText(terminal: Terminal, file: string, text: string): void {
  try {
    fs.writeFileSync(file, text)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT')
      throw new AssayError('cli/no-folder', `Cannot write ${file}: its folder does not exist.`, { cause })
    throw writeError(file, cause)
  }
  terminal.note(`wrote ${file}`)
}
