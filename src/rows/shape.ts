import { AssayError, nearest } from '../assay-error.ts'
import { type Database, databaseReason } from './database.ts'
import { type Loaded, NUMBER } from './load.ts'
import type { RowOptions } from './options.ts'
import { literal, name, present } from './sql.ts'

/** The table as it is audited: the view `mapped`, with `#` and its columns under our names where they were mapped. */
export interface Shaped {
  readonly columns: readonly string[]
  readonly rows: number
  /** False where SQL made new rows: then `#` numbers those, not lines of the file. */
  readonly ofFile: boolean
  /** Rows of the file that --where left out. */
  readonly leftOut: number
}

/** Values that tell whether a column holds numbers are looked for here first. */
const SAMPLE = 5_000

/**
 * Applies where, sql and map. In `--where` and `--sql` columns that hold nothing but numbers are numbers.
 *
 * @throws AssayError `rows/sql`, `rows/no-column`, `rows/empty` where no row is left
 */
export async function shape(database: Database, loaded: Loaded, options: RowOptions): Promise<Shaped> {
  const { where, sql } = options
  const plain = where === undefined && sql === undefined
  await database.run(`create view rows_all as ${plain ? 'from source' : await typed(database, loaded)}`)
  await checkSql(
    database,
    where === undefined ? undefined : `select * from rows_all where (${where}\n)`,
    '--where',
    loaded,
  )
  await database.run(`create view rows as select * from rows_all${where === undefined ? '' : ` where (${where}\n)`}`)
  await checkSql(database, sql, '--sql', loaded)
  if (!plain)
    await making(
      database,
      `create table shaped as ${sql ?? 'from rows'}`,
      sql === undefined ? '--where' : '--sql',
      loaded,
    )
  const base = plain ? 'source' : 'shaped'
  const found = (await database.query(`describe ${base}`)).map((each) => String(each['column_name']))
  const numbered = found.includes(NUMBER)
  const columns = found.filter((each) => each !== NUMBER)
  const map = Object.entries(options.map ?? {})
  for (const [ours, theirs] of map) requireColumn(theirs, columns, `--map ${ours}=${theirs}`, loaded)
  const ours = new Set(map.map(([each]) => each))
  const kept = columns.filter((each) => !ours.has(each))
  const selected = [
    `${numbered ? '' : 'row_number() over () as '}${name(NUMBER)}`,
    ...kept.map(name),
    ...map.map(([each, theirs]) => `${name(theirs)} as ${name(each)}`),
  ]
  await database.run(`create view mapped as select ${selected.join(', ')} from ${base}`)
  const [counted] = await database.query(
    `select (select count(*) from ${base}) as n, (select count(*) from rows) as kept`,
  )
  const rows = Number(counted?.['n'] ?? 0)
  if (rows === 0 && !plain)
    throw new AssayError(
      'rows/empty',
      `${sql === undefined ? '--where' : '--sql'} leaves none of the ${loaded.rows.toLocaleString('en-US')} rows of ${loaded.shown}.`,
    )
  return {
    columns: [...kept, ...ours],
    rows,
    ofFile: numbered,
    leftOut: loaded.rows - Number(counted?.['kept'] ?? 0),
  }
}

/** @throws AssayError `rows/no-column`, with the column that was perhaps meant */
export function requireColumn(column: string, columns: readonly string[], asked: string, { shown }: Loaded): void {
  if (columns.includes(column)) return
  const meant = nearest(column, columns)
  const hint = meant === undefined ? `it has ${columns.join(', ')}` : `did you mean ${meant}?`
  throw new AssayError('rows/no-column', `${asked}: ${shown} has no column ${column}; ${hint}`)
}

/** The source with columns of numbers as numbers; Parquet brings its own types. */
async function typed(database: Database, { format, columns }: Loaded): Promise<string> {
  if (format === 'parquet') return 'select * from source'
  const types = await numericColumns(database, columns)
  const selected = columns.map((each) => {
    const type = types.get(each)
    return type === undefined ? name(each) : `try_cast(${present(name(each))} as ${type}) as ${name(each)}`
  })
  return `select ${[name(NUMBER), ...selected].join(', ')} from source`
}

async function numericColumns(
  database: Database,
  columns: readonly string[],
): Promise<ReadonlyMap<string, 'bigint' | 'double'>> {
  const ask = async (some: readonly string[], from: string): Promise<readonly string[]> => {
    if (some.length === 0) return []
    // Numbers that begin with a needless zero are names of things, and would lose it.
    const asked = some.map(
      (each, i) =>
        `coalesce(bool_and(try_cast(c${i} as double) is not null and not regexp_full_match(c${i}, '[+-]?0[0-9]+')) filter (where c${i} is not null), false) as n${i}, ` +
        `coalesce(bool_and(regexp_full_match(c${i}, '-?[0-9]{1,18}')) filter (where c${i} is not null), false) as w${i}`,
    )
    const cells = some.map((each, i) => `${present(name(each))} as c${i}`)
    const [row] = await database.query(`select ${asked.join(', ')} from (select ${cells.join(', ')} from ${from})`)
    return some.flatMap((each, i) => (row?.[`n${i}`] !== true ? [] : [row[`w${i}`] === true ? `w${each}` : `n${each}`]))
  }
  const likely = await ask(columns, `(from source limit ${SAMPLE})`)
  const found = await ask(
    likely.map((each) => each.slice(1)),
    'source',
  )
  return new Map(found.map((each) => [each.slice(1), each.startsWith('w') ? 'bigint' : 'double']))
}

async function checkSql(database: Database, sql: string | undefined, option: string, loaded: Loaded): Promise<void> {
  if (sql === undefined) return
  const found = await database.statements(sql).catch((cause: unknown) => {
    throw new AssayError('rows/sql', `${option}: ${databaseReason(cause, loaded.file)}`, { cause })
  })
  if (found.count !== 1 || !found.reads)
    throw new AssayError('rows/sql', `${option} takes one select and nothing else.`)
}

async function making(database: Database, sql: string, option: string, loaded: Loaded): Promise<void> {
  await database.run(sql).catch((cause: unknown) => {
    throw new AssayError('rows/sql', `${option}: ${databaseReason(cause, loaded.file)}`, { cause })
  })
}

/** The text of a column after recoding, as it stands; values that are not named stay. */
export function recoded(column: string, values: Readonly<Record<string, string>> | undefined): string {
  const text = `cast(${name(column)} as varchar)`
  if (values === undefined) return text
  const raw = `trim(cast(${name(column)} as varchar))`
  const cases = Object.entries(values).map(([from, to]) => {
    const number = Number(from)
    const same = from !== '' && Number.isFinite(number) ? ` or try_cast(${raw} as double) = ${number}` : ''
    return `when ${raw} = ${literal(from)}${same} then ${literal(to)}`
  })
  return `case ${cases.join(' ')} else ${text} end`
}
