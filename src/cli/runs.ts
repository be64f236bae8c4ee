import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { deleteRun, readConfig, runLine, runNames, runsFolder, type RunLine } from '../project/index.ts'
import { readOutcomes, readRun } from '../record/index.ts'
import type { Answer } from './command.ts'
import type { RunsOptions } from './commands/runs.ts'
import { runResult } from './run-result.ts'
import { linedTable } from './table.ts'
import type { Terminal } from './terminal.ts'

/** `assay runs`: a list, or `--delete` of one. A folder that cannot be read is named, and the others are listed all the same. */
export async function runs(terminal: Terminal, options: RunsOptions): Promise<Answer> {
  const folder = runsFolder(await readConfig(), options.out)
  if (options.delete !== undefined) {
    deleteRun(options.delete, folder)
    terminal.print(`Deleted the run ${options.delete}.`)
    terminal.document({ deleted: options.delete })
    return 0
  }
  const rows: (RunLine & { readonly result: string })[] = []
  for (const name of runNames(folder)) {
    try {
      const { record, paths } = readRun(path.join(folder, name))
      rows.push({ ...runLine(name, record, readOutcomes(paths)), result: runResult(paths.findings) })
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
      terminal.note(`assay: ${cause.message}`)
    }
  }
  if (rows.length === 0) terminal.print('No runs here yet. Start one with: assay run vending --controls only')
  else terminal.print(tableOf(rows))
  terminal.document(rows)
  return 0
}

function tableOf(rows: readonly (RunLine & { readonly result: string })[]): string {
  const table = linedTable({ head: ['run', 'study', 'started', 'trials', 'invalid', 'cost', 'result'] })
  for (const row of rows) {
    table.push([
      row.run,
      row.study,
      row.createdAt.slice(0, 16).replace('T', ' '),
      `${row.done}/${row.planned}`,
      row.invalid,
      row.dollars === undefined ? 'unknown' : `$${row.dollars.toFixed(2)}`,
      row.result,
    ])
  }
  return table.toString()
}
