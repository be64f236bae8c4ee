import { exportRun } from '../exchange/index.ts'
import { readConfig, readOneRun } from '../project/index.ts'
import type { Answer } from './command.ts'
import type { ExportOptions } from './commands/export.ts'
import { assertWritable } from './output-file.ts'
import type { Terminal } from './terminal.ts'
import { writeText } from './write-text.ts'

/** `assay export <run> --as <kind>`: to a file, or to stdout as it is. */
export async function exportTo(terminal: Terminal, name: string, options: ExportOptions): Promise<Answer> {
  assertWritable(options.file)
  const one = await readOneRun(name, await readConfig(), options.out)
  const text = exportRun(one, options.as, options.withControls)
  if (options.file !== undefined) writeText(terminal, options.file, text)
  else terminal.file(text)
  terminal.document({ run: one.run, as: options.as, text })
  return 0
}
