import { AssayError, nearest } from '../assay-error.ts'
import { READINGS } from './column-types.ts'
import { readingHint, synonym } from './hint.ts'
import { listed } from './column-names.ts'
import type { Database } from './database.ts'
import { type Loaded, NUMBER } from './loaded.ts'
import type { RowOptions } from './options.ts'
import { type Column, neededColumns } from './row-kind.ts'
import { recoded, requireColumn, type Shaped } from './shape.ts'
import { filled, name, present } from './sql.ts'

/** A column whose cells are not what its kind asks for. */
export interface BrokenColumn {
  readonly column: string
  /** What a cell should be. */
  readonly means: string
  readonly count: number
  /** `row` is the number of the row in its table; the value as it stands there, null where it is blank. */
  readonly first: readonly { readonly row: number; readonly value: string | null }[]
  /** Whether such a row is left out, or only this cell of it. */
  readonly leavesOut: boolean
  /** How such cells are read all the same, where it can be told. */
  readonly hint?: string
}

/** What the check says; the rows themselves are the view `kept`, with a column for every column of the kind. */
export interface Checked {
  readonly columns: ReadonlySet<string>
  /** Rows left out since an id or outcome of theirs cannot be one. */
  readonly brokenRows: number
  readonly broken: readonly BrokenColumn[]
}

const TOLD = 3

/** Name of the n-th column that splits the findings, in `kept`. */
export const byColumn = (index: number): string => `by_${index}`

/**
 * Makes the table `checked` and the view `kept` of it.
 *
 * @throws AssayError `rows/missing-column`, `rows/no-column`
 */
export async function check(database: Database, loaded: Loaded, shaped: Shaped, options: RowOptions): Promise<Checked> {
  const { kind } = options
  requireKind(loaded, shaped, options)
  const by = options.by ?? []
  for (const each of Object.keys(options.recode ?? {})) requireRecoded(each, loaded, shaped, options)
  for (const each of by) requireColumn(each, shaped.columns, `--by ${each}`, loaded)
  const there = kind.columns.filter((column) => shaped.columns.includes(column.name))
  const absent = kind.columns.filter((column) => !there.includes(column))
  const texts = [
    ...there.map((column) => `${recoded(column.name, options.recode?.[column.name])} as ${name(column.name)}`),
    ...by.map((each, i) => `coalesce(${filled(recoded(each, options.recode?.[each]))}, '(blank)') as ${byColumn(i)}`),
  ]
  const values = there.map((column) => {
    const { value } = READINGS[column.type]
    const read = value.replaceAll(/\bv\b/g, name(column.name))
    return `${name(column.name)} as ${name(`v:${column.name}`)}, ${read} as ${name(`x:${column.name}`)}`
  })
  const judged = there.map((column) => `${badness(column)} as ${name(`bad:${column.name}`)}`)
  const typed = there.map(
    (column) =>
      `case when not ${name(`bad:${column.name}`)} then ${name(`x:${column.name}`)} end as ${name(column.name)}`,
  )
  const nothing = absent.map((column) => `cast(null as ${READINGS[column.type].sql}) as ${name(column.name)}`)
  const bys = by.map((_, i) => byColumn(i))
  const needed = there.filter(({ need }) => need !== 'optional').map((column) => name(`bad:${column.name}`))
  const flags = there.map((column) => name(`bad:${column.name}`))
  const number = name(NUMBER)
  await database.run(
    `create table checked as select ${[number, ...typed, ...nothing, ...bys, ...flags, `${needed.join(' or ')} as broken`].join(', ')}
     from (select *, ${judged.join(', ')} from (select ${[number, ...bys, ...values].join(', ')} from (select ${[number, ...texts].join(', ')} from mapped)))`,
  )
  const outside = [...kind.columns.map((column) => name(column.name)), ...bys]
  await database.run(`create view kept as select ${[number, ...outside].join(', ')} from checked where not broken`)
  return { columns: new Set(there.map((column) => column.name)), ...(await brokenOf(database, there, shaped, options)) }
}

/** SQL for: this cell cannot be what its column asks for. The text is looked at again only where it gave no value. */
function badness(column: Column): string {
  const [text, value] = [name(`v:${column.name}`), name(`x:${column.name}`)]
  const { possible = 'true' } = READINGS[column.type]
  const blank = column.need === 'id' ? 'true' : `${present(text)} is not null`
  return `case when ${value} is null then ${blank} else not (${possible.replaceAll(/\bx\b/g, value)}) end`
}

