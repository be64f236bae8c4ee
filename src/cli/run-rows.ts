import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { writeError } from '../record/index.ts'
import { readConfig } from './config.ts'
import { readOneRun } from './read-run.ts'
import type { OneRun } from '../server/index.ts'
import { runNames, runsFolder } from './runs-folder.ts'

/**
 * Gives `use` a file of rows: the file itself, or, where there is none and a run of this name is there, the run's trials
 * as rows of the kind, in a folder that is gone afterwards.
 *
 * @throws AssayError `audit/no-rows` when the run's study has no rows of this kind
 */
export async function withRows<T>(
  file: string,
  kind: string,
  use: (file: string, run?: OneRun) => Promise<T>,
): Promise<T> {
  if (!(await isRun(file))) return use(file)
  const one = await readOneRun(file, await readConfig())
  const { run, study, outcomes } = one
  const rowsOf = study.rows?.[kind]
  if (rowsOf === undefined) {
    const kinds = Object.keys(study.rows ?? {})
    const hint = kinds.length === 0 ? 'It has none of any kind.' : `It has those of: ${kinds.join(', ')}.`
    throw new AssayError('audit/no-rows', `The study ${study.name} has no rows for an audit as ${kind}. ${hint}`)
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-rows-'))
  try {
    const made = path.join(folder, `${run}.jsonl`)
    try {
      fs.writeFileSync(
        made,
        rowsOf(outcomes)
          .map((row) => `${JSON.stringify(row)}\n`)
          .join(''),
      )
    } catch (cause) {
      throw writeError(made, cause)
    }
    return await use(made, one)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** A file comes first; a run is its name, the beginning of its name, or its folder. */
async function isRun(name: string): Promise<boolean> {
  if (fs.existsSync(name)) return fs.existsSync(path.join(name, 'run.json'))
  return runNames(runsFolder(await readConfig())).some((each) => each.startsWith(name))
}
