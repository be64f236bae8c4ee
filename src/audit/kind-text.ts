import type { Column, ColumnType, RowKind } from '../rows/index.ts'

/** What a cell of a column may be, where its name leaves it open. */
const CELLS: Readonly<Partial<Record<ColumnType, string>>> = {
  share: '0 to 1',
  flag: '0 or 1',
  length: '`90 s`, `15 min`, `2 h`',
  verdict: 'left, right, tie',
  side: 'left or right',
}

/** The columns of a kind as people read them: `*` before those it needs, † behind those without which a row is left out. */
export function columnsText({ columns, oneOf = [] }: RowKind): string {
  const needed = columns.filter(({ need }) => need !== 'optional').map((each) => `*${columnText(each)}`)
  const choices = oneOf.map((names) => `one of *${names.map((each) => textIn(columns, each)).join(', *')}`)
  const rest = columns.filter(({ name, need }) => need === 'optional' && !oneOf.flat().includes(name)).map(columnText)
  return [[needed.join(' '), ...choices].join(', and '), ...(rest.length > 0 ? [rest.join(', ')] : [])].join('; ')
}

function textIn(columns: readonly Column[], name: string): string {
  const column = columns.find((each) => each.name === name)
  return column === undefined ? name : columnText(column)
}

function columnText({ name, type, need, note = CELLS[type] }: Column): string {
  return `${name}${need === 'id' ? '†' : ''}${note === undefined ? '' : ` (${note})`}`
}
