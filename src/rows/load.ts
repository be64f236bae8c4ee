import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { AssayError, codeOf, reasonOf } from '../assay-error.ts'
import type { Json, JsonObject } from '../record/index.ts'
import { readHeader } from './csv-header.ts'
import { CsvTally, type RaggedRow } from './csv-scan.ts'
import { Database, databaseReason } from './database.ts'
import { hashBytes, LineTally, scanText } from './scan.ts'
import { literal, name } from './sql.ts'

export type Format = 'csv' | 'jsonl' | 'json' | 'parquet'

/** A file, or rows that a program has at hand, under the name to print for them. */
export type RowSource = string | GivenRows

interface GivenRows {
  readonly shown: string
  readonly rows: readonly JsonObject[]
}

/** A table in the database as the table `source`: its columns as text (Parquet: as they are), and `#`, the row's number. */
export interface Loaded {
  readonly file: string
  /** The name to print. */
  readonly shown: string
  readonly format: Format
  /** First 16 hex digits of SHA-256 over the file. */
  readonly dataHash: string
  readonly columns: readonly string[]
  readonly rows: number
  /** Lines that no row could be made of. */
  readonly unreadable: { readonly count: number; readonly first: readonly RaggedRow[] }
  /** Whether row n stands on a line that follows from n alone; else lines must be looked up. */
  readonly plainLines: boolean
  readonly delimiter?: string
}

/** The number of a row in its file. */
export const NUMBER = '#'

/** Files above this are refused: they would fill a disk with temporary copies. */
export const LARGEST: number = 8 * 2 ** 30

/**
 * @throws AssayError `rows/no-file`, `rows/too-large`, `rows/empty`, `rows/encoding`, `rows/mixed-line-ends`, `rows/open-quote`,
 *   `rows/header`, `rows/unreadable`
 */
export async function load(database: Database, source: RowSource): Promise<Loaded> {
  return typeof source === 'string' ? loadFile(database, source) : loadGiven(database, source)
}

/** As if the same rows stood in a file of JSON lines: the same hash, and the same lines in the report. */
async function loadGiven(database: Database, { shown, rows }: GivenRows): Promise<Loaded> {
  if (rows.length === 0) throw nothingIn(shown)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const hash = createHash('sha256')
  for (const row of rows) hash.update(`${JSON.stringify(row)}\n`)
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
    rows: rows.length,
    unreadable: { count: 0, first: [] },
    plainLines: true,
  }
}

function textOf(cell: Json | undefined): string | null {
  if (cell === undefined || cell === null || typeof cell === 'string') return cell ?? null
  return JSON.stringify(cell)
}

function nothingIn(shown: string): AssayError {
  return new AssayError('rows/empty', `${shown} is empty: there is nothing to audit.`)
}

async function loadFile(database: Database, file: string): Promise<Loaded> {
  const shown = path.basename(file)
  const { size } = statOf(file)
  if (size === 0) throw nothingIn(shown)
  if (size > LARGEST) {
    throw new AssayError(
      'rows/too-large',
      `${shown} has ${(size / 2 ** 30).toFixed(1)} GB and audits read at most ${LARGEST / 2 ** 30}: keep the columns you need, or split it.`,
    )
  }
  const format = formatOf(file)
  try {
    const loaded = await LOADERS[format](database, file, shown)
    if (loaded.rows === 0)
      throw new AssayError(
        'rows/empty',
        `${shown} has no rows${loaded.unreadable.count > 0 ? ` that can be read: line ${loaded.unreadable.first[0]?.line} has ${loaded.unreadable.first[0]?.fields} fields, its header ${loaded.columns.length}` : ' below its header'}.`,
      )
    return loaded
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    if (format === 'json' && String(cause).includes('non-record JSON'))
      throw new AssayError(
        'rows/unreadable',
        `${shown} holds no records: a list of objects is read, as [{"task": "a", "score": 1}].`,
        { cause },
      )
    throw new AssayError('rows/unreadable', `${shown} cannot be read as ${format}: ${databaseReason(cause, file)}`, {
      cause,
    })
  }
}

