import path from 'node:path'
import { AssayError } from '../../assay-error.ts'
import { mayDecide, type Brief } from '../../brief/index.ts'
import { readRunFolder, runNames, runsFolder, type Config, type OneRun } from '../../project/index.ts'
import { readRun } from '../../record/index.ts'
import type { Terminal } from '../terminal.ts'

/** The runs here that may decide the claims. A run that cannot be read is named and says nothing. */
export async function evidenceFor(
  terminal: Terminal,
  value: Brief,
  config: Config,
  runs: string | undefined,
): Promise<readonly OneRun[]> {
  const decides = mayDecide(value)
  const evidence: OneRun[] = []
  for (const name of runNames(runsFolder(config, runs))) {
    const folder = path.join(runsFolder(config, runs), name)
    try {
      if (decides(readRun(folder).record)) evidence.push(await readRunFolder(folder, config))
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
      terminal.note(`assay: ${cause.message}`)
    }
  }
  return evidence
}
