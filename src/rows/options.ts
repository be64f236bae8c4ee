import { AssayError } from '../assay-error.ts'
import type { RowKind } from './row-kind.ts'

/** How a table is read. */
export interface RowOptions {
  readonly kind: RowKind
  /** Other kinds, one of which is named where the table lacks columns of this one and fits that. */
  readonly others?: readonly RowKind[]
  /** Our column's name to theirs. */
  readonly map?: Readonly<Record<string, string>>
  /** Our column's name to what its values become. */
  readonly recode?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** A condition in SQL; rows that do not meet it are left out on purpose, and counted. */
  readonly where?: string
  /** A select from `rows` in SQL that makes the table to audit. */
  readonly sql?: string
  /** Columns, ours or theirs, whose values split the findings. */
  readonly by?: readonly string[]
}

/**
 * `ours=theirs` as typed.
 *
 * @throws AssayError `rows/option`
 */
export function readMap(texts: readonly string[]): Readonly<Record<string, string>> {
  const found = Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=')
      if (at < 1 || at === text.length - 1)
        throw new AssayError('rows/option', `--map ${text}: write ours=theirs, as task=task_id.`)
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
    }),
  )
  const twice = texts.map((text) => text.split('=')[0]?.trim() ?? '').find((each, i, all) => all.indexOf(each) !== i)
  if (twice !== undefined)
    throw new AssayError('rows/option', `--map names ${twice} twice: one column can be ${twice}.`)
  return found
}

/**
 * `col:0=tie,1=left` as typed.
 *
 * @throws AssayError `rows/option`
 */
export function readRecode(texts: readonly string[]): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const found: Record<string, Record<string, string>> = {}
  for (const text of texts) {
    const [, column = '', pairs = ''] = /^([^:]+):(.+)$/.exec(text) ?? []
    const values = pairs.split(',').map((pair) => pair.split('='))
    if (column === '' || values.some((pair) => pair.length !== 2)) {
      throw new AssayError(
        'rows/option',
        `--recode ${text}: write column:value=new,value=new, as verdict:0=tie,1=left.`,
      )
    }
    found[column.trim()] = {
      ...found[column.trim()],
      ...Object.fromEntries(values.map(([from = '', to = '']) => [from.trim(), to.trim()])),
    }
  }
  return found
}
