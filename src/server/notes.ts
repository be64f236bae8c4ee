import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError, codeOf } from '../assay-error.ts'
import { isObject, objectIn, writeError } from '../record/index.ts'
import type { Note, NoteAsk, NoteOn } from './api.ts'
import type { Source } from './source.ts'

// What people write about runs is kept next to a run's folder, never in it: the record stays as it was made. The file only
// grows, one write a line, so that two viewers write into it at once and nothing is lost.

/** Bytes of a file of notes at most. */
const MOST_BYTES = 4_000_000
/** Characters of a note, of a label, of a name. */
const MOST = { note: 2000, label: 40, by: 60 } as const

/** The file with the notes of a run: `RUN.notes.jsonl` next to the run's folder. */
export function notesFile({ runs }: Pick<Source, 'runs'>, run: string): string {
  return path.join(runs, `${run}.notes.jsonl`)
}

/** Notes and labels that were not taken back, oldest first. A line that cannot be read is left out. */
export function readNotes(file: string): readonly Note[] {
  const notes = new Map<string, Note>()
  for (const line of textOf(file).split('\n')) {
    if (line === '') continue
    const said = lineOf(line)
    if (said === undefined) continue
    if ('removed' in said) notes.delete(said.removed)
    else notes.set(said.id, said)
  }
  return [...notes.values()]
}

/**
 * Writes a note, or takes one back.
 *
 * @throws AssayError `server/bad-note` where it is not one, `server/notes-full`, `record/disk-full`, `record/unwritable`
 */
export function writeNote(file: string, ask: unknown, at: string): void {
  const said = parsed(ask, at)
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
    throw new AssayError(
      'server/notes-full',
      `There is no room for more notes. Move ${path.basename(file)} elsewhere to begin a new one.`,
    )
  try {
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = fs.constants
    const opened = fs.openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o644)
    try {
      // The line break comes first: where a full disk tore the line before, this one stays whole.
      fs.writeSync(opened, `\n${JSON.stringify(said)}\n`)
      fs.fdatasyncSync(opened)
    } finally {
      fs.closeSync(opened)
    }
  } catch (cause) {
    throw writeError(file, cause)
  }
}

type Line = Note | { readonly removed: string; readonly at: string }

function parsed(ask: unknown, at: string): Line {
  const given = askOf(ask)
  if (given === undefined)
    throw new AssayError(
      'server/bad-note',
      'A note is {"on":{"type":"run"},"kind":"note" or "label","text":"…"}, or {"remove":"<id>"}.',
    )
  if ('remove' in given) return { removed: given.remove, at }
  const text = given.text.trim()
  if (text === '') throw new AssayError('server/bad-note', 'This note is empty. Write something first.')
  if (text.length > MOST[given.kind])
    throw new AssayError(
      'server/bad-note',
      `A ${given.kind} has at most ${MOST[given.kind].toLocaleString('en-US')} characters; this one has ${text.length.toLocaleString('en-US')}.`,
    )
  const by = given.by?.trim().slice(0, MOST.by) ?? ''
  return { id: randomUUID(), at, on: given.on, kind: given.kind, text, ...(by !== '' && { by }) }
}

function askOf(ask: unknown): NoteAsk | undefined {
  if (!isObject(ask)) return undefined
  const { remove, on: given, kind, text, by } = ask
  if (typeof remove === 'string') return { remove }
  const on = onOf(given)
  if (on === undefined || (kind !== 'note' && kind !== 'label') || typeof text !== 'string') return undefined
  return { on, kind, text, ...(typeof by === 'string' && { by }) }
}

function onOf(on: unknown): NoteOn | undefined {
  if (!isObject(on)) return undefined
  const { type, id } = on
  if (type === 'run') return { type }
  if ((type === 'trial' || type === 'case') && typeof id === 'string' && id !== '' && id.length <= 1000)
    return { type, id }
  return undefined
}

/** A line as it was written; whatever else stands there is nothing. */
function lineOf(line: string): Line | undefined {
  const said = objectIn(line)
  if (typeof said?.['at'] !== 'string') return undefined
  const { at, removed, id } = said
  if (typeof removed === 'string') return { removed, at }
  const ask = askOf(said)
  return typeof id !== 'string' || ask === undefined || 'remove' in ask ? undefined : { ...ask, id, at }
}

function textOf(file: string): string {
  try {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
    const opened = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      return fs.fstatSync(opened).isFile() ? fs.readFileSync(opened, 'utf8') : ''
    } finally {
      fs.closeSync(opened)
    }
  } catch (cause) {
    // None was written yet; a link is not followed.
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ELOOP') return ''
    throw cause
  }
}
