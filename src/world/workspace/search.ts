import type { FileTree } from '../sandbox/index.ts'
import type { ActResult } from '../world.ts'

const MOST_FOUND = 200
const LONGEST_LINE = 500

/** The lines that hold a text, as `path:number: line`, files in order of their names. */
export function search(files: FileTree, text: string, path: string): ActResult {
  const found: string[] = []
  const start = clean(path)
  const answer = files.list(start)
  if (answer.type === 'refused') {
    const read = files.read(start)
    if (read.type === 'refused') return { text: read.why, error: true }
    inText(start, read.value, text, found)
  } else inFolder(files, start, text, found)
  if (found.length === 0) return { text: 'No line holds that text.' }
  const more = found.length > MOST_FOUND ? `\n(more than ${MOST_FOUND} lines; search below a folder)` : ''
  return { text: found.slice(0, MOST_FOUND).join('\n') + more }
}

function inFolder(files: FileTree, folder: string, text: string, found: string[]): void {
  const listed = files.list(folder)
  if (listed.type === 'refused') return
  for (const { name, kind } of listed.value) {
    if (found.length > MOST_FOUND) return
    const path = folder === '.' ? name : `${folder}/${name}`
    if (kind === 'folder') inFolder(files, path, text, found)
    else if (kind !== 'link') {
      const read = files.read(path)
      if (read.type === 'ok') inText(path, read.value, text, found)
    }
  }
}

function inText(path: string, content: string | Uint8Array, text: string, found: string[]): void {
  if (typeof content !== 'string' || !content.includes(text)) return
  let number = 1
  let line = 0
  for (let at = content.indexOf(text); at >= 0 && found.length <= MOST_FOUND; at = content.indexOf(text, at)) {
    for (let feed = content.indexOf('\n', line); feed >= 0 && feed < at; feed = content.indexOf('\n', line)) {
      number++
      line = feed + 1
    }
    const end = content.indexOf('\n', at)
    const whole = content.slice(line, end < 0 ? content.length : end)
    found.push(`${path}:${number}: ${whole.length > LONGEST_LINE ? `${whole.slice(0, LONGEST_LINE)}…` : whole}`)
    if (end < 0) return
    at = end + 1
    line = end + 1
    number++
  }
}

function clean(path: string): string {
  const trimmed = path.replaceAll(/\/+$/g, '').replace(/^\.\//, '')
  return trimmed === '' ? '.' : trimmed
}
