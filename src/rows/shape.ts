import { AssayError, nearest } from '../assay-error.ts'
import { listed, refuseTwins } from './column-names.ts'
import type { Database } from './database.ts'
import { sqlError } from './database-words.ts'
import { mentions } from './kept-columns.ts'
import { type Loaded, NUMBER } from './loaded.ts'
import type { RowOptions } from './options.ts'
import { literal, name, present } from './sql.ts'

/** The table as it is audited: the view `mapped`, with `#` and its columns under our names where they were mapped. */
export interface Shaped {
  readonly columns: readonly string[]
  /** Our columns that were mapped, and what they are called in the table, where they stand as well. */
  readonly theirs: ReadonlyMap<string, string>
  readonly rows: number
  /** False where SQL made new rows: then `#` numbers those, not lines of the file. */
  readonly ofFile: boolean
  /** Rows of the file that --where left out. */
  readonly leftOut: number
}

/** Values that tell whether a column holds numbers are looked for here first. */
const SAMPLE = 5_000

/**
 * Applies where, sql and map. In `--where` and `--sql` columns that hold nothing but numbers are numbers; what `--where`
 * keeps is read as it is written.
 *
 * @throws AssayError `rows/sql`, `rows/no-column`, `rows/empty` where no row is left
 */
export async function shape(database: Database, loaded: Loaded, options: RowOptions): Promise<Shaped> {
  const { where, sql } = options
  const plain = where === undefined && sql === undefined
  const typedRows = plain ? 'from source' : await typed(database, loaded, `${where ?? ''} ${sql ?? ''}`)
  await database.run(`create view rows_all as ${typedRows}`)
  const condition = where === undefined ? '' : ` where (${where}\n)`
  if (where !== undefined) await checkSql(database, `select * from rows_all${condition}`, '--where', loaded)
  await database.run(`create view rows as select * from rows_all${condition}`)
  if (sql !== undefined) {
    await checkSql(database, sql, '--sql', loaded)
    await making(database, sql, '--sql', loaded)
  } else if (where !== undefined) {
    const number = name(NUMBER)
    await making(database, `from source where ${number} in (select ${number} from rows)`, '--where', loaded)
  }
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
    theirs: new Map(map),
    rows,
    ofFile: numbered,
    leftOut: loaded.rows - Number(counted?.['kept'] ?? 0),
  }
}

/** @throws AssayError `rows/no-column`, with the column that was perhaps meant */
export function requireColumn(column: string, columns: readonly string[], asked: string, { shown }: Loaded): void {
  if (columns.includes(column)) return
  const meant = nearest(column, columns)
  const hint = meant === undefined ? `it has ${listed(columns)}` : `did you mean ${meant}?`
  throw new AssayError('rows/no-column', `${asked}: ${shown} has no column ${column}; ${hint}.`)
}

/** The source, where the columns that SQL names are numbers if they hold nothing else; Parquet brings its own types. */
async function typed(database: Database, { format, kept }: Loaded, sql: string): Promise<string> {
  if (format === 'parquet') return 'select * from source'
  const types = await numericColumns(
    database,
    kept.filter((each) => mentions(sql, each)),
  )
  const selected = kept.map((each) => {
    const type = types.get(each)
    // What is no number here is a blank or a word for one.
    return type === undefined ? name(each) : `nullif(try_cast(${name(each)} as ${type}), ${NAN[type]}) as ${name(each)}`
  })
  return `select ${[name(NUMBER), ...selected].join(', ')} from source`
}

/** What words for nothing are cast to, if to anything. */
const NAN = { bigint: 'null', double: "'NaN'::double" } as const

/** Columns of one statement: each part of an expression takes 32 KB a thread, and what is asked here has dozens. */
const BATCH = 4

/** SQL for: this holds in every cell of the i-th column that is not blank. */
const every = (i: number, what: string): string => `coalesce(bool_and(${what}) filter (where c${i} is not null), false)`

async function numericColumns(
  database: Database,
  columns: readonly string[],
): Promise<ReadonlyMap<string, 'bigint' | 'double'>> {
  const ask = async (some: readonly string[], from: string): Promise<ReadonlyMap<string, 'bigint' | 'double'>> => {
    // Numbers that begin with a needless zero, or have more digits than a number holds, are names of things.
    const asked = some.map((_, i) => {
      const digits = `regexp_full_match(c${i}, '[+-]?[0-9]+')`
      const named = `regexp_full_match(c${i}, '[+-]?0[0-9]+') or (length(c${i}) > 18 and ${digits})`
      return [
        `${every(i, `try_cast(c${i} as double) is not null and not (${named})`)} as n${i}`,
        `${every(i, `length(c${i}) <= 18 and ${digits}`)} as w${i}`,
        `coalesce(bool_or(length(c${i}) > 15 and ${digits}), false) as l${i}`,
      ].join(', ')
    })
    const cells = some.map((each, i) => `${present(name(each))} as c${i}`)
    const [row] = await database.query(`select ${asked.join(', ')} from (select ${cells.join(', ')} from ${from})`)
    return new Map(
      some.flatMap((each, i) => {
        const whole = row?.[`w${i}`] === true
        const held = whole || row?.[`l${i}`] !== true
        return row?.[`n${i}`] === true && held ? [[each, whole ? 'bigint' : 'double'] as const] : []
      }),
    )
  }
  const found: (readonly [string, 'bigint' | 'double'])[] = []
  for (let from = 0; from < columns.length; from += BATCH) {
    const likely = await ask(columns.slice(from, from + BATCH), `(from source limit ${SAMPLE})`)
    if (likely.size > 0) found.push(...(await ask([...likely.keys()], 'source')))
  }
  return new Map(found)
}

/** One select that can be carried out, and gives no two columns of one name. */
async function checkSql(database: Database, sql: string, option: string, loaded: Loaded): Promise<void> {
  const found = await database.statements(sql).catch((cause: unknown) => {
    throw sqlError(cause, option, loaded.kept)
  })
  if (found.count !== 1 || !found.reads)
    throw new AssayError('rows/sql', `${option} takes one select and nothing else.`)
  const described = await database.query(`describe ${sql}`).catch((cause: unknown) => {
    throw sqlError(cause, option, loaded.kept)
  })
  const names = described.map((each) => String(each['column_name'])).filter((each) => each !== NUMBER)
  refuseTwins(names, option, 'the select: select * replace (… as score), or * exclude (score)')
}

async function making(database: Database, sql: string, option: string, loaded: Loaded): Promise<void> {
  await database.run(`create table shaped as ${sql}`).catch((cause: unknown) => {
    throw sqlError(cause, option, loaded.kept)
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
