import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { type OneRun, readConfig, readOneRun, runNames, runsFolder } from '../project/index.ts'
import { writeError } from '../record/index.ts'

/**
 * What a name stands for: a file of rows, or, where there is none and a run of this name is there, the run's trials as
 * rows of the kind.
 *
 * @throws AssayError `audit/no-rows` when the run's study has no rows of this kind
 */
export async function rowsOf(
  name: string,
  kind: string,
  use: (file: string, run?: OneRun) => Promise<T>,
): Promise<T> {
  if (!(await isRun(file))) return use(file)
  const one = await readOneRun(file, await readConfig())
  const { run, plan, outcomes } = one
  const { study } = plan
  const rowsOf = study.rows?.[kind]
  if (rowsOf === undefined) {
    const kinds = Object.keys(study.rows ?? {})
    const hint = kinds.length === 0 ? 'It has none of any kind.' : `It has those of: ${kinds.join(', ')}.`
    throw new AssayError('audit/no-rows', `The study ${study.name} has no rows for an audit as ${kind}. ${hint}`)
  }
  return { source: { shown: `${run}.jsonl`, rows: made(outcomes) }, run: one }
}

/** A file comes first; a run is its name, the beginning of its name, or its folder. */
async function isRun(name: string): Promise<boolean> {
  if (fs.existsSync(name)) return fs.existsSync(path.join(name, 'run.json'))
  return runNames(runsFolder(await readConfig())).some((each) => each.startsWith(name))
}
