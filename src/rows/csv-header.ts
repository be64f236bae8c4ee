import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'
import { refuseTwins } from './column-names.ts'
import { NUMBER } from './loaded.ts'

const MOST = 1 << 20
const DELIMITERS = [',', '\t', ';', '|']

/** Lines that are looked at for what the header is. */
const LOOKED_AT = 50

interface Header {
  readonly header: readonly string[]
  readonly delimiter: string
  readonly lineEnd: string
}

/**
 * The names in the first line of a delimited file, and what stands between them: what is most often there, outside
 * quotes, of comma, tab, semicolon and bar. A name may not hold a line end.
 *
 * @throws AssayError `rows/empty`, `rows/header`
 */
export function readHeader(file: string, shown: string): Header {
  const { lines, whole } = firstLines(file)
  const [first] = lines
  if (first === undefined) throw new AssayError('rows/empty', `${shown} is empty: there is nothing to audit.`)
  const delimiter = delimiterIn(first.text)
  if (!whole && lines.length === 1)
    throw new AssayError('rows/header', `${shown}: its first line is longer than 1 MB, and should name the columns.`)
  const header = namesIn(first.text, delimiter)
  refuseTitle(header, delimiter, lines, shown)
  refuseTwins(header, shown, 'its first line')
  return {
    header: header.map((each, index) => (each === '' || each === NUMBER ? `column_${index + 1}` : each)),
    delimiter,
    lineEnd: first.end,
  }
}

/** What is most often between the names of a header, outside quotes: comma, tab, semicolon or bar; a comma where none is. */
export function delimiterIn(header: string): string {
  const outside = header.replaceAll(/"(?:[^"]|"")*"/g, '')
  const count = (delimiter: string): number => outside.split(delimiter).length
  return DELIMITERS.toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

interface Line {
  readonly line: number
  readonly text: string
  /** How it ends, as SQL writes it. */
  readonly end: string
}

/** The first lines that are not empty, and whether they are the whole file. */
function firstLines(file: string): { readonly lines: readonly Line[]; readonly whole: boolean } {
  const fd = fs.openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(MOST)
    const read = fs.readSync(fd, buffer, 0, MOST, 0)
    const text = buffer.toString('utf8', 0, read).replace(/^\ufeff/, '')
    const lines: Line[] = []
    let line = 1
    for (const [, found = '', end = ''] of text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)) {
      if (found !== '') lines.push({ line, text: found, end: ENDS[end] ?? String.raw`\n` })
      if (lines.length >= LOOKED_AT) break
      line += 1
    }
    return { lines, whole: read < MOST }
  } finally {
    fs.closeSync(fd)
  }
}

const ENDS: Readonly<Record<string, string>> = { '\r\n': String.raw`\r\n`, '\r': String.raw`\r` }

/**
 * A title above the table, or a line for a spreadsheet (`sep=;`): the first line names one column at most, while lines
 * further down agree on more, and the first of those holds names.
 *
 * @throws AssayError `rows/header`
 */
function refuseTitle(header: readonly string[], delimiter: string, lines: readonly Line[], shown: string): void {
  const named = header.filter((each) => each !== '').length
  for (const each of DELIMITERS) {
    const below = lines.slice(1).map(({ line, text }) => ({ line, fields: namesIn(text, each) }))
    const rows = below.filter(({ fields }) => fields.some((field) => field !== ''))
    const widths = rows.map(({ fields }) => fields.length)
    const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1
    // Most lines have as many fields as the first one has names: it is the header, whatever its cells hold.
    if (each === delimiter && named > 1 && usual === named) return
    const at = rows.findIndex(({ fields }) => fields.length === usual && areNames(fields))
    const { line = 2 } = rows[at] ?? {}
    if (named >= usual || at < 0 || rows.length < at + 2) continue
    throw new AssayError(
      'rows/header',
      `${shown}: line ${lines[0]?.line ?? 1} looks like a title; the header is in line ${line}. Delete the lines above it.`,
    )
  }
}

/** Names of columns are there, differ, and are no numbers. */
function areNames(fields: readonly string[]): boolean {
  return new Set(fields).size === fields.length && fields.every((each) => each !== '' && Number.isNaN(Number(each)))
}

function namesIn(line: string, delimiter: string): readonly string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i += 1) {
    const letter = line.charAt(i)
    if (letter === '"' && quoted && line.charAt(i + 1) === '"') {
      field += '"'
      i += 1
    } else if (letter === '"') quoted = !quoted
    else if (letter === delimiter && !quoted) {
      fields.push(field.trim())
      field = ''
    } else field += letter
  }
  return [...fields, field.trim()]
}
