import fs from 'node:fs'
import path from 'node:path'
import { AssayError, nearest } from '../assay-error.ts'
import type { Config } from './config.ts'

/** Where runs live. */
export function runsFolder(config: Config, out?: string): string {
  return path.resolve(out ?? config.runs ?? path.join('.assay', 'runs'))
}

/** Names of the runs in a folder, newest first. Links are followed, unless what they point to is not to be shown. */
export function runNames(folder: string, links: 'followed' | 'left out' = 'followed'): readonly string[] {
  if (!fs.existsSync(folder)) return []
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => links === 'followed' || entry.isDirectory())
    .filter(({ name }) => fs.existsSync(path.join(folder, name, 'run.json')))
    .map(({ name }) => ({ name, at: fs.statSync(path.join(folder, name, 'run.json')).mtimeMs }))
    .toSorted((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name)
}

/**
 * A run's folder by its name, by its path, or by the beginning of its name: the newest that begins so.
 *
 * @throws AssayError `cli/unknown-run`
 */
export function findRun(name: string, folder: string): string {
  for (const direct of [path.join(folder, name), path.resolve(name)]) {
    if (fs.existsSync(path.join(direct, 'run.json'))) return direct
  }
  const begun = path.join(folder, name)
  // Its process died before the plan was on the disk: nothing ran, and a new run may take the name.
  if (name !== '' && fs.existsSync(path.join(begun, 'trials')))
    throw new AssayError(
      'cli/unknown-run',
      `${begun} has no run.json: its process ended before the plan was written, and no trial ran. Start it again with: assay run … --name ${name}`,
    )
  const known = runNames(folder)
  // Names of runs end in their time, so the newest of those that begin so is the one that is meant.
  const newest = known.find((each) => each.startsWith(name))
  if (newest !== undefined) return path.join(folder, newest)
  const close = nearest(name, known)
  const hint = close === undefined ? 'List them with: assay runs' : `Did you mean ${close}?`
  throw new AssayError('cli/unknown-run', `There is no run "${name}" in ${folder}. ${hint}`)
}

/** A name for a new run: study, day and time; a number behind it where that is taken. */
export function newRunName(study: string, folder: string, at: Date): string {
  const stamp = at.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const base = `${study}-${stamp}`
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`
    if (!fs.existsSync(path.join(folder, name))) return name
  }
}

/** @throws AssayError `cli/usage` when the name would not be a folder's name of its own */
export function checkedName(name: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(name)) return name
  throw new AssayError(
    'cli/usage',
    `--name "${name}" will not do: letters, digits, dots, dashes and underscores, at most 100.`,
  )
}
