import { contentHash, type ContentStore, type FileChange } from '../../record/index.ts'
import { bytesOf, contentOf, sizeOf, type Changed, type Content, type Entry } from '../sandbox/index.ts'

/** Characters of one edit and of all edits of an act that stand in the journal itself. */
const LONGEST_EDIT = 8_000
const LONGEST_EDITS = 64_000

/**
 * What changed, as the journal tells it: hashes by path, and texts as the edit that made them where that is short.
 *
 * @param contents keeps whatever no edit tells, where the change could not be made again
 */
export function fileChanges(
  changed: readonly Changed[],
  contents: { readonly put: (content: Content) => unknown } | undefined,
): readonly FileChange[] {
  let left = LONGEST_EDITS
  return changed.map(({ path, before, after }): FileChange => {
    const told = after ?? before
    const kind = told === undefined || told.kind === 'file' ? {} : { kind: told.kind }
    const was = before === undefined ? {} : { before: hashOf(before) }
    if (after === undefined) return { path, ...was, ...kind }
    const edit = editOf(before?.content ?? '', after.content)
    const short = edit !== undefined && edit.put.length <= Math.min(LONGEST_EDIT, left)
    if (short) left -= edit.put.length
    else if (after.kind !== 'folder') contents?.put(after.content)
    return {
      path,
      ...was,
      after: hashOf(after),
      ...kind,
      ...(after.kind !== 'folder' && { bytes: sizeOf(after.content) }),
      ...(short && after.kind !== 'folder' && { edit }),
    }
  })
}

/** Bytes of what had to be kept because no edit tells it. */
export function keptBytes(changes: readonly FileChange[]): number {
  return changes.reduce((sum, { edit, bytes = 0 }) => (edit === undefined ? sum + bytes : sum), 0)
}

/** What takes changes back, innermost first where something was made. */
export function undone(changed: readonly Changed[]): readonly (readonly [path: string, entry: Entry | undefined])[] {
  const made = changed.filter(({ before }) => before === undefined).toReversed()
  return [...made, ...changed.filter(({ before }) => before !== undefined)].map(({ path, before }) => [path, before])
}

/** The entry that stands at a path after a change of the journal. */
export function entryAfter(
  change: FileChange,
  before: Entry | undefined,
  contents: ContentStore | undefined,
): Entry | undefined {
  if (change.after === undefined) return undefined
  const kind = change.kind ?? 'file'
  if (kind === 'folder') return { kind, content: '' }
  const content = contentAfter(change, before?.content ?? '', contents)
  if (contentHash(content) === change.after) return { kind, content }
  throw new Error(`${change.path} cannot be brought back as it was`)
}

function contentAfter({ path, edit, after }: FileChange, before: Content, contents: ContentStore | undefined): Content {
  if (edit !== undefined) {
    const text = Buffer.from(bytesOf(before)).toString('utf8')
    return text.slice(0, edit.at) + edit.put + text.slice(edit.at + edit.cut)
  }
  if (contents === undefined || after === undefined) throw new Error(`what ${path} held was not kept`)
  return contentOf(contents.get(after))
}

function hashOf(entry: Entry): string {
  return entry.kind === 'folder' ? 'folder' : contentHash(entry.content)
}

/** The one stretch that makes a text another: what is before and behind it is the same. */
function editOf(before: Content, after: Content): FileChange['edit'] {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined
  const most = Math.min(before.length, after.length)
  let at = 0
  while (at < most && before.charCodeAt(at) === after.charCodeAt(at)) at++
  let tail = 0
  while (tail < most - at && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail))
    tail++
  return { at, cut: before.length - at - tail, put: after.slice(at, after.length - tail) }
}
