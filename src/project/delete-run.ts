import fs from 'node:fs'
import path from 'node:path'
import { AssayError, nearest, reasonOf } from '../assay-error.ts'
import { lockRun } from '../record/index.ts'
import { runNames } from './runs-folder.ts'

/**
 * Deletes a run with all that is in its folder. Links are never followed: a run that is a link is refused, and of a link in
 * it only the link goes. The folder is renamed first, so that a process that dies here leaves no half run to be read.
 *
 * @param name the whole name of the run
 * @param folder where runs live
 * @throws AssayError `cli/unknown-run` where there is no run of this very name; `record/run-in-use` while a process writes it;
 * `project/not-deleted`
 */
export function deleteRun(name: string, folder: string): void {
  const known = runNames(folder, 'left out')
  if (!known.includes(name)) {
    const close = nearest(name, known)
    const hint = close === undefined ? 'List them with: assay runs' : `Did you mean ${close}?`
    throw new AssayError(
      'cli/unknown-run',
      `There is no run "${name}" in ${folder} to delete: its whole name is needed, and links are left alone. ${hint}`,
    )
  }
  const run = path.join(folder, name)
  const gone = path.join(folder, `.deleted-${name}-${process.pid}`)
  const lock = lockRun(run)
  try {
    fs.renameSync(run, gone)
  } catch (cause) {
    throw notDeleted(run, cause)
  } finally {
    lock.release()
  }
  try {
    fs.rmSync(gone, { recursive: true })
  } catch (cause) {
    throw notDeleted(gone, cause)
  }
}

function notDeleted(folder: string, cause: unknown): AssayError {
  return new AssayError(
    'project/not-deleted',
    `${folder} could not be deleted: ${reasonOf(cause)}. Delete it by hand.`,
    {
      cause,
    },
  )
}
