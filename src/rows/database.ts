import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { AssayError, reasonOf } from '../assay-error.ts'

/** A cell as it leaves the database. */
export type Cell = string | number | boolean | null | readonly Cell[]
export type Row = Readonly<Record<string, Cell>>

/** What tables may take of memory before they go to a temporary folder. */
const MEMORY = '512MB'

/** An in-memory database that spills to a temporary folder, gone when closed. No extension is ever fetched. */
export class Database {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  readonly #scratch: string

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, scratch: string) {
    this.#instance = instance
    this.#connection = connection
    this.#scratch = scratch
  }

  static async open(): Promise<Database> {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-rows-'))
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: MEMORY,
      temp_directory: scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    })
    return new Database(instance, await instance.connect(), scratch)
  }

  /** From here on no statement reaches a file, the network or the settings. */
  async lock(): Promise<void> {
    await this.run('set enable_external_access = false')
    await this.run('set lock_configuration = true')
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql)
  }

  /**
   * All rows of a statement; whole numbers come as numbers.
   *
   * @param most rows that may come; more are refused, not cut
   * @throws AssayError `rows/too-many`
   */
  async query(sql: string, most = 2_000_000): Promise<readonly Row[]> {
    const result = await this.#connection.stream(sql)
    const rows: Row[] = []
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
    fs.rmSync(this.#scratch, { recursive: true, force: true })
  }
}

function cell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(cell)
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** The first line of what the database said, without the file's full path. */
export function databaseReason(cause: unknown, file = ''): string {
  const [first = ''] = reasonOf(cause instanceof Error ? cause.message.split('\n\n')[0] : cause).split(' LINE 1:')
  const said = first.replaceAll(file, path.basename(file)).trim()
  for (const [pattern, ours] of SAID) {
    const match = pattern.exec(said)
    if (match !== null) return `${ours.replace('$1', match[1] ?? '')}${columnsIn(cause)}`
  }
  // Whatever else the database says of a user's own SQL: without its name for the kind of error, as a sentence.
  return said.replace(/^[A-Z][A-Za-z ]* Error: /, '').replace(/[!.]*$/, '.')
}

/** What the database says most often, and what is wrong. */
const SAID: readonly (readonly [pattern: RegExp, ours: string])[] = [
  [/Referenced column "(.*?)" not found/, 'no column "$1".'],
  [/syntax error at or near "(.*?)"/, 'the SQL cannot be read near "$1".'],
  [/syntax error at end of input/, 'the SQL ends too early.'],
  [/Table with name (\S+) does not exist/, 'no table "$1": the table is called rows.'],
  [/Scalar Function with name (\S+) does not exist/, 'no function "$1".'],
]

/** The columns that the database would have known, where it names some. */
function columnsIn(cause: unknown): string {
  const [, names] = /Candidate bindings: (.+)/.exec(cause instanceof Error ? cause.message : '') ?? []
  const found = (names ?? '')
    .split(', ')
    .map((each) => each.replaceAll('"', '').trim())
    .filter((each) => each !== '')
  return found.length === 0 ? '' : ` Columns: ${found.join(', ')}.`
}