async function brokenOf(
  database: Database,
  columns: readonly Column[],
  shaped: Shaped,
  options: RowOptions,
): Promise<Pick<Checked, 'brokenRows' | 'broken'>> {
  const counts = columns.map(
    (column) => `count(*) filter (where ${name(`bad:${column.name}`)}) as ${name(column.name)}`,
  )
  const [row] = await database.query(
    `select count(*) filter (where broken) as ${name(NUMBER)}, ${counts.join(', ')} from checked`,
  )
  const broken: BrokenColumn[] = []
  for (const column of columns) {
    const count = Number(row?.[column.name] ?? 0)
    if (count === 0) continue
    const first = await database.query(
      `select c.${name(NUMBER)} as n, ${filled(`m.${name(column.name)}`)} as v from (select ${name(NUMBER)} from checked where ${name(`bad:${column.name}`)} order by 1 limit ${TOLD}) c join mapped m using (${name(NUMBER)}) order by 1`,
    )
    const hint = readingHint(
      column,
      first.map(({ v }) => String(v ?? '')),
      options,
    )
    broken.push({
      column: column.name,
      means: READINGS[column.type].means,
      count,
      first: first.map(({ n, v }) => ({ row: Number(n), value: typeof v === 'string' ? v : null })),
      leavesOut: column.need !== 'optional',
      ...(hint !== undefined && { hint }),
    })
  }
  const brokenRows = Number(row?.[NUMBER] ?? 0)
  const [worst] = broken.toSorted((a, b) => b.count - a.count)
  // Where most rows are written in another way, the few that happen to be readable are no sample of them.
  const isOther = worst?.leavesOut === true && worst.hint !== undefined && worst.count > shaped.rows / 2
  if (worst !== undefined && (brokenRows === shaped.rows || isOther)) {
    const value = worst.first[0]?.value ?? ''
    const [some, where] =
      brokenRows === shaped.rows
        ? ['No row can be read', 'the first row']
        : [`${brokenRows} of ${shaped.rows} rows cannot be read`, 'the first of them']
    throw new AssayError(
      'rows/column-type',
      `${some}: ${worst.column} should be ${worst.means}, and is ${JSON.stringify(value)} in ${where}. ${worst.hint ?? 'Map another column, or --recode it.'}`,
    )
  }
  return { brokenRows, broken }
}

/** What is read of a table are the columns of its kind and those that split it: recoding another would change nothing. */
function requireRecoded(column: string, loaded: Loaded, shaped: Shaped, { kind, map = {}, by = [] }: RowOptions): void {
  requireColumn(column, shaped.columns, `--recode ${column}`, loaded)
  if (kind.columns.some((each) => each.name === column) || by.includes(column)) return
  const [ours] = Object.entries(map).find(([, theirs]) => theirs === column) ?? []
  const hint = ours === undefined ? 'map it first' : `recode ${ours}, which it was mapped to`
  throw new AssayError('rows/option', `--recode ${column}: ${column} is not a column of kind ${kind.name}; ${hint}.`)
}

/** Names under which a JSON file holds its rows. */
const WRAPPERS = /^(?:results?|rows|data|items|records|trials|entries|samples|examples)$/i

function requireKind(
  { shown, columns: ofFile }: Loaded,
  { columns, rows }: Shaped,
  { kind, others = [], sql }: RowOptions,
): void {
  const missing = neededColumns(kind).filter((each) => !columns.includes(each))
  const choice = kind.oneOf?.find((names) => !names.some((each) => columns.includes(each)))
  if (missing.length === 0 && choice === undefined) return
  const what = missing.length > 0 ? missing.join(', ') : (choice ?? []).join(' or ')
  // A column that was not loaded is one that nothing named.
  const all = sql === undefined ? [...new Set([...columns, ...ofFile])] : columns
  const fitting = others.find((other) => neededColumns(other).every((each) => columns.includes(each)))
  const meant = missing.flatMap((each) => {
    const near = all.find((column) => column.toLowerCase().includes(each)) ?? synonym(each, all) ?? nearest(each, all)
    return near === undefined ? [] : [`--map ${each}=${near}`]
  })
  const wrapped = rows === 1 && shown.endsWith('.json') ? all.find((each) => WRAPPERS.test(each)) : undefined
  const hint =
    wrapped !== undefined
      ? `If the rows are the list ${wrapped}, save that list as a file of its own.`
      : fitting !== undefined && missing.length > 1
        ? `These columns fit --as ${fitting.name}.`
        : `Name it with ${meant[0] ?? `--map ${missing[0] ?? choice?.[0]}=theirs`}`
  throw new AssayError(
    'rows/missing-column',
    `Rows of kind ${kind.name} need ${what}; ${shown} has ${listed(all)}. ${hint}`,
  )
}
