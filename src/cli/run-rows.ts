import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import type { RowSource } from '../rows/index.ts'
import { readConfig, readOneRun, runNames, runsFolder, type OneRun } from '../project/index.ts'

/**
 * What a name stands for: a file of rows, or, where there is none and a run of this name is there, the run's trials as
 * rows of the kind.
 *
 * @throws AssayError `audit/no-rows` when the run's study has no rows of this kind
 */
export async function rowsOf(
  name: string,
  kind: string,
  out?: string,
): Promise<{ readonly source: RowSource; readonly run?: OneRun }> {
  if (out === undefined && !(await isRun(name))) return { source: name }
  const one = await readOneRun(name, await readConfig(), out)
  const { run, plan, outcomes } = one
  const { study } = plan
  const made = study.rows?.[kind]
  if (made === undefined) {
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
