import fs from 'node:fs'
import { writeError } from '../record/index.ts'
import type { Terminal } from './terminal.ts'

/** Writes a file that a user asked for, and says so. @throws AssayError `record/unwritable`, `record/disk-full` */
export function writeText(terminal: Terminal, file: string, text: string): void {
  try {
    fs.writeFileSync(file, text)
  } catch (cause) {
    throw writeError(file, cause)
  }
  terminal.note(`wrote ${file}`)
}
