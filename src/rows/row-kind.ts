/** What a column of a kind holds. */
export type ColumnType =
  /** Any text; blank is missing. */
  | 'text'
  /** A number in [0, 1], or true and false. */
  | 'share'
  /** 0 or 1, or true and false, yes and no. */
  | 'flag'
  /** Any finite number. */
  | 'number'
  /** A finite number of at least 0. */
  | 'amount'
  /** Dollars, at least 0, as `12.5` or `$1,000.00`. */
  | 'money'
  /** A finite number above 0. */
  | 'positive'
  /** A day, or a time on it, as ISO 8601 writes them; read as days since 1970-01-01. */
  | 'date'
  /** A duration with its unit, s, min or h (`90 s`, `1.5 h`); read as minutes. A day is refused: of work or of 24 hours? */
  | 'length'
  /** left, right or tie. */
  | 'verdict'
  /** left or right. */
  | 'side'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** `id`: without it a row says nothing, so a blank breaks the row. `outcome`: needed, but a blank is a missing outcome. */
  readonly need: 'id' | 'outcome' | 'optional'
  /** What its type does not tell whoever fills it. */
  readonly note?: string
}

/** What rows are, as the data that is needed to check them and to look for what is odd. */
export interface RowKind {
  /** As it is asked for. */
  readonly name: string
  readonly columns: readonly Column[]
  /** Of each of these lists one column must be there. */
  readonly oneOf?: readonly (readonly string[])[]
  /** What tells rows apart: two rows alike in all of these are repeats, or duplicates where `repeat` is among them. */
  readonly key: readonly string[]
  /** What its design would fill evenly: as many rows for each of `items` with each of `across`. */
  readonly cells?: { readonly items: string; readonly across: string }
  /** Column that is 1 where the trial of a row succeeded: a status that says otherwise is odd. */
  readonly won?: string
}

type MakeColumn = (name: string, type?: ColumnType, note?: string) => Column

const column =
  (need: Column['need']): MakeColumn =>
  (name, type = 'text', note) => ({ name, type, need, ...(note !== undefined && { note }) })

export const id: MakeColumn = column('id')
export const outcome: MakeColumn = column('outcome')
export const also: MakeColumn = column('optional')

/** Columns a table must have to be of a kind. */
export function neededColumns(of: RowKind): readonly string[] {
  return of.columns.filter(({ need }) => need !== 'optional').map(({ name }) => name)
}
