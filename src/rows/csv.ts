import fs from 'node:fs'
import { parse } from 'csv-parse/sync'
import { AssayError, codeOf, reasonOf } from '../assay-error.ts'
import { readBytes } from '../record/index.ts'
import { delimiterIn } from './csv-header.ts'

/** A row of a file of our users, by column, and the line in which it ends. */
export interface CsvRow {
  readonly record: Readonly<Record<string, string>>
  readonly line: number
}

/**
 * Reads a small CSV or TSV whole, as text; what separates its columns is found in its header. (What is large, or of other forms, is for {@link openRows}.)
 *
 * @param code what the codes of errors begin with: `cases/` for `cases/missing`
 * @param names the columns by the names that stand in the file
 * @param largest bytes of a file that is read; default any
 * @throws AssayError `…missing`, `…too-large`, `…encoding`, `…unreadable`, `…csv`, and what `names` throws
 */
export function csvRows(
  path: string,
  code: string,
  names: (head: string[]) => string[],
  largest: number = Infinity,
): readonly CsvRow[] {
  const text = textOf(path, code, largest)
  const delimiter = delimiterIn(/[^\r\n]+/.exec(text.replace(/^\ufeff/, ''))?.[0] ?? '')
  let columns: readonly string[] = []
  try {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
      bom: true,
      columns: (head: string[]) => {
        const named = names(head)
        columns = named
        return named
      },
      delimiter,
      info: true,
      skip_empty_lines: true,
    })
    return rows.map(({ record, info }) => ({ record, line: info.lines }))
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError(`${code}csv`, `${path}, ${csvReason(cause, columns, delimiter)}`, { cause })
  }
}

const NAMES: Readonly<Record<string, string>> = { ',': 'comma', '\t': 'tab', ';': 'semicolon', '|': 'bar' }

/** What is wrong with a CSV file, in our words: `line 3: found 1 cell, expected 2 (prompt, expected).` */
function csvReason(cause: unknown, columns: readonly string[], delimiter: string): string {
  const code = codeOf(cause) ?? ''
  const said = reasonOf(cause)
  const [, line] = /on line (\d+)|at line (\d+)/.exec(said)?.filter((each) => each !== undefined) ?? []
  const where = line === undefined ? '' : `line ${line}: `
  const [, expected, found] = /length is (\d+), got (\d+)/.exec(said) ?? []
  if (found !== undefined) {
    const listed = columns.length > 0 && columns.length <= 8 ? ` (${columns.join(', ')})` : ''
    const hint =
      Number(found) > Number(expected)
        ? ` Put quotes around a cell that contains a ${NAMES[delimiter] ?? 'comma'}.`
        : ''
    return `${where}found ${found} ${found === '1' ? 'cell' : 'cells'}, expected ${expected}${listed}.${hint}`
  }
  if (code.includes('QUOTE')) return `${where}a quote is not closed, or is inside a cell that has none around it.`
  return `${where}this is not CSV. Save the table as CSV again.`
}

function textOf(path: string, code: string, largest: number): string {
  try {
    const { size } = fs.statSync(path)
    if (size > largest)
      throw new AssayError(`${code}too-large`, `${path} is ${size} bytes; cases are read up to ${largest}. Split it.`)
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(path))
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    if (codeOf(cause) === 'ENOENT') throw new AssayError(`${code}missing`, `There is no file ${path}.`, { cause })
    if (cause instanceof TypeError)
      throw new AssayError(`${code}encoding`, `${path} is not UTF-8. Save it as UTF-8.`, { cause })
    throw new AssayError(`${code}unreadable`, `Could not read ${path}: ${reasonOf(cause)}`, { cause })
  }
}

/** The names of its columns, as they are. @throws AssayError what {@link csvRows} throws */
export function csvHead(path: string, code: string, largest: number): readonly string[] {
  let head: readonly string[] = []
  csvRows(path, code, (names) => [...(head = names)], largest)
  return head
}
