import { machineChecks } from '../project/index.ts'
import type { Answer } from './command.ts'
import { linedTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** `assay doctor`: what is here, and what is missing without it. */
export async function doctor(terminal: Terminal): Promise<Answer> {
  const checks = await machineChecks()
  const table = linedTable()
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
