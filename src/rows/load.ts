import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError, codeOf, reasonOf } from '../assay-error.ts'
import type { Json, JsonObject } from '../record/index.ts'
import { refuseTwins } from './column-names.ts'
import type { Database } from './database.ts'
import { DepthMeter } from './depth.ts'
import { loadCsv } from './load-csv.ts'
import { loadJson } from './load-json.ts'
import { type Format, type Keep, type Loaded, NUMBER, type RowFile } from './loaded.ts'
import { hashBytes } from './scan.ts'
import { fileName, name } from './sql.ts'

/** A file, or rows that a program has at hand, under the name to print for them. */
export type RowSource = string | GivenRows

interface GivenRows {
  readonly shown: string
  readonly rows: readonly JsonObject[]
}

/** Files above this are refused: they would fill a disk with temporary copies. */
export const LARGEST: number = 8 * 2 ** 30

/** Tables of more columns are refused: their names alone would fill the memory. */
const MOST_COLUMNS = 20_000

/**
 * What a file is, before anything of it is read. A link is not followed and a pipe is not waited for.
 *
 * @throws AssayError `rows/no-file`, `rows/too-large`, `rows/empty`
 */
export function inspect(file: string): RowFile {
  const shown = path.basename(file)
  const { size: bytes } = statOf(file)
  if (bytes === 0) throw nothingIn(shown)
  if (bytes > LARGEST) {
    throw new AssayError(
      'rows/too-large',
      `${shown} has ${(bytes / 2 ** 30).toFixed(1)} GB and audits read at most ${LARGEST / 2 ** 30}: keep the columns you need, or split it.`,
    )
  }
  return { file, shown, format: formatOf(file), bytes }
}

/** @throws AssayError `rows/empty`, `rows/encoding`, `rows/mixed-line-ends`, `rows/open-quote`, `rows/header`, `rows/unreadable` */
export async function load(database: Database, source: RowFile | GivenRows, keep: Keep): Promise<Loaded> {
  if ('rows' in source) return loadGiven(database, source)
  const { shown, format } = source
  const bounded: Keep = (columns) => {
    if (columns.length > MOST_COLUMNS)
      throw new AssayError(
        'rows/header',
        `${shown} has ${count(columns.length)} columns and audits read at most ${count(MOST_COLUMNS)}: keep the columns you need.`,
      )
    return keep(columns)
  }
  try {
    const loaded = await LOADERS[format](database, source, bounded)
    if (loaded.rows === 0)
      throw new AssayError(
        'rows/empty',
        `${shown} has no rows${loaded.unreadable.count > 0 ? ` that can be read: line ${loaded.unreadable.first[0]?.line} has ${loaded.unreadable.first[0]?.fields} fields, its header ${loaded.columns.length}` : ' below its header'}.`,
      )
    return loaded
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('rows/unreadable', `${shown} cannot be read as ${format}${placeIn(cause)}. ${TRY[format]}`, {
      cause,
    })
  }
}

const TRY: Readonly<Record<Format, string>> = {
  csv: 'Save it again as CSV with quotes as RFC 4180 has them and no cell above 2 MB.',
  jsonl: 'Write one JSON object a line, each below 16 MB.',
  json: 'Write one list of JSON objects: [{"task": "a", "score": 1}].',
  parquet: 'Write it again as Parquet, or as CSV.',
}

/** The line on which the database stopped reading, where it says one. */
function placeIn(cause: unknown): string {
  const [, line] = /\bline:? (\d+)/i.exec(String(cause)) ?? []
  return line === undefined ? '' : `: reading stopped near line ${line}`
}

