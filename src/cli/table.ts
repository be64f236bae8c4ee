import Table from 'cli-table3'

/** A table with lines, in the terminal's own colours. */
export function linedTable(options: Table.TableConstructorOptions = {}): Table.Table {
  return new Table({ style: { head: [], border: [], compact: true }, ...options })
}

const LINES =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left-mid mid mid-mid right right-mid'

/** A table without lines: columns with two blanks between them. */
export function plainTable(head: readonly string[] = []): Table.Table {
  const none = Object.fromEntries(LINES.split(' ').map((line) => [line, '']))
  return linedTable({ head: [...head], chars: { ...none, left: ' ', middle: '  ' } })
}

/** What a table is printed as: no blanks at the ends of its lines. */
export function tableText(table: Table.Table): string {
  return table.toString().replaceAll(/ +$/gm, '')
}
