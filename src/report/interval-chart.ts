import type { Finding } from '../findings/index.ts'
import { flagsOf } from './line.ts'
import { shortened } from './plain.ts'
import { axisOf, placeOf, rowLabels, ticksOf, type Threshold } from './rows.ts'
import { estimateText, findingValue, tickText } from './values.ts'
import { unitOf } from './interval-figure.ts'

/** Paints a piece of a chart; `place` is the group's place in the legend. */
export type Paint = (text: string, place: number) => string

export interface IntervalChartOptions {
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number
  /** Default: no colour. `place` 0 is a real agent, 1 a control, 2 whatever decides nothing. */
  readonly paint?: Paint
  readonly threshold?: Threshold
}

/**
 * Findings of one unit as `├──●──┤` on a common axis, a row each; controls are `○`. A bound beyond the axis ends in `◂`
 * or `▸`, a value without an interval is alone, a threshold is `╎`.
 *
 * @throws AssayError `study/unlike-findings`
 */
export function intervalChart(findings: readonly Finding[], options: IntervalChartOptions): string {
  const unit = unitOf(findings)
  const paint: Paint = options.paint ?? ((text) => text)
  const width = Math.max(40, options.width)
  const names = rowLabels(findings)
  const values = findings.map(valueColumn)
  const nameWidth = Math.min(Math.floor(width * 0.4), Math.max(...names.map((name) => name.length)))
  const valueWidth = Math.max(...values.map((value) => value.length))
  const plotWidth = Math.max(16, width - nameWidth - valueWidth - 4)
  const axis = axisOf(findings, options.threshold)
  const at = (value: number): number => Math.round(((value - axis.low) / (axis.high - axis.low)) * (plotWidth - 1))
  const marks = [
    ...(axis.low < 0 && axis.high > 0 ? [{ at: at(0), glyph: '┊' }] : []),
    ...(options.threshold ?? []).map((value) => ({ at: at(value), glyph: '╎' })),
  ]
  const rows = findings.map((finding, index) => {
    const name = shortened(names[index] ?? '', nameWidth).padEnd(nameWidth)
    const control = finding.subject.type === 'control'
    const place = flagsOf(finding).length > 0 ? 2 : control ? 1 : 0
    const cells = Array.from({ length: plotWidth }, (): string => ' ')
    for (const mark of marks) cells[mark.at] = mark.glyph
    const row = intervalRow(cells, finding, at, control)
    return `${name}  ${paint(row, place)}  ${(values[index] ?? '').padStart(valueWidth)}`.trimEnd()
  })
  return [
    ...rows,
    ...axisRows(axis, plotWidth, at, (value) => tickText(value, unit)).map((row) =>
      `${' '.repeat(nameWidth + 2)}${row}`.trimEnd(),
    ),
  ].join('\n')
}

function valueColumn(finding: Finding): string {
  const { estimate } = finding
  if (estimate.type === 'estimate') return estimateText(finding)
  return estimate.value === undefined ? '' : findingValue(finding, estimate.value)
}

function intervalRow(cells: string[], finding: Finding, at: (value: number) => number, control: boolean): string {
  const place = placeOf(finding)
  if (place === undefined) return shortened('not estimable', cells.length).padEnd(cells.length)
  const { value, low, high } = place
  const end = cells.length - 1
  const from = Number.isFinite(low) ? at(low) : 0
  const to = Number.isFinite(high) ? at(high) : end
  for (let cell = from + 1; cell < to; cell++) cells[cell] = '─'
  if (from < to) {
    cells[from] = Number.isFinite(low) ? '├' : '◂'
    cells[to] = Number.isFinite(high) ? '┤' : '▸'
  }
  cells[Math.min(end, Math.max(0, Number.isFinite(value) ? at(value) : end))] = control ? '○' : '●'
  return cells.join('')
}

/** The axis with its ticks, and below it as many of their values as fit. */
export function axisRows(
  axis: { readonly low: number; readonly high: number },
  width: number,
  at: (value: number) => number,
  print: (value: number) => string,
): readonly [string, string] {
  const line = Array.from({ length: width }, (): string => '─')
  let labels = ''
  for (const tick of ticksOf(axis.low, axis.high, Math.max(2, Math.floor(width / 14)))) {
    const place = at(tick)
    const text = print(tick)
    const start = Math.min(Math.max(0, place - Math.floor(text.length / 2)), Math.max(0, width - text.length))
    if (place < 0 || place >= width || (labels !== '' && start < labels.length + 1)) continue
    line[place] = '┬'
    labels = `${labels.padEnd(start)}${text}`
  }
  return [line.join(''), labels]
}
