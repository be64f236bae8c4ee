import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import type { OneRun, TrialStart } from '../project/index.ts'
import { runPaths } from '../record/index.ts'
import type { Study } from '../study/index.ts'

/** Where the viewer finds what it shows; the command that starts it knows about configuration, the server does not. */
export interface Source {
  /** The folder whose folders are runs. */
  readonly runs: string
  /** Briefs that are shown, by the names they are shown under; asked for anew each time. */
  readonly briefs: () => readonly { readonly name: string; readonly file: string }[]
  readonly readRun: (folder: string) => Promise<OneRun>
  /** Tools of a trial's world that act on a mailbox. */
  readonly mailTools: (folder: string, start: TrialStart) => Promise<ReadonlySet<string>>
  readonly studies: () => Promise<readonly Study[]>
  readonly version: string
}

/**
 * The folder of a run by its name alone: no path, no link, and no link or pipe in place of a file of its record.
 *
 * @throws AssayError `server/unknown-run`
 */
export function runFolder({ runs }: Source, name: string): string {
  const folder = path.join(runs, name)
  const { record, outcomes, log, findings } = runPaths(folder)
  if (
    isName(name) &&
    isPlain(folder, 'folder') &&
    isPlain(record, 'file') &&
    [outcomes, log, findings].every((file) => !isThere(file) || isPlain(file, 'file'))
  )
    return folder
  throw new AssayError('server/unknown-run', `There is no run "${name}" here.`)
}

/**
 * A trial's journal by its id.
 *
 * @throws AssayError `server/unknown-trial`
 */
export function trialJournal(folder: string, trial: string): string {
  const trials = path.join(folder, 'trials')
  const file = path.join(trials, `${trial}.jsonl`)
  if (isName(trial) && isPlain(trials, 'folder') && isPlain(file, 'file')) return file
  throw new AssayError('server/unknown-trial', `There is no trial "${trial}" in this run.`)
}

function isName(name: string): boolean {
  return name !== '.' && name !== '..' && !/[/\\\0]/.test(name) && name.length <= 255
}

function isThere(place: string): boolean {
  return fs.lstatSync(place, { throwIfNoEntry: false }) !== undefined
}

function isPlain(place: string, kind: 'file' | 'folder'): boolean {
  const found = fs.lstatSync(place, { throwIfNoEntry: false })
  return kind === 'file' ? found?.isFile() === true : found?.isDirectory() === true
}