function statOf(file: string): fs.Stats {
  try {
    const found = fs.statSync(file)
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

type Loader = (database: Database, file: string, shown: string) => Promise<Loaded>

const LOADERS: Readonly<Record<Format, Loader>> = {
  csv: loadCsv,
  jsonl: loadJson,
  json: loadJson,
  parquet: loadParquet,
}

async function loadCsv(database: Database, file: string, shown: string): Promise<Loaded> {
  const { header, delimiter, lineEnd } = readHeader(file, shown)
  const columns = header.map((each) => `${literal(each)}: 'VARCHAR'`).join(', ')
  const options = [
    'header = true',
    'auto_detect = false',
    'store_rejects = true',
    `delim = ${literal(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `new_line = '${lineEnd}'`,
    `columns = {${columns}}`,
  ]
  const reading = database.run(
    `create table source as select row_number() over () as ${name(NUMBER)}, * from read_csv(${literal(file)}, ${options.join(', ')})`,
  )
  // The database reads on threads of its own while the walk looks for what it would not say, or say less well.
  const read = reading.then(
    () => undefined,
    (cause: unknown) => ({ cause }),
  )
  const tally = new CsvTally(header, delimiter)
  const dataHash = await walk(() => scanText(file, shown, (part) => tally.walker.part(part)), read)
  const shape = await walk(() => tally.shape(shown), read)
  const failed = await read
  if (failed !== undefined) throw failed.cause
  const [counted] = await database.query('select count(*) as n from source')
  const rows = Number(counted?.['n'] ?? 0)
  // A row that the reader dropped and the walk did not see (or the other way round) would be lost without a word.
  if (rows !== shape.rows) {
    throw new AssayError(
      'rows/unreadable',
      `${shown} can be read in two ways (${rows} or ${shape.rows} rows): look for stray quotes.`,
    )
  }
  return {
    file,
    shown,
    format: 'csv',
    dataHash,
    columns: header,
    rows,
    unreadable: shape.ragged,
    plainLines: shape.plain,
    delimiter,
  }
}

/** What the walk throws waits until the database has let go of the file. */
async function walk<T>(work: () => T, read: Promise<unknown>): Promise<T> {
  try {
    return work()
  } catch (cause) {
    await read
    throw cause
  }
}

async function loadJson(database: Database, file: string, shown: string): Promise<Loaded> {
  const tally = new LineTally()
  const dataHash = scanText(file, shown, (part) => tally.part(part))
  const array = formatOf(file) === 'json'
  // The database takes what came before the cut for all there was.
  if (array && !endOf(file).endsWith(']'))
    throw new AssayError('rows/unreadable', `${shown} is cut off: its list has no end. Get the whole file.`)
  const options = `format = '${array ? 'array' : 'newline_delimited'}', records = true, sample_size = -1`
  const from = `read_json(${literal(file)}, ${options})`
  const found = await database.query(`describe from ${from}`)
  const columns = found.map((each) => String(each['column_name']))
  // As text: a JSON column holds whatever was there, and its strings would keep their quotes.
  const texts = found.map(({ column_name: column, column_type: type }) => {
    const quoted = name(String(column))
    return `${type === 'JSON' ? `${quoted} ->> '$'` : `cast(${quoted} as varchar)`} as ${quoted}`
  })
  await database.run(
    `create table source as select row_number() over () as ${name(NUMBER)}, ${texts.join(', ')} from ${from}`,
  )
  const [counted] = await database.query('select count(*) as n from source')
  const rows = Number(counted?.['n'] ?? 0)
  return {
    file,
    shown,
    format: array ? 'json' : 'jsonl',
    dataHash,
    columns,
    rows,
    unreadable: { count: 0, first: [] },
    plainLines: !array && tally.blank === 0 && tally.all === rows,
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

async function loadParquet(database: Database, file: string, shown: string): Promise<Loaded> {
  const from = `read_parquet(${literal(file)})`
  await database.run(`create table source as select row_number() over () as ${name(NUMBER)}, * from ${from}`)
  const columns = (await database.query(`describe from ${from}`)).map((each) => String(each['column_name']))
  const [counted] = await database.query('select count(*) as n from source')
  return {
    file,
    shown,
    format: 'parquet',
    dataHash: hashBytes(file),
    columns,
    rows: Number(counted?.['n'] ?? 0),
    unreadable: { count: 0, first: [] },
    plainLines: false,
  }
}
