import fs from 'node:fs'
import os from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import path from 'node:path'
import { AssayError, codeOf, reasonOf } from '../../assay-error.ts'
import { decodedText } from '../../brief/index.ts'
import { readBytes, writeError, writeWhole } from '../../record/index.ts'
import { plain } from '../../report/index.ts'
import type { Terminal } from '../terminal.ts'

/** Bytes of a brief, as YAML or as text, that are read at all. */
const MOST_BYTES = 32 * 1024 * 1024

/** @throws AssayError `cli/unreadable` */
export function textOf(file: string, missing = `Make one with: assay brief new ${plain(file)}`): string {
  try {
    const { size } = fs.statSync(file)
    if (size > MOST_BYTES)
      throw new AssayError(
        'cli/unreadable',
        `${plain(file)} has ${Math.ceil(size / 1024 / 1024)} MB, and a brief at most ${MOST_BYTES / 1024 / 1024}. A source is read by: assay brief draft`,
      )
    const text = decodedText(readBytes(file))
    if (text.startsWith('%PDF-'))
      throw new AssayError(
        'cli/unreadable',
        `${plain(file)} is a PDF. Draft claims from it: assay brief draft ${plain(file)}`,
      )
    return text
  } catch (cause) {
    if (cause instanceof AssayError && cause.code === 'brief/bad-source')
      throw new AssayError('cli/unreadable', `${plain(file)}: ${cause.message}`, { cause })
    if (cause instanceof AssayError) throw cause
    const why =
      codeOf(cause) === 'ENOENT'
        ? `There is no file ${plain(file)}. ${missing}`
        : `Could not read ${plain(file)}: ${plain(reasonOf(cause))}`
    throw new AssayError('cli/unreadable', why, { cause })
  }
}

/**
 * Writes a file whole or not at all: whoever reads it sees the old one or the new one, and a process that is killed
 * leaves the old one. Pipes and devices are written straight.
 *
 * @throws AssayError `cli/no-folder`, `record/unwritable`, `record/disk-full`
 */
export function writeBrief(terminal: Terminal, file: string, text: string): void {
  const target = realFile(file)
  if (isSpecial(target)) {
    try {
      fs.writeFileSync(target, text)
    } catch (cause) {
      throw writeError(file, cause)
    }
  } else writeWhole(target, text)
  terminal.note(`wrote ${plain(file)}`)
}

/** Writes a file that must not stand there yet. @throws AssayError `cli/exists` besides what {@link writeBrief} throws */
export function writeNew(terminal: Terminal, file: string, text: string): void {
  const target = realFile(file)
  const exists = (cause?: unknown): AssayError =>
    new AssayError('cli/exists', `${plain(file)} already exists. Choose another name.`, { cause })
  if (fs.existsSync(target)) throw exists()
  const fresh = `${target}.${process.pid}.new`
  writeWhole(fresh, text)
  try {
    // A link, unlike a rename, never takes the place of a file that came meanwhile.
    fs.linkSync(fresh, target)
  } catch (cause) {
    throw codeOf(cause) === 'EEXIST' ? exists(cause) : writeError(file, cause)
  } finally {
    fs.rmSync(fresh, { force: true })
  }
  terminal.note(`wrote ${plain(file)}`)
}

/**
 * Changes a file that others may be changing: one process of this machine at a time, and never over what an editor saved
 * meanwhile. The lock is the operating system's, so a killed process leaves none.
 *
 * @returns whether anything was changed
 * @throws AssayError `cli/busy` when another holds it for more than five seconds, or the file keeps changing
 */
export function changeFile(terminal: Terminal, file: string, edit: (text: string) => string): boolean {
  const lock = lockOf(file)
  try {
    const before = textOf(file)
    const after = edit(before)
    if (after === before) return false
    if (textOf(file) !== before)
      throw new AssayError('cli/busy', `${plain(file)} was changed in the meantime. Run the command again.`)
    writeBrief(terminal, file, after)
    return true
  } finally {
    lock.close()
  }
}

/** Milliseconds for which one that changes a file waits for another. */
const PATIENCE = 5000
const SQLITE_BUSY = 5

/** The right to change a brief, until it is closed or the process ends. One lock for all of a user's briefs: a change is short, and a lock a file would litter. */
function lockOf(file: string): DatabaseSync {
  const place = path.join(os.tmpdir(), `assay-brief-${process.getuid?.() ?? ''}.lock`)
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(place, { timeout: PATIENCE })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock?.close()
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY)
      throw new AssayError(
        'cli/busy',
        `Another process is changing ${plain(file)}. Wait for it, then run the command again.`,
        {
          cause,
        },
      )
    throw new AssayError(
      'cli/no-lock',
      `Could not lock ${plain(file)} (${plain(reasonOf(cause))}). Set TMPDIR to a folder that can be written.`,
      { cause },
    )
  }
}

/** Behind links, so that a link stays one. @throws AssayError `cli/no-folder` */
function realFile(file: string): string {
  const folder = path.dirname(file)
  if (!fs.existsSync(folder))
    throw new AssayError('cli/no-folder', `Cannot write ${plain(file)}: its folder does not exist.`)
  return fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file)
}

function isSpecial(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return stat !== undefined && !stat.isFile() && !stat.isDirectory()
}
