import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { refuseTwins } from './column-names.ts'
import type { Database } from './database.ts'
import { DepthMeter } from './depth.ts'
import type { Keep, Loaded, RowFile } from './loaded.ts'
import { LineTally, linesOf, partsOf, scanText } from './scan.ts'
import { fileName, literal } from './sql.ts'

/** JSON lines, or a list of objects. A text is read as it is written: what a column asks for is judged later, as in CSV. */
export async function loadJson(database: Database, source: RowFile, keep: Keep): Promise<Loaded> {
  const { file, shown, format } = source
  const lines = new LineTally()
  const depth = new DepthMeter(shown)
  const dataHash = scanText(file, shown, (part) => {
    lines.part(part)
    depth.part(part)
  })
  const array = format === 'json'
  // The database takes what came before the cut for all there was.
  if (array && !endOf(file).endsWith(']'))
    throw new AssayError('rows/unreadable', `${shown} is cut off: its list has no end. Get the whole file.`)
  const from = fileName(array ? file : withoutMark(file, database.scratch))
  const options = `format = '${array ? 'array' : 'newline_delimited'}'`
  const columns = await database
    .query(
      `select json_keys(json) as k, min(n) as n from (select json, row_number() over () as n from read_json_objects(${from}, ${options})) group by 1 order by 2`,
    )
    .then((found) => [...new Set(found.flatMap(({ k }) => (Array.isArray(k) ? k.map(String) : [])))])
    .catch((cause: unknown) => refuseJson(source, cause))
  if (columns.length === 0) refuseJson(source)
  refuseTwins(columns, shown, 'the file')
  const kept = keep(columns)
  const types = kept.map((each) => `${literal(each)}: 'VARCHAR'`).join(', ')
  await database
    .source(`from read_json(${from}, ${options}, records = true, columns = {${types}})`)
    .catch((cause: unknown) => refuseJson(source, cause))
  const [counted] = await database.query('select count(*) as n from source')
  const rows = Number(counted?.['n'] ?? 0)
  return {
    file,
    shown,
    format,
    dataHash,
    columns,
    kept,
    rows,
    unreadable: { count: 0, first: [] },
    plainLines: !array && lines.blank === 0 && lines.all === rows,
  }
}

const MARK = Buffer.from('\ufeff')

/** The file, or a copy of it without the byte order mark, which the database refuses in lines and skips in lists. */
function withoutMark(file: string, scratch: string): string {
  const [head] = partsOf(file)
  if (head === undefined || !head.subarray(0, MARK.length).equals(MARK)) return file
  fs.mkdirSync(scratch, { recursive: true, mode: 0o700 })
  const copy = path.join(scratch, 'unmarked.jsonl')
  const fd = fs.openSync(copy, 'w', 0o600)
  try {
    let skip = MARK.length
    for (const part of partsOf(file)) {
      fs.writeSync(fd, part.subarray(skip))
      skip = 0
    }
  } finally {
    fs.closeSync(fd)
  }
  return copy
}

/** What is wrong, found by reading again: slower, but it names the line, and what stands there. */
function refuseJson({ file, shown, format }: RowFile, cause?: unknown): never {
  if (cause instanceof AssayError) throw cause
  const refused = (what: string): AssayError => new AssayError('rows/unreadable', `${shown}${what}`, { cause })
  const [, key] = /duplicate key "(.*?)"/.exec(String(cause)) ?? []
  const [, line] = /\bline (\d+)/.exec(String(cause)) ?? []
  if (key !== undefined)
    throw refused(
      `${line === undefined || format === 'json' ? '' : `, line ${line}`}: an object has "${key}" twice. Keep one.`,
    )
  if (format === 'json') throw refused(' holds no records: a list of objects is read, as [{"task": "a", "score": 1}].')
  for (const [number, bytes] of linesOf(file)) {
    const text = bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim()
    if (text !== '' && !isRecord(text))
      throw refused(`, line ${number}: not a whole JSON object. Write one a line: {"task": "a", "score": 1}.`)
  }
  throw refused(' cannot be read as JSON lines. Write one object a line: {"task": "a", "score": 1}.')
}

function isRecord(text: string): boolean {
  try {
    // Some writers say NaN and Infinity, which JSON has not.
    const value: unknown = JSON.parse(text.replaceAll(/:\s*(?:NaN|-?Infinity)\b/g, ':null'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** The last letters of a file, without blanks behind them. */
function endOf(file: string): string {
  const fd = fs.openSync(file, 'r')
  try {
    const { size } = fs.fstatSync(fd)
    const buffer = Buffer.alloc(Math.min(size, 4096))
    fs.readSync(fd, buffer, 0, buffer.length, size - buffer.length)
    return buffer.toString('latin1').trimEnd()
  } finally {
    fs.closeSync(fd)
  }
}
