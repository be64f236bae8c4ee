/** One measured figure, beside its goal. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it should be: at least or at most this. */
  readonly goal?: { readonly type: 'at-least' | 'at-most'; readonly value: number }
}

/** What one bench says: its figures, or why it measured nothing. */
export type Measured =
  | { readonly type: 'figures'; readonly figures: readonly Figure[] }
  | { readonly type: 'skipped'; readonly why: string }

export function reached({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined
  return goal.type === 'at-least' ? value >= goal.value : value <= goal.value
}

/** One line a figure, in columns. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, goal } = figure
    const wanted = goal === undefined ? '' : `${goal.type === 'at-least' ? '≥' : '≤'} ${number(goal.value)} ${unit}`
    const mark = { true: 'yes', false: 'NO', undefined: '' }[String(reached(figure))] ?? ''
    return [name, `${number(value)} ${unit}`, wanted, mark]
  })
  return columns([['bench', 'measured', 'goal', 'reached'], ...rows])
}

export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}
