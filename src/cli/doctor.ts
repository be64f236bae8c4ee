import { machineChecks } from '../project/index.ts'
import type { Answer } from './command.ts'
import { linedTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** Characters of a line, and of the first two columns with their blanks. */
const WIDEST = 118
const WHAT = 26
const STATE = 10

/** `assay doctor`: what is here, and what is missing without it. */
export async function doctor(terminal: Terminal): Promise<Answer> {
  const checks = await machineChecks()
  // The last column takes what the others leave, and wraps.
  const room = Math.max(24, Math.min(terminal.width, WIDEST) - WHAT - STATE - 4)
  const table = linedTable({ colWidths: [WHAT, STATE, room], wordWrap: true })
  for (const { what, found, ok, without } of checks) {
    table.push([
      what,
      terminal.style(ok ? 'green' : 'yellow', ok ? 'here' : 'not here'),
      ok || without === undefined ? found : `${found}; without it: ${without}`,
    ])
  }
  terminal.print(table.toString())
  terminal.document(checks)
  return 0
}
