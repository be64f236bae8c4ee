import { AssayError } from '../assay-error.ts'
import { readHeader } from './csv-header.ts'
import { CsvTally } from './csv-scan.ts'
import type { Database } from './database.ts'
import type { Keep, Loaded, RowFile } from './loaded.ts'
import { scanText } from './scan.ts'
import { fileName, literal, name } from './sql.ts'

/** Delimited text: only the columns that are kept leave the file. */
export async function loadCsv(database: Database, { file, shown }: RowFile, keep: Keep): Promise<Loaded> {
  const { header, delimiter, lineEnd } = readHeader(file, shown)
  const kept = keep(header)
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
  const reading = database.source(
    `select ${kept.map(name).join(', ')} from read_csv(${fileName(file)}, ${options.join(', ')})`,
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
    kept,
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