/** As if the same rows stood in a file of JSON lines: the same hash, and the same lines in the report. */
async function loadGiven(database: Database, { shown, rows }: GivenRows): Promise<Loaded> {
  if (rows.length === 0) throw nothingIn(shown)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  refuseTwins(columns, shown, 'the rows')
  const hash = createHash('sha256')
  const depth = new DepthMeter(shown)
  for (const row of rows) {
    const line = Buffer.from(`${lineOf(row, shown)}\n`)
    depth.part(line)
    hash.update(line)
  }
  await database.run(
    `create table source (${name(NUMBER)} bigint, ${columns.map((each) => `${name(each)} varchar`).join(', ')})`,
  )
  await database.append(
    'source',
    rows.map((row, index) => [index + 1, ...columns.map((each) => textOf(row[each]))]),
  )
  return {
    file: shown,
    shown,
    format: 'jsonl',
    dataHash: hash.digest('hex').slice(0, 16),
    columns,
    kept: columns,
    rows: rows.length,
    unreadable: { count: 0, first: [] },
    plainLines: true,
  }
}

function lineOf(row: JsonObject, shown: string): string {
  try {
    return JSON.stringify(row)
  } catch (cause) {
    throw new AssayError('rows/unreadable', `${shown}: a row is nested too deep. Leave that column out.`, { cause })
  }
}

function textOf(cell: Json | undefined): string | null {
  if (cell === undefined || cell === null || typeof cell === 'string') return cell ?? null
  return JSON.stringify(cell)
}

function nothingIn(shown: string): AssayError {
  return new AssayError('rows/empty', `${shown} is empty: there is nothing to audit.`)
}

function statOf(file: string): fs.Stats {
  try {
    const found = fs.lstatSync(file)
    if (found.isSymbolicLink())
      throw new AssayError(
        'rows/no-file',
        `${file} is a link, and links are not followed. Name ${fs.readlinkSync(file)}.`,
      )
    if (!found.isFile())
      throw new AssayError('rows/no-file', `${file} is not a file: name a CSV, TSV, JSONL, JSON or Parquet file.`)
    fs.closeSync(fs.openSync(file, 'r'))
    return found
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    const why = codeOf(cause) === 'ENOENT' ? 'there is no such file' : reasonOf(cause)
    throw new AssayError('rows/no-file', `${file} cannot be opened: ${why}.`, { cause })
  }
}

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
  '.txt': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
}

/** By the extension, and where it leaves a doubt by the first bytes. */
function formatOf(file: string): Format {
  const known = BY_EXTENSION[path.extname(file).toLowerCase()]
  if (known !== undefined) return known
  const fd = fs.openSync(file, 'r')
  try {
    const head = Buffer.alloc(64)
    const read = fs.readSync(fd, head, 0, 64, 0)
    const text = head
      .toString('utf8', 0, read)
      .replace(/^\ufeff/, '')
      .trimStart()
    if (text.startsWith('PAR1')) return 'parquet'
    if (text.startsWith('[')) return 'json'
    return text.startsWith('{') ? 'jsonl' : 'csv'
  } finally {
    fs.closeSync(fd)
  }
}

const LOADERS: Readonly<Record<Format, (database: Database, file: RowFile, keep: Keep) => Promise<Loaded>>> = {
  csv: loadCsv,
  jsonl: loadJson,
  json: loadJson,
  parquet: loadParquet,
}

async function loadParquet(database: Database, { file, shown }: RowFile, keep: Keep): Promise<Loaded> {
  const from = `read_parquet(${fileName(file)})`
  const columns = (await database.query(`describe from ${from}`)).map((each) => String(each['column_name']))
  // The database renames one of two columns that differ in case alone: then there is none of that name in the file.
  const there = await database.query(`select name from parquet_schema(${fileName(file)})`)
  const names = new Set(there.map((each) => String(each['name'])))
  refuseTwins(
    columns.map((each) => (names.has(each) ? each : each.replace(/_\d+$/, ''))),
    shown,
    'the file',
  )
  const kept = keep(columns)
  await database.source(`select ${kept.map(name).join(', ')} from ${from}`)
  const [counted] = await database.query('select count(*) as n from source')
  return {
    file,
    shown,
    format: 'parquet',
    dataHash: hashBytes(file),
    columns,
    kept,
    rows: Number(counted?.['n'] ?? 0),
    unreadable: { count: 0, first: [] },
    plainLines: false,
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
