import fs from 'node:fs'
import { AssayError } from '../assay-error.ts'

const MOST = 1 << 20
const DELIMITERS = [',', '\t', ';', '|']

/**
 * The names in the first line of a delimited file, and what stands between them: what is most often there, outside
 * quotes, of comma, tab, semicolon and bar. A name may not hold a line end.
 *
 * @throws AssayError `rows/empty`, `rows/header`
 */
export function readHeader(
  file: string,
  shown: string,
): { readonly header: readonly string[]; readonly delimiter: string; readonly lineEnd: string } {
  const [text, lineEnd] = firstLine(file)
  if (text === undefined) throw new AssayError('rows/empty', `${shown} is empty: there is nothing to audit.`)
  const outside = text.replaceAll(/"(?:[^"]|"")*"/g, '')
  const count = (delimiter: string): number => outside.split(delimiter).length
  const delimiter = DELIMITERS.toSorted((a, b) => count(b) - count(a))[0] ?? ','
  const header = fieldsOf(text, delimiter).map((each) => each.trim())
  const twice = header.find((each, index) => header.indexOf(each) !== index)
  if (twice !== undefined) {
    const what = twice === '' ? 'two columns have no name' : `two columns are called ${twice}`
    throw new AssayError('rows/header', `${shown}: ${what}; rename one in its first line.`)
  }
  return { header: header.map((each, index) => (each === '' ? `column_${index + 1}` : each)), delimiter, lineEnd }
}

/** The first line that is not empty, and how it ends as SQL writes it. */
function firstLine(file: string): readonly [text: string | undefined, lineEnd: string] {
  const fd = fs.openSync(file, 'r')
  try {
    const buffer = Buffer.alloc(MOST)
    const read = fs.readSync(fd, buffer, 0, MOST, 0)
    const text = buffer.toString('utf8', 0, read).replace(/^\ufeff/, '')
    const [, line, end] = /([^\r\n]+)(\r\n|\n|\r|$)/.exec(text) ?? []
    return [line, ENDS[end ?? ''] ?? String.raw`\n`]
  } finally {
    fs.closeSync(fd)
  }
}

const ENDS: Readonly<Record<string, string>> = { '\r\n': String.raw`\r\n`, '\r': String.raw`\r` }

function fieldsOf(line: string, delimiter: string): readonly string[] {
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
      fields.push(field)
      field = ''
    } else field += letter
  }
  return [...fields, field]
}
