import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { AssayError, codeOf } from '../assay-error.ts'
import { memoryError } from './database-words.ts'

/** A cell as it leaves the database. */
export type Cell = string | number | boolean | null | readonly Cell[]
export type Row = Readonly<Record<string, Cell>>

/**
 * What tables may take of memory before they go to a temporary folder; those on a disk are only passed through it. Readers of lines
 * with names keep whole lines of all columns.
 */
const MEMORY = { memory: '512MB', csv: '128MB', parquet: '192MB', jsonl: '384MB', json: '384MB' } as const

/** Begins the name of every temporary folder, before the id of the process that made it. */
const SCRATCH = 'assay-rows-'

/** A database whose temporary files are gone when it is closed. No extension is ever fetched. */
export class Database {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  /** Made when it is first needed: by what is written there, or by the database when it runs out of memory. */
  readonly scratch: string

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, scratch: string) {
    this.#instance = instance
    this.#connection = connection
    this.scratch = scratch
  }

  /** @param from what large file is read: tables are then kept compressed in a temporary file; small ones are faster in memory */
  static async open(from: keyof typeof MEMORY = 'memory'): Promise<Database> {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    sweep()
    const onDisk = from !== 'memory'
    const scratch = path.join(os.tmpdir(), `${SCRATCH}${process.pid}-${randomBytes(6).toString('hex')}`)
    if (onDisk) fs.mkdirSync(scratch, { mode: 0o700 })
    const instance = await DuckDBInstance.create(onDisk ? path.join(scratch, 'tables') : ':memory:', {
      memory_limit: MEMORY[from],
      temp_directory: scratch,
      // Every column takes a block, however few rows there are.
      ...(!onDisk && { default_block_size: '16384' }),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    })
    const connection = await instance.connect()
    // The file is deleted when it is closed: nothing of it need reach the disk before.
    if (onDisk) await connection.run('pragma disable_checkpoint_on_shutdown')
    return new Database(instance, connection, scratch)
  }

  /** From here on no statement reaches a file, the network or the settings. */
  async lock(): Promise<void> {
    await this.run('set enable_external_access = false')
    await this.run('set lock_configuration = true')
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql).catch(told)
  }

  /**
   * Makes the table `source` of a select, with the number of each row as `#`: where it stands in the table, since counting
   * rows in the select would bind it to one thread.
   */
  async source(select: string): Promise<void> {
    await this.run(`create table as_read as ${select}`)
    await this.run(`create view source as select rowid + 1 as "#", * from as_read`)
  }

  /**
   * All rows of a statement; whole numbers come as numbers.
   *
   * @param most rows that may come; more are refused, not cut
   * @throws AssayError `rows/too-many`
   */
  async query(sql: string, most = 2_000_000): Promise<readonly Row[]> {
    const rows: Row[] = []
    try {
      const result = await this.#connection.stream(sql)
      for await (const part of result.yieldRowObjectJs()) {
        if (rows.length + part.length > most) {
          throw new AssayError(
            'rows/too-many',
            `More than ${most.toLocaleString('en-US')} rows are needed at once: audit a part with --where.`,
          )
        }
        for (const row of part)
          rows.push(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)])))
      }
    } catch (cause) {
      told(cause)
    }
    return rows
  }

  /** Adds rows to a table of whole numbers and texts, a cell for each of its columns. */
  async append(table: string, rows: readonly (readonly (number | string | null)[])[]): Promise<void> {
    const appender = await this.#connection.createAppender(table)
    for (const row of rows) {
      for (const each of row) {
        if (each === null) appender.appendNull()
        else if (typeof each === 'number') appender.appendBigInt(BigInt(each))
        else appender.appendVarchar(each)
      }
      appender.endRow()
    }
    appender.closeSync()
  }

  /** How many statements a text holds, and whether the first one only reads. */
  async statements(sql: string): Promise<{ readonly count: number; readonly reads: boolean }> {
    const found = await this.#connection.extractStatements(sql)
    const { StatementType } = await import('@duckdb/node-api')
    return { count: found.count, reads: (await found.prepare(0)).statementType === StatementType.SELECT }
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
    fs.rmSync(this.scratch, { recursive: true, force: true })
  }
}

function cell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(cell)
  return value === null || value === undefined ? null : JSON.stringify(value)
}

function told(cause: unknown): never {
  throw memoryError(cause) ?? cause
}

/** Younger ones may be another machine's or container's, whose processes are not seen from here. */
const OLD = 60 * 60 * 1000

/** Deletes what killed processes left. What cannot be deleted is somebody else's. */
function sweep(): void {
  for (const each of fs.readdirSync(os.tmpdir()).filter((found) => found.startsWith(SCRATCH))) {
    const folder = path.join(os.tmpdir(), each)
    try {
      const gone = !isAlive(Number(each.slice(SCRATCH.length).split('-')[0]))
      if (gone && Date.now() - fs.statSync(folder).mtimeMs > OLD) fs.rmSync(folder, { recursive: true, force: true })
    } catch {
      continue
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) !== 'ESRCH'
  }
}
