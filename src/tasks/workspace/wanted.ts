import { flat, type Checked, type Files } from '../../world/index.ts'

/** A file that the task asks for. */
export type Wanted = WantedLines | WantedText

/** Lines `key: value`, each key once, in any order. */
interface WantedLines {
  readonly path: string
  readonly lines: Readonly<Record<string, string>>
  /** Other lines that stand there: one more part is right when every line is, and beside them exactly these. Absent: no such part. */
  readonly beside?: readonly string[]
  /** One part in all, right when every line is and nothing stands beside them: for a page that was there and is to be mended. */
  readonly whole?: true
}

/** A whole text, of which line ends and spaces at the end of lines do not count. */
interface WantedText {
  readonly path: string
  readonly text: string
}

/** A file longer than this cannot be what was asked for, and is not read. In characters. */
const LONGEST = 100_000

/** So many files that were not asked for are told apart; more of them make nothing worse. */
const MOST_STRAYS = 10_000

/**
 * The check of a task that asks for files: one part for each line, by the name `path: key`, or for each text, by `path`.
 *
 * In lines, line ends, blank lines, spaces round keys and values, runs of spaces, a byte-order mark, the kind of dash
 * and upper or lower case do not count. A key that stands twice is wrong, whatever it says: two answers are none.
 *
 * @param only folders in which each file that was not asked for is one more part, and wrong
 * @param kept files that were to be left alone: each that is not as it was is one more part, and wrong
 */
export function checkWanted(
  wanted: readonly Wanted[],
  only: readonly string[],
  kept: Files = {},
): (files: Files) => Checked {
  const asked = new Set([...wanted.map(({ path }) => path), ...Object.keys(kept)])
  return (files) => {
    const parts: Record<string, boolean> = {}
    for (const each of wanted) {
      const { path } = each
      const text = textAt(files, path)
      if ('text' in each) {
        parts[path] = isText(text, each.text)
        continue
      }
      const { lines, beside } = each
      const found = text === undefined ? undefined : read(text)
      const right = Object.entries(lines).map(([key, value]) => found?.lines.get(flat(key)) === flat(value))
      if (each.whole === true) {
        parts[`${path}: the page`] = right.every(Boolean) && isRest(found?.all ?? [], Object.keys(lines), [])
        continue
      }
      Object.keys(lines).forEach((key, line) => (parts[`${path}: ${key}`] = right[line] === true))
      if (beside !== undefined)
        parts[`${path}: nothing else`] = right.every(Boolean) && isRest(found?.all ?? [], Object.keys(lines), beside)
    }
    const strays = Object.keys(files).filter(
      (path) => only.some((folder) => path.startsWith(`${folder}/`)) && !asked.has(path),
    )
    for (const path of strays.slice(0, MOST_STRAYS)) parts[`${path}: not asked for`] = false
    for (const [path, text] of Object.entries(kept))
      if (!isText(textAt(files, path), text)) parts[`${path}: changed`] = false
    return checked(parts)
  }
}

/** The share of the parts that are right; there is at least one part. */
function checked(parts: Readonly<Record<string, boolean>>): Checked {
  const all = Object.values(parts)
  return { score: all.filter(Boolean).length / all.length, parts }
}

/** The text of a wanted file, as the oracle writes it. */
export function wantedText(lines: Readonly<Record<string, string>>): string {
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
}

interface Found {
  readonly lines: ReadonlyMap<string, string | undefined>
  /** Lines that are not blank. */
  readonly all: readonly string[]
}

/** Whether the lines without the keys that were asked for are these, in any order. */
function isRest(all: readonly string[], keys: readonly string[], beside: readonly string[]): boolean {
  const asked = new Set(keys.map(flat))
  const rest = all.filter((line) => !asked.has(flat(line.split(':', 1)[0] ?? '')))
  const wanted = beside.map(flat).toSorted()
  return (
    rest.length === wanted.length &&
    rest
      .map(flat)
      .toSorted()
      .every((line, at) => line === wanted[at])
  )
}

function isText(text: string | undefined, wanted: string): boolean {
  return text !== undefined && withoutEnds(text) === withoutEnds(wanted)
}

function textAt(files: Files, path: string): string | undefined {
  const text = Object.hasOwn(files, path) ? files[path] : undefined
  return typeof text === 'string' && text.length <= LONGEST ? text : undefined
}

/** Without line ends of another system, spaces at the end of lines, and blank lines at the end. */
export function withoutEnds(text: string): string {
  return text
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
}

function read(text: string): Found {
  const lines = new Map<string, string | undefined>()
  const all: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue
    all.push(line)
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const key = flat(line.slice(0, colon))
    lines.set(key, lines.has(key) ? undefined : flat(line.slice(colon + 1)))
  }
  return { lines, all }
}
