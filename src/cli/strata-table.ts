import type { Finding } from '../findings/index.ts'
import { conditionsText, findingParts, findingValue, percent, plain } from '../report/index.ts'
import { plainTable, tableText } from './table.ts'
import { stylesOf, type Terminal } from './terminal.ts'

/** Blanks between two columns, and the one before the first. */
const BETWEEN = 2

/** Findings of strata: a row for each, a column for each quantity; what does not fit in the width follows in another table. */
export function printStrata(terminal: Terminal, findings: readonly Finding[], by: readonly string[]): void {
  const { bold, dim } = stylesOf(terminal)
  const rest = ({ conditions }: Finding): string =>
    conditionsText(Object.fromEntries(Object.entries(conditions).filter(([name]) => !by.includes(name))))
  for (const [about, group] of Map.groupBy(findings, rest)) {
    const level = group.flatMap(({ estimate }) => (estimate.type === 'estimate' ? estimate.interval.level : []))[0]
    const intervals = level === undefined ? '' : `  ${percent(level)} intervals`
    terminal.print(`\n${bold(`By ${plain(by.join(', '))}${about === '' ? '' : `, ${about}`}`)}${dim(intervals)}`)
    const strata = [...Map.groupBy(group, ({ conditions }) => JSON.stringify(by.map((each) => conditions[each])))]
    const rows = strata.map(([, own]) => ({
      names: by.map((each) => plain(own[0]?.conditions[each] ?? '')),
      cells: new Map(own.map((finding) => [finding.quantity, cellOf(finding)])),
      sample: own[0] === undefined ? '' : findingParts(own[0]).n,
    }))
    const quantities = [...new Set(group.map(({ quantity }) => quantity))]
    const widths = quantities.map((each) =>
      Math.max(plain(each).length, ...rows.map(({ cells }) => cells.get(each)?.length ?? 0)),
    )
    const named = by.map((each, at) => Math.max(plain(each).length, ...rows.map(({ names }) => names[at]?.length ?? 0)))
    const room = terminal.width - named.reduce((sum, width) => sum + width + BETWEEN, 1)
    const sample = Math.max(...rows.map((row) => row.sample.length)) + BETWEEN
    for (const columns of inRoom(widths, room, sample)) {
      const first = columns[0] === 0
      const head = [...by.map(plain), ...columns.map((at) => plain(quantities[at] ?? '')), ...(first ? ['sample'] : [])]
      const table = plainTable(head.map(dim))
      for (const { names, cells, sample: n } of rows)
        table.push([
          ...names,
          ...columns.map((at) => cells.get(quantities[at] ?? '') ?? ''),
          ...(first ? [dim(n)] : []),
        ])
      terminal.print(tableText(table))
    }
  }
}

/** `42.0% (31.2% to 53.1%)`. */
function cellOf(finding: Finding): string {
  const { estimate } = finding
  if (estimate.value === undefined) return 'not estimable'
  const value = findingValue(finding, estimate.value)
  if (estimate.type !== 'estimate') return `${value} (no interval)`
  const { low, high } = estimate.interval
  return `${value} (${findingValue(finding, low)} ${high === Infinity ? 'upwards' : `to ${findingValue(finding, high)}`})`
}

/** Places of columns, as many together as there is room for, at least one; `beside` is taken in the first of them. */
function inRoom(widths: readonly number[], room: number, beside: number): readonly (readonly number[])[] {
  const blocks: number[][] = []
  let left = 0
  for (const [at, width] of widths.entries()) {
    const block = blocks.at(-1)
    if (block === undefined || width + BETWEEN > left) {
      blocks.push([at])
      left = room - width - BETWEEN - (at === 0 ? beside : 0)
    } else {
      block.push(at)
      left -= width + BETWEEN
    }
  }
  return blocks
}
